"""Answering: what is asked, what is refused, two tabs, measured numbers, the list."""

from __future__ import annotations

import pytest

from tests.web.person import ELDERLY, LONG, SHORT
from tests.web.plain_browser import PlainBrowser

FEMALE_ONLY, MALE_ONLY = "带下色黄", "阴囊部位潮湿"


def keys_in_list(page) -> list[str]:
    return [name.removesuffix("-answer") for name in page.forms[0].offered if name.endswith("-answer")]


@pytest.mark.parametrize(
    ("sex", "asked", "not_asked"),
    [
        ("female", [FEMALE_ONLY], [MALE_ONLY]),
        ("male", [MALE_ONLY], [FEMALE_ONLY]),
        ("unsaid", [], [FEMALE_ONLY, MALE_ONLY]),
    ],
)
def test_questions_of_the_other_sex_are_not_asked(person, sex, asked, not_asked):
    someone = person(sex=sex)
    someone.tells()
    text = someone.browser.open("/self-test/questions").text
    assert all(words in text for words in asked)
    assert not any(words in text for words in not_asked)


def test_changing_the_sex_drops_the_answer_that_no_longer_belongs(person):
    someone = person(sex="female")
    someone.has_result()
    someone.browser.open("/self-test/about-you")
    someone.browser.send(sex="male", age="46")
    someone.browser.send(instrument=SHORT)
    assert "还没回答的：1题" in someone.browser.open("/self-test/check").text
    someone.answers_list({"scrotum_m": 2})
    assert someone.submits().h1
    assert someone.browser.path == "/self-test/result"


def test_sex_left_out_leaves_damp_heat_open_and_asks_for_a_practitioner(person):
    someone = person(sex="unsaid")
    page = someone.has_result(lambda key, number: 3)
    row = next(row for row in page.rows if row and row[0] == "湿热质")
    assert row[1].strip() in ("", "–", "—") or not row[1].strip().isdigit()
    assert "建议请中医师看一看" in page.text


def test_no_answer_is_a_fault_in_three_places_with_a_link(person):
    someone = person()
    someone.tells()
    page = someone.browser.send(answer=None)
    assert someone.browser.response.status_code == 422
    assert page.title.startswith("错误：")
    assert ("#answer-1", "请选择一项：您精力充沛吗？") in page.links
    assert "answer-1" in page.ids
    assert page.text.count("请选择一项：您精力充沛吗？") == 2


@pytest.mark.parametrize("answer", ["0", "6", "-1", "3.0", "５", "1 or 1=1", "<script>", "x" * 1000])
def test_an_answer_that_was_not_offered_is_refused_and_not_echoed(person, answer):
    someone = person()
    someone.tells()
    page = someone.browser.send(answer=answer)
    assert someone.browser.response.status_code == 422
    assert page.title.startswith("错误：")
    assert len(answer) < 4 or answer not in page.markup


@pytest.mark.parametrize("number", [0, 28, 999, 10**12])
def test_a_question_that_does_not_exist_is_not_found(person, number):
    someone = person()
    someone.tells()
    someone.browser.open(f"/self-test/questions/{number}")
    assert someone.browser.response.status_code == 404


def test_two_tabs_lose_no_answer_and_the_last_word_counts(person):
    someone = person()
    someone.tells()
    other = PlainBrowser(someone.browser.client.application)
    other.client = someone.browser.client
    other.open("/self-test/questions/1")
    someone.browser.send(answer=1)
    someone.browser.send(answer=2)
    other.send(answer=5)
    assert other.open("/self-test/questions/1").forms[0].fields["answer"] == ["5"]
    assert other.open("/self-test/questions/2").forms[0].fields["answer"] == ["2"]


def test_a_list_writes_only_what_was_changed_in_it(person):
    someone = person()
    someone.tells()
    stale = PlainBrowser(someone.browser.client.application)
    stale.client = someone.browser.client
    stale.open("/self-test/questions")
    someone.browser.send(answer=4)
    stale.send(_press="later", **{"tired-answer": 2})
    page = stale.open("/self-test/questions")
    assert page.forms[0].fields["energy-answer"] == ["4"]
    assert page.forms[0].fields["tired-answer"] == ["2"]


def test_a_page_of_an_earlier_test_is_refused_with_a_clear_message(person):
    someone = person()
    someone.tells()
    stale = PlainBrowser(someone.browser.client.application)
    stale.client = someone.browser.client
    stale.open("/self-test/questions/1")
    someone.browser.open("/self-test/delete")
    someone.browser.send()
    stale.send(answer=5)
    assert stale.response.status_code == 409
    assert "这次测试已经不在了" in stale.page.text
    someone.tells()
    stale.path = "/self-test/questions/1"
    stale.page.forms[:] = []
    stale.open("/self-test/questions/1")
    stale.page.forms[0].fields["visit"] = ["0" * 12]
    stale.send(answer=5)
    assert stale.response.status_code == 409
    assert "您在另一个标签页里重新开始了测试" in stale.page.text
    assert "answer" not in someone.browser.open("/self-test/questions/1").forms[0].fields


