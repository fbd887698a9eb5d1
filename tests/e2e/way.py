"""The way of a person with a real browser."""

from __future__ import annotations

from playwright.sync_api import Page


def begin(page: Page, *, sex: str | None = "female", age: str = "46", form: str = "gbt_46939_2025") -> None:
    """From the first page to the first question."""
    page.goto("/")
    page.get_by_role("link", name="开始测试").click()
    page.get_by_text("我已满18岁").click()
    page.get_by_role("button", name="同意并继续").click()
    if sex:
        page.locator(f"label[for=sex-{('female', 'male', 'unsaid').index(sex)}]").click()
    page.get_by_label("年龄").fill(age)
    page.get_by_role("button", name="继续").click()
    page.locator(f"input[value={form}] + label").click()
    page.get_by_role("button", name="开始答题").click()


def answer_all(page: Page, choice: int = 4) -> None:
    """One question a page, to the check page."""
    while "/questions/" in page.url:
        page.locator(f"label[for=answer-{choice}]").click()
        page.get_by_role("button", name="继续").click()


def submit(page: Page) -> None:
    page.get_by_role("button", name="提交并查看结果").first.click()
    page.wait_for_url("**/result")


def pass_safety(page: Page) -> None:
    """Every safety step without an answer, to the plan."""
    page.get_by_role("link", name="去做我的方案").click()
    while "/safety/" in page.url:
        page.locator("form button.button").click()
    page.wait_for_url("**/plan")
