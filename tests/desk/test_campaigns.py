"""Campaigns on the desk, scripts off: set up, roster, people, lists, devices, paper, plans; and what others must not see."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tcm_engine.center.campaigns import code_of
from tests.center.rosters import messy_roster
from tests.web.plain_browser import PlainBrowser

from .people import House


def set_up(browser: PlainBrowser, name: str = "体质辨识", opened: bool = True) -> str:
    """Path of a new campaign."""
    browser.open("/desk/campaigns/new")
    browser.send(1, name=name, employer="某某公司", instrument="gbt_46939_2025", starts_on="2026-11-01", ends_on="2099-01-01", branch="")
    path = browser.path
    if opened:
        form = next(number for number, form in enumerate(browser.page.forms) if form.action.endswith("/state"))
        browser.send(form, state="open")
    return path


def send_file(browser: PlainBrowser, path: str, data: bytes, form: int = 1) -> None:
    browser.open(path)
    token = browser.page.forms[form].fields["csrf_token"][0]
    action = browser.page.forms[form].action or path
    browser._take(browser.client.post(action, data={"csrf_token": token, "file": (BytesIO(data), "x.xlsx")}, follow_redirects=True))


def agree_columns(browser: PlainBrowser) -> None:
    """Take the columns as they are understood."""
    chosen = re.findall(r'<select name="([^"]+)".*?</select>', browser.page.markup, re.S)
    parts = re.findall(r'<select name="[^"]+".*?</select>', browser.page.markup, re.S)
    said = {name: (re.findall(r'value="(\w*)" selected', part) or [""])[0] for name, part in zip(chosen, parts, strict=True)}
    browser.send(1, **said)


def filled(ours: House, count: int = 0) -> tuple[PlainBrowser, str]:
    """(a manager's browser, path of an open campaign with people)."""
    browser = ours.browser("manager")
    path = set_up(browser)
    rows = "姓名,性别,出生日期,手机,部门\n张一,男,1979-05-12,13800138000,=1+1\n李二,女,1985-01-02,13800138001,二车间\n".encode()
    send_file(browser, f"{path}/roster", messy_roster(count).data if count else rows)
    agree_columns(browser)
    browser.send(1)
    return browser, path


def cells(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def test_faults_of_a_new_campaign_stand_beside_their_fields_and_nothing_is_lost(ours: House) -> None:
    browser = ours.browser("manager")
    browser.open("/desk/campaigns")
    assert browser.response.status_code == 200 and "/desk/campaigns/new" in browser.page.markup
    browser.open("/desk/campaigns/new")
    browser.send(1, name="", employer="某某公司", instrument="none", starts_on="2026-11-31", ends_on="", branch="")
    assert browser.response.status_code == 422 and "某某公司" in browser.page.markup
    assert {"#name", "#instrument", "#starts_on", "#ends_on"} <= {href for href, _ in browser.page.links}


def test_a_messy_roster_goes_from_the_file_to_the_campaign_and_its_faulty_rows_back(ours: House) -> None:
    browser, made = ours.browser("operator"), messy_roster(400)
    path = set_up(ours.browser("manager"))
    send_file(browser, f"{path}/roster", made.data)
    assert browser.path.endswith("/columns")
    agree_columns(browser)
    assert str(made.people) in browser.page.text and str(made.faulty) in browser.page.text
    faulty = browser.client.get(f"{browser.path}/faulty.xlsx")
    rows = cells(faulty.data)
    assert len(rows) == made.faulty + 1 and rows[0][-1] == "问题说明" and all(row[-1] for row in rows[1:])
    assert not any(isinstance(cell, float) for row in rows[1:] for cell in row)
    browser.send(1)
    assert browser.page.h1 == "正确的行已导入"
    browser.open(path)
    assert f"{made.people}" in browser.page.text
    send_file(browser, f"{path}/roster", faulty.data)
    if browser.path.endswith("/columns"):
        agree_columns(browser)
    assert f"{made.faulty}" in browser.page.text and "导入0人" not in browser.page.text


def test_a_file_that_is_no_roster_gets_one_message(ours: House) -> None:
    browser = ours.browser("manager")
    path = set_up(browser)
    send_file(browser, f"{path}/roster", b"PK\3\4 no zip")
    assert browser.response.status_code == 422 and "这不是能读取的表格" in browser.page.text


def test_people_lists_and_one_person(ours: House) -> None:
    browser, path = filled(ours)
    page = browser.open(f"{path}/people?q=张一")
    assert "张一" in page.text and "李二" not in page.text
    href = next(href for href, words in page.links if words == "张一")
    page = browser.open(href)
    link = next(href for href, _ in page.links if "/i/" in href)
    assert "<svg" in page.markup and browser.client.get(link).status_code == 200
    form = next(number for number, form in enumerate(page.forms) if "reissue" in page.markup and number > 0)
    browser.send(form, reissue="1")
    assert browser.client.get(link).status_code == 404
    assert browser.open(f"{path}/people?state=missing&unit=二车间").text.count("李二") == 1


def test_cards_links_and_reminders_are_files_without_formulas(ours: House) -> None:
    browser, path = filled(ours)
    browser.open(f"{path}/lists")
    assert browser.response.status_code == 200
    cards = browser.client.get(f"{path}/lists/cards.pdf")
    assert cards.data.startswith(b"%PDF") and "cards-1.pdf" in cards.headers["Content-Disposition"]
    rows = cells(browser.client.get(f"{path}/lists/links.xlsx").data)
    assert rows[1][1] == "张一" and rows[1][2] == "=1+1" and "/i/" in str(rows[1][5])
    text = browser.client.get(f"{path}/lists/links.csv").data.decode("utf-8-sig")
    assert "'=1+1" in text and text.count("/i/") == 2
    assert browser.client.get(f"{path}/lists/reminders.pdf").data.startswith(b"%PDF")
    assert len(cells(browser.client.get(f"{path}/lists/reminders.xlsx").data)) == 3


def test_a_device_that_begins_leaves_the_desk(ours: House) -> None:
    browser, path = filled(ours)
    browser.open(f"{path}/devices")
    browser.send(1, label="平板一")
    assert browser.path == "/tablet"
    assert browser.open("/desk/campaigns").h1 == "登录" or browser.path.startswith("/desk/sign-in")
    other = ours.browser("manager")
    assert "平板一" in other.open(f"{path}/devices").text
    other.send(2)
    assert "平板一" not in other.page.text
    assert browser.client.get("/tablet").status_code == 404


def test_paper_forms_are_printed_and_entered(ours: House) -> None:
    browser, path = filled(ours)
    for query in ("", "?type=large", "?named=1&unit=二车间"):
        assert browser.client.get(f"{path}/paper/forms.pdf{query}").data.startswith(b"%PDF")
    template = browser.client.get(f"{path}/paper/template.csv").data.decode("utf-8-sig")
    assert template.startswith("code,consent,")
    browser.open(f"{path}/paper")
    browser.send(1, code="0001-1")
    assert browser.response.status_code == 422
    browser.send(1, code=code_of(2))
    assert "李二" in browser.page.text
    keys = [name for name in browser.page.forms[1].fields if name not in ("csrf_token", "version", "twice")]
    browser.send(1, **dict.fromkeys(keys, "2"))
    assert browser.response.status_code == 422 and "#consent" in browser.page.markup
    browser.send(1, signed="1", **dict.fromkeys(keys, "2"))
    assert browser.path == f"{path}/paper" and "已录入并计分" in browser.page.text
    send_file(browser, f"{path}/paper", template.encode(), form=2)
    assert browser.response.status_code == 200


def test_a_batch_of_plans_is_asked_for_once(ours: House) -> None:
    browser, path = filled(ours)
    assert len(browser.open(f"{path}/plans").forms) == 1
    test_paper = browser.open(f"{path}/paper")
    assert test_paper
    browser.send(1, code=code_of(2))
    keys = [name for name in browser.page.forms[1].fields if name not in ("csrf_token", "version", "twice")]
    browser.send(1, signed="1", **dict.fromkeys(keys, "2"))
    for _ in range(2):
        browser.open(f"{path}/plans")
        browser.send(1, kind="archive")
        assert browser.page.text.count("0 / 1") == 2  # the plans, then the ZIP of them
        assert sum("/desk/jobs/" in href for href, _words in browser.page.links) == 2


PAGES = (
    "", "/edit", "/roster", "/people", "/lists", "/lists/cards.pdf", "/lists/links.xlsx", "/lists/reminders.pdf", "/devices", "/paper",
    "/paper/forms.pdf", "/paper/template.csv", "/plans",
)  # fmt: skip


@pytest.mark.parametrize("below", PAGES)
def test_a_campaign_of_one_organisation_does_not_exist_for_another(ours: House, theirs: House, below: str) -> None:
    path = set_up(ours.browser("manager"))
    stranger = theirs.browser("administrator")
    found, unknown = stranger.client.get(path + below), stranger.client.get("/desk/campaigns/" + "0" * 20 + below)
    assert found.status_code == unknown.status_code == 404
    assert found.data.replace(path.encode(), b"/desk/campaigns/" + b"0" * 20) == unknown.data


@pytest.mark.parametrize(("role", "allowed"), [("auditor", ()), ("operator", ("", "/roster", "/people", "/lists", "/devices", "/paper"))])
def test_what_a_role_may_not_do_is_refused(ours: House, role: str, allowed: tuple[str, ...]) -> None:
    path = set_up(ours.browser("manager"))
    browser = ours.browser(role)  # type: ignore[arg-type]
    for below in ("", "/edit", "/roster", "/people", "/lists", "/devices", "/paper", "/plans"):
        assert browser.client.get(path + below).status_code == (200 if below in allowed else 403)
