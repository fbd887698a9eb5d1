"""The search page: a question in, a judgement with reasons out; for the visitor where a self-test is under way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.plain_browser import PlainBrowser

PAGE = "/knowledge"


def ask(browser: PlainBrowser, question: str, lang: str = "zh-Hans", **more: str) -> str:
    browser.open(f"/?lang={lang}")
    browser.open(PAGE)
    return browser.send(question=question, **more).text


@pytest.mark.parametrize(
    ("question", "lang", "said"),
    [
        ("湿热能吃生姜吗", "zh-Hans", ("不适合湿热质", "生姜", "不适合您")),
        ("can I eat ginger with 湿热", "en", ("not for Damp-heat", "Not for you", "fresh ginger")),
        ("孕妇 山楂", "zh-Hant", ("不適合您", "山楂", "懷孕")),
        ("失眠怎么办", "zh-Hans", ("失眠", "还不知道您的情况")),
    ],
)
def test_a_question_is_answered(browser: PlainBrowser, question: str, lang: str, said: tuple[str, ...]) -> None:
    text = ask(browser, question, lang)
    assert [words for words in said if words not in text] == []
    assert browser.page.markup.count("<h1") == 1


def test_a_warning_sign_is_told_first_and_nothing_is_offered(browser: PlainBrowser) -> None:
    text = ask(browser, "胸痛按哪里")
    assert ("div", "role", "alert") in browser.page.attributes
    assert "120" in text
    assert 'class="piece"' not in browser.page.markup


def test_an_empty_question_is_refused_with_an_example(browser: PlainBrowser) -> None:
    assert "请写下想问的" in ask(browser, " ")
    assert "#question" in [href for href, _ in browser.page.links]


def test_a_question_is_escaped(browser: PlainBrowser) -> None:
    ask(browser, "<script>alert(1)</script>")
    assert "<script>alert" not in browser.page.markup


def test_a_running_self_test_judges_for_its_person(person) -> None:
    someone = person(lang="zh-Hans")
    someone.has_plan()
    assert "按您自己的情况判断" in ask(someone.browser, "生姜", mine="y")
    assert "还不知道您的情况" in ask(someone.browser, "生姜", mine=None)


def test_every_page_leads_there(browser: PlainBrowser, root: Path) -> None:
    assert PAGE in [href for href, _ in browser.open("/privacy").links]
