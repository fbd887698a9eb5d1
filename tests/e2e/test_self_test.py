"""From the first question to the opened document, in chromium."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.way import answer_all, begin, pass_safety, submit

Visitor = Callable[..., Page]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_first_question_to_the_opened_document(visitor: Visitor, scripts: bool) -> None:
    page = visitor(scripts=scripts)
    begin(page)
    answer_all(page)
    submit(page)
    statement = page.locator("h1 .phrase, h1").last.inner_text()
    assert statement
    pass_safety(page)
    expect(page.get_by_role("heading", name="先做这三件事")).to_be_visible()
    titles = page.locator(".piece h3").all_inner_texts()
    answer = page.request.get(page.get_by_role("link", name="下载PDF").get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.body())) as document:
        assert len(document.pages) >= 6
        assert "/StructTreeRoot" in document.Root
    assert titles


def test_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/")

    def press_to(name: str, role: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", f"no ring on {name}"
                return
        raise AssertionError(f"{role} {name} is not reached")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    press_to("开始测试", "link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/consent")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "agree":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    press_to("同意并继续", "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/about-you")
    press_to("继续", "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/form")
    press_to("开始答题", "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/1")
    for number in range(1, 26):
        page.wait_for_url(f"**/questions/{number}")
        while page.evaluate("document.activeElement.name") != "answer":
            page.keyboard.press("Tab")
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    press_to("提交并查看结果", "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/result")


def test_a_fault_is_read_first_and_its_link_leads_to_the_control(visitor: Visitor) -> None:
    page = visitor()
    begin(page)
    page.get_by_role("button", name="继续").click()
    assert page.title().startswith("错误：")
    assert page.evaluate("document.activeElement.id") == "faults"
    page.get_by_role("link", name="请选择一项").click()
    assert page.evaluate("document.activeElement.id") == "answer-1"


def test_back_and_reload_lose_nothing(visitor: Visitor) -> None:
    page = visitor()
    begin(page)
    for choice in (2, 3):
        page.locator(f"label[for=answer-{choice}]").click()
        page.get_by_role("button", name="继续").click()
    page.go_back()
    page.wait_for_url("**/questions/2")
    expect(page.locator("#answer-3")).to_be_checked()
    page.go_forward()
    page.reload()
    page.wait_for_url("**/questions/3")
    page.goto("/")
    page.get_by_role("link", name="接着上次继续").click()
    page.wait_for_url("**/questions/3")


def test_a_closed_tab_of_the_list_loses_no_answer(visitor: Visitor) -> None:
    page = visitor()
    begin(page)
    page.goto("/settings?flow=list")
    page.goto("/self-test/questions")
    with page.expect_response(lambda response: response.request.method == "POST" and response.status == 204):
        page.locator("label[for=tired-answer-4]").click()
    tab = page.context.new_page()
    page.close()
    tab.goto("/self-test/questions")
    expect(tab.locator("#tired-answer-4")).to_be_checked()


def test_the_next_question_opens_by_itself_only_where_it_was_asked_for(visitor: Visitor) -> None:
    page = visitor()
    begin(page)
    page.locator("label[for=answer-2]").click()
    page.wait_for_timeout(300)
    assert page.url.endswith("/questions/1")
    page.goto("/settings?step=auto")
    page.goto("/self-test/questions/1")
    page.locator("label[for=answer-3]").click()
    page.wait_for_url("**/questions/2")


def test_none_of_these_and_the_rest_exclude_each_other(visitor: Visitor) -> None:
    page = visitor()
    begin(page)
    answer_all(page)
    submit(page)
    page.goto("/self-test/safety/conditions")
    page.get_by_text("高血压", exact=True).click()
    page.get_by_text("以下都没有").click()
    expect(page.locator("#chosen-hypertension")).not_to_be_checked()
    page.get_by_text("痛风或高尿酸").click()
    expect(page.locator("#chosen-0")).not_to_be_checked()


@pytest.mark.parametrize("size", [PHONE, (390, 844)])
def test_five_answers_and_the_button_fit_a_phone(visitor: Visitor, size: tuple[int, int]) -> None:
    page = visitor(size)
    begin(page)
    button = page.get_by_role("button", name="继续").bounding_box()
    assert button["y"] + button["height"] <= size[1]
    for row in page.locator(".option > label").all():
        assert row.bounding_box()["height"] >= 52


PATHS = (
    "/",
    "/settings",
    "/privacy",
    "/self-test/about-you",
    "/self-test/form",
    "/self-test/questions/1",
    "/self-test/questions",
    "/self-test/check",
    "/self-test/result",
    "/self-test/safety/conditions",
    "/self-test/plan",
    "/self-test/keep",
    "/self-test/card",
    "/self-test/delete",
)


@pytest.mark.parametrize("display", ["lang=zh-Hans", "lang=en", "size=large"])
def test_no_page_scrolls_sideways_at_320(visitor: Visitor, finished: dict, display: str) -> None:
    page = visitor((320, 640), storage_state=finished)
    page.goto(f"/?{display}")
    too_wide = []
    for path in PATHS:
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            too_wide.append(path)
    assert too_wide == []


def test_the_menu_opens_closes_and_changes_the_page(visitor: Visitor) -> None:
    page = visitor(DESKTOP)
    page.goto("/")
    page.locator(".menu summary").click()
    page.locator(".menu-body").get_by_role("link", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 23, 28)"
    page.locator(".menu summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".menu-body")).to_be_hidden()
