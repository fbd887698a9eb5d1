"""axe finds nothing on any page: on a phone and a desktop, light and dark, large type, in three languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_self_test import PATHS
from tests.e2e.way import answer_all, begin, submit

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STEPS = ("pregnancy", "medicines", "allergies", "complaints", "red_flags", "preferences")
PAGES = (*PATHS, "/self-test/consent", *(f"/self-test/safety/{step}" for step in STEPS), "/no-such-page")


def violations(page: Page) -> list[str]:
    """What axe finds on the page that is open, folded parts unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize(
    ("size", "display"),
    [
        (PHONE, "theme=light"),
        (PHONE, "theme=dark"),
        (DESKTOP, "theme=light"),
        (DESKTOP, "theme=dark"),
        (PHONE, "size=large"),
        (PHONE, "lang=en"),
        (DESKTOP, "lang=zh-Hant"),
    ],
)
def test_axe_finds_nothing(visitor: Callable[..., Page], finished: dict, size: tuple[int, int], display: str) -> None:
    page = visitor(size, bypass_csp=True, storage_state=finished)
    page.goto(f"/?{display}")
    found = {}
    for path in PAGES:
        page.goto(path)
        if faults := violations(page):
            found[path] = faults
    assert found == {}


def test_axe_finds_nothing_on_pages_with_faults_the_open_menu_and_a_warning(visitor: Callable[..., Page]) -> None:
    page = visitor(PHONE, bypass_csp=True)
    page.goto("/self-test/consent")
    page.get_by_role("button", name="同意并继续").click()
    found = {"consent": violations(page)}
    begin(page, age="70", form="elderly_33")
    page.get_by_role("button", name="继续").click()
    found["question"] = violations(page)
    page.goto("/self-test/questions/9")
    page.get_by_label("体重指数").fill("999")
    page.get_by_role("button", name="继续").click()
    found["number"] = violations(page)
    page.locator(".menu summary").click()
    found["menu"] = violations(page)
    page.goto("/self-test/questions/1")
    answer_all(page)
    page.goto("/self-test/questions/9")
    page.get_by_label("体重指数").fill("26")
    page.get_by_role("button", name="继续").click()
    page.goto("/self-test/check")
    submit(page)
    page.goto("/self-test/safety/red_flags")
    page.locator("fieldset .option label").first.click()
    page.locator("form button.button").click()
    page.goto("/self-test/safety")
    while "/safety/" in page.url:
        page.locator("form button.button").click()
    page.goto("/self-test/plan")
    found["warning"] = violations(page)
    page.goto("/self-test/result")
    found["warned result"] = violations(page)
    assert {where: faults for where, faults in found.items() if faults} == {}
