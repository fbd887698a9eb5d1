"""A day of a centre in a real browser, and axe over every page of it: telephone and desktop, light and dark, Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tcm_engine.center.access import first_link
from tests.e2e.conftest import DESKTOP
from tests.e2e.desk_way import Walk, answer_by_link, first_sign_in, keep_a_record, run_a_campaign, set_up
from tests.e2e.test_accessibility import violations

PHONE = (360, 740)
SLOW = 180_000
"""Milliseconds: a plan is set in type while other work goes on."""
OTHERS = (
    "", "clients", "clients/due", "clients/incomplete", "clients/doubles", "clients/import", "campaigns", "indicators", "elderly",
    "privacy", "jobs", "me", "me/password", "audit", "audit/check",
)  # fmt: skip


@dataclass
class Day:
    """What a day leaves behind."""

    state: Any
    """Cookies of the administrator, still signed in."""
    seen: list[str]
    """Pages of the desk."""
    link: str
    """Of an invitation that nobody has answered."""


@pytest.fixture(scope="module")
def day(chromium: Browser, service: Flask, address: str) -> Day:
    context = chromium.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, base_url=address, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(SLOW)
    walk = Walk(page)
    link = first_link(service.extensions["center"])
    assert link
    first_sign_in(walk, f"/desk/link/{link.token}")
    assert "/desk/link/" in set_up(walk)

    form = service.extensions["center"].engine.instrument("elderly_33")
    record = keep_a_record(walk, {item.key: "4" if item.key in ("q2", "q3") else "2" for item in form.items if item.sex != "male"})
    walk.open(record)
    walk.follow("/plans/")
    pdf = page.request.get(page.locator("main a[href$='.pdf']").first.get_attribute("href") or "", timeout=SLOW)
    assert pdf.body().startswith(b"%PDF") and "林" not in pdf.headers["content-disposition"]

    campaign = run_a_campaign(walk)
    expect(page.locator(".tallies")).to_contain_text("3")
    assert page.locator("a[href$='faulty.xlsx']").count() == 1
    walk.press("main form button.button")
    walk.open(campaign)
    walk.press("button[name=state][value=open]")
    links = []
    walk.open(f"{campaign}/people")
    people = [one.get_attribute("href") for one in page.locator("main td a[href*='/people/']").all()]
    assert len(people) == 3
    for one in people[:2]:
        walk.open(one)
        links.append(page.locator("p.key a").get_attribute("href"))
    assert page.locator("h1 script").count() == 0

    telephone = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, base_url=address, locale="zh-CN", has_touch=True)
    phone = telephone.new_page()
    phone.set_default_timeout(SLOW)
    assert answer_by_link(phone, links[0])[-1].endswith("/result")
    telephone.close()

    walk.open(campaign)
    expect(page.locator("main .lead").first).to_contain_text("1")
    for below in ("/roster", "/lists", "/devices", "/paper", "/plans", "/edit"):
        walk.open(f"{campaign}{below}")
    for path in OTHERS:
        walk.open(f"/desk/{path}")
    found = Day(context.storage_state(), [re.sub(r"#.*", "", one) for one in walk.seen if "/desk/link" not in one], links[1])
    context.close()
    return found


def test_the_trail_shows_what_was_read_and_signing_out_ends_it(visitor: Callable[..., Page], day: Day) -> None:
    page = visitor(DESKTOP, storage_state=day.state)
    page.goto("/desk/audit")
    assert "林某某" not in page.locator("main").inner_text()
    page.goto("/desk/audit/check")
    page.locator("main form button.button").first.click()
    expect(page.locator("main")).to_contain_text("记录完整")
    page.goto("/desk/indicators")
    expect(page.locator("h1")).to_contain_text("2人")


@pytest.mark.parametrize(
    ("size", "display"), [(PHONE, "theme=light"), (PHONE, "theme=dark&lang=en"), (DESKTOP, "theme=dark"), (DESKTOP, "lang=en")]
)
def test_axe_finds_nothing_and_nothing_runs_over(
    visitor: Callable[..., Page], day: Day, size: tuple[int, int], display: str, tmp_path: Path
) -> None:
    page = visitor(size, bypass_csp=True, storage_state=day.state)
    page.set_default_timeout(SLOW)
    page.goto(f"/?{display}")
    found: dict[str, Any] = {}
    for number, path in enumerate(dict.fromkeys([*day.seen, day.link])):
        page.goto(path)
        page.screenshot(path=tmp_path / f"{number:02}-{re.sub('[^a-z]+', '-', re.sub('[0-9a-f]{20}', '', path))[:40]}.png", full_page=True)
        faults = violations(page)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if faults or over > 0:
            found[path] = [*faults, *([f"{over} px too wide"] if over > 0 else [])]
    assert found == {}


def test_leaving_ends_the_session(visitor: Callable[..., Page], day: Day) -> None:
    """Last: the session of the day is over after it."""
    page = visitor(DESKTOP, storage_state=day.state)
    page.goto("/desk/")
    page.locator("form.leave button").click()
    page.goto("/desk/clients")
    assert "/desk/sign-in" in page.url
