"""From the first page to the plan, scripts off."""

from __future__ import annotations

import pytest

from tests.web.person import ELDERLY, LONG, SHORT

COUNTS = {SHORT: 26, LONG: 60, ELDERLY: 33}


@pytest.mark.parametrize("form", COUNTS)
@pytest.mark.parametrize("sex", ["female", "male", "unsaid"])
def test_a_person_gets_from_the_first_page_to_the_plan(person, app, form, sex):
    someone = person(sex=sex, age="68" if form == ELDERLY else "46", form=form)
    asked: list[str] = []
    someone.tells()
    someone.answers(lambda key, number: asked.append(key) or 3)
    limited = {item.key for item in app.extensions["center"].engine.instrument(form).items if item.sex}
    expected = COUNTS[form] - (1 if sex == "unsaid" and limited else 0)
    assert len(asked) == len(set(asked)) == expected
    assert someone.submits().h1
    assert someone.browser.path == "/self-test/result"
    someone.passes_safety()
    assert someone.browser.path == "/self-test/plan"
    someone.browser.open("/self-test/plan.pdf")
    assert someone.browser.response.data.startswith(b"%PDF-")


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_plan_page_has_every_piece_of_the_plan(person, app, lang):
    from tcm_engine.center import ANYONE, get_plan
    from tcm_engine.views import present

    someone = person(lang=lang)
    page = someone.has_plan(conditions={"chosen": ["none"]}, pregnancy={"pregnant": "no", "lactating": "no"})
    center = app.extensions["center"]
    view = present(get_plan(center, ANYONE, _plan_id(someone, center)).plan, lang, knowledge=center.engine.knowledge)
    titles = [item.title for domain in view.domains for item in domain.items]
    texts = [text for domain in view.domains for item in domain.items for text in (item.what, item.amount, item.stop, item.why)]
    bare = "".join(page.text.split())
    assert titles
    assert [title for title in (*titles, *texts, *view.stop_signs, *view.unknowns) if "".join(title.split()) not in bare] == []


def _plan_id(someone, center) -> str:
    from tcm_engine.center import ANYONE, read_draft

    with someone.browser.client.session_transaction() as session:
        return read_draft(center, ANYONE, session["visit"]).content["plan_id"]


def test_pages_before_their_time_lead_to_what_is_missing(person, browser):
    for path in ("about-you", "form", "questions/1", "check", "result", "plan", "safety", "plan.pdf", "card", "keep"):
        browser.open(f"/self-test/{path}")
        assert browser.path == "/self-test/consent"
    someone = person()
    someone.consents()
    for path in ("form", "questions", "result"):
        someone.browser.open(f"/self-test/{path}")
        assert someone.browser.path == "/self-test/about-you"
    someone.tells()
    someone.browser.open("/self-test/result")
    assert someone.browser.path == "/self-test/check"


def test_without_consent_nothing_begins(browser):
    browser.open("/self-test/consent")
    page = browser.send()
    assert page.title.startswith("错误：")
    assert ("#agree", "同意请勾选。不同意就不能开始测试。") in page.links
    with browser.client.session_transaction() as session:
        assert "visit" not in session


def test_a_reload_or_a_closed_tab_resumes_at_the_first_open_question(person):
    someone = person()
    someone.tells()
    for _ in range(4):
        someone.browser.send(answer=2)
    someone.browser.open("/")
    assert ("/self-test/go-on", "接着上次继续") in someone.page.links
    someone.browser.open("/self-test/go-on")
    assert someone.browser.path == "/self-test/questions/5"
    assert "第5题，共26题 · 大约还要5分钟" in someone.page.text


def test_back_shows_the_answer_that_was_given_and_takes_another(person):
    someone = person()
    someone.tells()
    someone.browser.send(answer=2)
    page = someone.browser.open("/self-test/questions/1")
    assert page.forms[0].fields["answer"] == ["2"]
    someone.browser.send(answer=5)
    assert someone.browser.open("/self-test/questions/1").forms[0].fields["answer"] == ["5"]


def test_the_short_form_counts_in_the_long_one(person):
    someone = person()
    someone.tells()
    someone.answers()
    page = someone.browser.open("/self-test/form")
    assert "60题中已答26题" in page.text
    someone.browser.send(instrument=LONG)
    someone.answers()
    assert "60题都答完了" in someone.page.text


@pytest.mark.parametrize(("age", "first"), [("64", SHORT), ("65", ELDERLY), ("", SHORT)])
def test_the_elderly_form_is_offered_first_from_65(person, age, first):
    someone = person(age=age)
    someone.consents()
    page = someone.browser.send(sex="male", age=age)
    assert page.forms[0].offered["instrument"][0] == first
    assert ("适合您的年龄" in page.text) == (first == ELDERLY)
    assert page.forms[0].fields["instrument"] == [SHORT]


@pytest.mark.parametrize("age", ["17", "0", "-3", "四十", "4.5", "121", "1" * 8, "<b>40</b>"])
def test_an_age_that_does_not_fit_is_refused_with_its_place(person, age):
    someone = person()
    someone.consents()
    page = someone.browser.send(sex="female", age=age)
    assert someone.browser.path == "/self-test/about-you"
    assert page.title.startswith("错误：")
    assert "#age" in [href for href, _ in page.links]
    assert ("18岁及以上" in page.text) == (age in ("17", "0"))


@pytest.mark.parametrize("age", ["46", "４６", " 46 ", "46岁", "46歲"])
def test_an_age_is_read_as_people_write_it(person, age):
    someone = person()
    someone.consents()
    someone.browser.send(sex="female", age=age)
    assert someone.browser.open("/self-test/about-you").forms[0].fields["age"] == ["46"]