def test_an_answer_from_a_tab_with_another_form_is_kept_and_said_so(person):
    someone = person(form=LONG)
    someone.tells()
    stale = PlainBrowser(someone.browser.client.application)
    stale.client = someone.browser.client
    page = stale.open("/self-test/questions/2")
    key = page.forms[0].fields["key"][0]
    someone.browser.open("/self-test/form")
    someone.browser.send(instrument=SHORT)
    stale.send(answer=3)
    assert stale.response.status_code == 409
    assert "刚才的答案已经保存" in stale.page.text
    someone.browser.open("/self-test/form")
    someone.browser.send(instrument=LONG)
    assert someone.browser.open("/self-test/questions").forms[0].fields[f"{key}-answer"] == ["3"]


def test_an_answer_to_a_question_that_is_no_longer_asked_is_refused(person):
    someone = person(sex="female")
    someone.tells()
    hidden = someone.browser.hidden()
    sent = hidden | {"key": "scrotum_m", "instrument": SHORT, "answer": "3"}
    assert "不再需要回答" in someone.browser.post("/self-test/questions/1", sent).text
    assert someone.browser.response.status_code == 409


def test_without_the_secret_of_the_page_nothing_is_taken(person):
    someone = person()
    someone.tells()
    hidden = someone.browser.hidden() | {"csrf_token": "forged"}
    someone.browser.post("/self-test/questions/1", hidden | {"key": "energy", "instrument": SHORT, "answer": "3"})
    assert someone.browser.response.status_code == 409
    assert "answer" not in someone.browser.open("/self-test/questions/1").forms[0].fields


def test_the_check_page_names_what_is_missing_first_and_sends_nothing(person):
    someone = person()
    someone.tells()
    someone.browser.send(answer=3)
    page = someone.browser.open("/self-test/check")
    assert "还没回答的：25题" in page.text
    page = someone.browser.send()
    assert someone.browser.path == "/self-test/check"
    assert page.title.startswith("错误：")
    assert ("#missing-2", "第2题还没有回答。") in page.links
    someone.browser.open("/self-test/questions/3?from=check")
    someone.browser.send(answer=4)
    assert someone.browser.path == "/self-test/check"


def test_changed_answers_are_said_on_the_result_until_they_are_sent(person):
    someone = person()
    someone.has_result(lambda key, number: 1)
    before = someone.page.h1
    someone.answers_list(dict.fromkeys(keys_in_list(someone.browser.open("/self-test/questions")), 5))
    page = someone.browser.open("/self-test/result")
    assert "之后您改过答案" in page.text
    assert page.h1 == before
    page = someone.submits()
    assert "之后您改过答案" not in page.text
    assert page.h1 != before


class TestMeasuredNumbers:
    @pytest.fixture
    def senior(self, person):
        someone = person(age="70", form=ELDERLY)
        someone.tells()
        someone.browser.open("/self-test/questions/9")
        return someone

    def test_a_number_stands_instead_of_a_choice(self, senior, app):
        senior.browser.send(answer=1, number="26.4")
        page = senior.browser.open("/self-test/questions/9")
        assert page.forms[0].fields["number"] == ["26.4"]
        assert "answer" not in page.forms[0].fields
        senior.browser.open("/self-test/questions/10")
        senior.answers(lambda key, number: 2)
        senior.browser.open("/self-test/questions/1")
        senior.answers(lambda key, number: 2) if "answer" in senior.page.forms[0].offered else None
        assert "体重指数 26.4" in senior.browser.open("/self-test/check").text

    def test_a_choice_takes_the_place_of_a_number_that_was_emptied(self, senior):
        senior.browser.send(number="26.4")
        senior.browser.open("/self-test/questions/9")
        senior.browser.send(number="", answer=2)
        page = senior.browser.open("/self-test/questions/9")
        assert page.forms[0].fields["number"] == [""]
        assert page.forms[0].fields["answer"] == ["2"]

    @pytest.mark.parametrize("typed", ["9", "80.1", "abc", "nan", "inf", "1e400", "26,4,1", "9" * 12, "-26"])
    def test_a_number_that_cannot_be_is_refused(self, senior, typed):
        page = senior.browser.send(number=typed)
        assert senior.browser.response.status_code == 422
        assert any(href == "#number" and "体重指数" in words for href, words in page.links)

    @pytest.mark.parametrize("typed", ["26,4", "２６．４", " 26.4 "])
    def test_a_number_is_read_as_people_write_it(self, senior, typed):
        senior.browser.send(number=typed)
        assert senior.browser.open("/self-test/questions/9").forms[0].fields["number"] == ["26.4"]

    def test_colds_are_counted_in_whole_numbers(self, senior):
        senior.browser.open("/self-test/questions/14")
        senior.browser.send(number="2.5")
        assert senior.browser.response.status_code == 422


def test_saving_one_answer_of_a_list_answers_with_nothing_to_show(person):
    someone = person()
    someone.tells()
    data = someone.browser.hidden() | {"key": "tired", "instrument": SHORT, "answer": "4"}
    response = someone.browser.client.post("/self-test/questions/1", data=data, headers={"X-Requested-With": "save"})
    assert response.status_code == 204
    assert someone.browser.open("/self-test/questions").forms[0].fields["tired-answer"] == ["4"]


@pytest.mark.parametrize(("lang", "said"), [("en", True), ("zh-Hans", False)])
def test_english_questions_say_that_nobody_validated_them(person, lang, said):
    someone = person()
    someone.tells()
    for path in ("/self-test/questions", "/self-test/questions/2"):
        text = someone.browser.open(f"{path}?lang={lang}").text
        assert ("nobody has tested its reliability or validity" in text) is said
