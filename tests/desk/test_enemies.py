"""Files, names, cookies and requests as they should not be: each gets one clear page, and nothing is lost or half written."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from tcm_engine.center.access import end_session
from tests.web.plain_browser import PlainBrowser

from .furnished import Furnished, furnish
from .people import House, house
from .rows import READING, rows_of


@pytest.fixture(scope="module")
def shared(app: Flask) -> Furnished:
    return furnish(house(app, "enemies"))


def form_with(browser: PlainBrowser, field: str) -> int:
    return next(index for index, form in enumerate(browser.page.forms) if field in form.fields or field in form.offered)


def upload(browser: PlainBrowser, path: str, field: str, content: bytes, name: str = "a.xlsx") -> str:
    browser.open(path)
    form: dict[str, Any] = dict(browser.page.forms[form_with(browser, field)].fields)
    return browser.post(path, form | {field: FileStorage(io.BytesIO(content), name)}).text


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 300, b"PK\x03\x04 not a book", b"\xff\xfe\x00\xd8", "只有一行".encode("utf-16"), b"%PDF-1.7", bytes(range(256)) * 9],
    ids=["empty", "zeros", "no zip", "half a pair", "no header", "pdf", "bytes"],
)
@pytest.mark.parametrize("where", ["roster", "import", "paper"])
def test_a_file_that_is_none_is_told_and_nothing_is_written(shared: Furnished, where: str, content: bytes) -> None:
    browser = shared.house.browser("manager")
    campaign = f"/desk/campaigns/{shared.things['campaign']}"
    before = rows_of(shared.house, *READING)
    if where == "paper":
        browser.open(f"{campaign}/paper")
        form: dict[str, Any] = dict(browser.page.forms[form_with(browser, "file")].fields)
        text = browser.post(f"{campaign}/paper/file", form | {"file": FileStorage(io.BytesIO(content), "a.csv")}).text
    else:
        text = upload(browser, f"{campaign}/roster" if where == "roster" else "/desk/clients/import", "file", content)
    assert browser.response.status_code in (200, 422)
    assert browser.page.title.startswith("错误"), text[:200]
    assert rows_of(shared.house, *READING) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_list_in_any_encoding_of_the_country_is_read(shared: Furnished, encoding: str) -> None:
    text = f"姓名,性别,出生日期,手机,部门\n钱八,男,1981-01-0{len(encoding) % 8 + 1},138001390{len(encoding):02},一车间\n"
    browser = shared.house.browser("manager")
    shown = upload(browser, f"/desk/campaigns/{shared.things['campaign']}/roster", "file", text.encode(encoding), "a.csv")
    assert browser.path.endswith(("/columns", shared.things["campaign"])) or "钱八" in shown or "新客户" in shown, shown[:300]


@pytest.mark.parametrize("path", ["/desk/clients/import", "/desk/settings", "/desk/campaigns/{campaign}/roster", "/desk/clients/new"])
def test_too_much_at_once_gets_a_page_that_says_so(app: Flask, shared: Furnished, path: str) -> None:
    browser = shared.house.browser("administrator")
    address = path.format(**shared.things)
    browser.open(address)
    form: dict[str, Any] = dict(browser.page.forms[-1].fields)
    huge = FileStorage(io.BytesIO(b"0" * (app.config["MAX_CONTENT_LENGTH"] + 1)), "a.xlsx")
    browser.post(address, form | {"file": huge})
    assert browser.response.status_code == 413
    assert "超出" in browser.page.text or "太" in browser.page.text


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_a_logo_that_is_no_picture_is_told(shared: Furnished, content: bytes) -> None:
    text = upload(shared.house.browser("administrator"), "/desk/settings", "display_name", content)
    assert text
    browser = shared.house.browser("administrator")
    browser.open("/desk/settings")
    form: dict[str, Any] = dict(browser.page.forms[form_with(browser, "display_name")].fields)
    assert "PNG" in browser.post("/desk/settings", form | {"logo": FileStorage(io.BytesIO(content), "logo.png")}).text
    assert browser.client.get("/desk/settings/logo").status_code == 404


@pytest.mark.parametrize("name", ["𠮷野家𠮷", "محمد", "שלום עולם", "欧阳·阿卜杜拉", "=1+1", "<b>张</b>", "O'Neil", "张" * 40])
def test_a_name_is_kept_as_it_is_written(ours: House, name: str) -> None:
    browser = ours.browser("operator")
    browser.open("/desk/clients/new")
    page = browser.send(form_with(browser, "name"), name=name, phone="13800000000")
    assert page.h1.strip() == name
    assert "<b>张</b>" not in page.markup
    browser.open("/desk/clients")
    assert "找到1份" in browser.send(form_with(browser, "words"), words=name).text


@pytest.mark.parametrize("name", ["张" * 5000, "张\u202e三", "张\x07三", "\u200b", "   "])
def test_a_name_that_is_none_is_told(ours: House, name: str) -> None:
    browser = ours.browser("operator")
    browser.open("/desk/clients/new")
    page = browser.send(form_with(browser, "name"), name=name)
    assert "姓名：" in page.text
    browser.open("/desk/clients")
    assert "还没有档案" in browser.page.text


def test_what_is_sent_after_the_session_is_over_is_not_lost_in_silence(ours: House) -> None:
    browser = ours.browser("operator")
    browser.open("/desk/clients/new")
    end_session(ours.center, browser.client.get_cookie("desk", path="/desk").value)
    page = browser.send(form_with(browser, "name"), name="张三", phone="13800000000")
    assert page.h1 == "登录"
    assert "没有保存" in page.text
    assert "张三" not in page.markup


def test_a_stale_cookie_leads_to_the_door_without_a_word_about_it(ours: House) -> None:
    browser = PlainBrowser(ours.app)
    for cookie in ("x", "x" * 5000, "'; DROP TABLE session;--", "\u00e9"):
        browser.client.set_cookie("desk", cookie, path="/desk")
        page = browser.open("/desk/")
        assert (browser.path, page.h1) == ("/desk/sign-in", "登录")
        assert "没有保存" not in page.text


def test_two_tabs_and_a_page_from_before(ours: House) -> None:
    """The second tab signs out; what the first sends then is told, and nothing is written."""
    one = ours.browser("manager")
    one.open("/desk/campaigns/new")
    kept = dict(one.page.forms[form_with(one, "employer")].fields)
    one.open("/desk/")
    one.send()
    before = rows_of(ours)
    page = one.post("/desk/campaigns/new", kept | {"name": ["活动"]})
    assert page.h1 == "登录" and "没有保存" in page.text
    assert rows_of(ours) == before
