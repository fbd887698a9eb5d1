"""The way in through the pages, scripts off: link, password, second step, recovery codes, and back to the page that was asked for."""

from __future__ import annotations

import re

import pyotp
import pytest
from flask import Flask

from tcm_engine.center.access import NewAccount, add_member
from tests.web.plain_browser import PlainBrowser

from .people import House

PASSWORD = "blue kettle seven owls"


def invited(ours: House, role: str = "operator", login: str = "wang") -> str:
    """Path of the link of a new account."""
    _, link = add_member(ours.center, ours.caller("administrator"), NewAccount(login, role))  # type: ignore[arg-type]
    return f"/desk/link/{link.token}"


def enter(browser: PlainBrowser, ours: House, login: str = "wang", password: str = PASSWORD) -> None:
    browser.send(organisation=ours.name, login=login, password=password)


def test_from_the_link_to_the_page_that_was_asked_for(app: Flask, ours: House) -> None:
    browser = PlainBrowser(app)
    browser.open(invited(ours, "administrator"))
    browser.send(password=PASSWORD, again="something else")
    assert "两次输入的密码不一样" in browser.page.text
    browser.send(password=PASSWORD, again=PASSWORD)
    assert browser.page.h1 == "登录"
    browser.open("/desk/accounts")
    assert browser.page.h1 == "登录"
    browser.client.get("/desk/accounts")
    enter(browser, ours, password="wrong")
    assert "不对" in browser.page.text
    assert browser.page.forms[0].fields["organisation"] == [ours.name]
    enter(browser, ours)
    assert browser.page.h1 == "设置第二步验证"
    secret = re.search(r"\b[A-Z2-7]{32}\b", browser.page.text)
    assert secret
    browser.send(1 if len(browser.page.forms) > 1 else 0, code=pyotp.TOTP(secret[0]).now())
    assert browser.page.h1 == "恢复码"
    assert len(re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", browser.page.text)) == 10
    onward = next(href for href, text in browser.page.links if "继续" in text)
    assert "wang" in browser.open(onward).text


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/desk/\\elsewhere", "/self-test/result", "javascript:alert(1)"]
)
def test_after_signing_in_only_the_desk_is_opened(app: Flask, ours: House, back: str) -> None:
    browser = ours.browser()
    answer = browser.client.get("/desk/sign-in/code", query_string={"back": back})
    assert (answer.status_code, answer.location) == (303, "/desk/")


def test_nothing_is_shown_before_the_second_step(app: Flask, ours: House) -> None:
    browser = PlainBrowser(app)
    browser.open(invited(ours, "administrator"))
    browser.send(password=PASSWORD, again=PASSWORD)
    enter(browser, ours)
    for path in ("/desk/", "/desk/accounts", "/desk/me", "/desk/settings"):
        assert browser.open(path).h1 == "设置第二步验证", path


def test_a_link_that_was_used_or_never_was_is_not_found(app: Flask, ours: House) -> None:
    path = invited(ours)
    browser = PlainBrowser(app)
    browser.open(path)
    browser.send(password=PASSWORD, again=PASSWORD)
    used, never = browser.client.get(path), browser.client.get("/desk/link/" + "x" * 32)
    assert used.status_code == never.status_code == 404


def test_an_administrator_adds_changes_and_disables_an_account(app: Flask, ours: House) -> None:
    browser = ours.browser("administrator")
    browser.open("/desk/accounts/new")
    browser.send(1, login="Li Na")
    assert "登录名" in browser.page.text and browser.response.status_code == 200
    browser.send(1, login="li.na", role="practitioner", branch="", name="李某", title="主治医师", licence="110")
    assert "/desk/link/" in browser.page.markup
    assert browser.open("/desk/accounts").text.count("li.na") == 1
    path = next(href for href, text in browser.page.links if text == "li.na")
    browser.open(path)
    browser.send(3)
    assert "已停用" in browser.page.text


def test_settings_keep_a_logo_drawn_anew(app: Flask, ours: House) -> None:
    import io

    from PIL import Image
    from werkzeug.datastructures import FileStorage

    picture = io.BytesIO()
    Image.new("RGB", (1200, 300), "red").save(picture, "JPEG", comment=b"canary-in-the-file")
    browser = ours.browser("administrator")
    browser.open("/desk/settings")
    form = dict(browser.page.forms[1].fields)
    form |= {"display_name": "康和中心", "password_policy": "asvs", "logo": FileStorage(io.BytesIO(picture.getvalue()), "a.jpg")}
    assert "已保存" in browser.post("/desk/settings", form).text
    kept = browser.client.get("/desk/settings/logo")
    assert kept.mimetype == "image/png" and b"canary" not in kept.data
    assert Image.open(io.BytesIO(kept.data)).size == (600, 150)
    form["logo"] = FileStorage(io.BytesIO(b"<svg onload=alert(1)>"), "a.png")
    form["version"] = ["1"]
    assert "PNG" in browser.post("/desk/settings", form).text


def test_two_administrators_at_once_lose_nothing(ours: House) -> None:
    one, two = ours.browser("administrator"), ours.browser("administrator")
    for browser in (one, two):
        browser.open("/desk/settings")
    one.send(1, display_name="甲", password_policy="asvs")
    two.send(1, display_name="乙", password_policy="asvs")
    assert "这期间有别人改过设置" in two.page.text
    assert 'value="甲"' in one.open("/desk/settings").markup
