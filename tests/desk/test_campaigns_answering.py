"""A client answers with the link of an invitation; several in turn on one device. Nothing of one reaches another."""

from __future__ import annotations

from datetime import date

import pytest

from tcm_engine.center.campaigns import (
    NewCampaign,
    add_campaign,
    get_campaign,
    people,
    preview_roster,
    reissue_link,
    set_state,
    start_device,
    take_roster,
    upload_roster,
)
from tests.web.plain_browser import PlainBrowser

from .people import House

ROWS = "姓名,性别,出生日期,身份证号,手机,部门\n张一,男,1979-05-12,,13800138000,一车间\n李二,女,1985-01-02,,13800138001,二车间\n"


@pytest.fixture
def campaign(ours: House) -> str:
    who = ours.caller("manager")
    public = add_campaign(ours.center, who, NewCampaign("体质辨识", "某某公司", "gbt_46939_2025", date(2026, 11, 1), date(2099, 1, 1)))
    set_state(ours.center, who, public, "open")
    file = upload_roster(ours.center, who, public, ROWS.encode())
    assert preview_roster(ours.center, who, public, file).new == 2
    take_roster(ours.center, who, public, file)
    return public


def tokens(ours: House, campaign: str) -> dict[str, str]:
    return {one.name: one.token for one in people(ours.center, ours.caller("manager"), campaign).people}


def consent(browser: PlainBrowser) -> None:
    browser.send(**dict.fromkeys(("health_data", "automated_decision", "practitioner", "employer_report", "follow_up"), "yes"))


def answer_all(browser: PlainBrowser) -> None:
    offered = browser.page.forms[0].offered
    browser.send(**{name: values[2] for name, values in offered.items()})


def pass_health(browser: PlainBrowser) -> None:
    for _ in range(12):
        if "/health/" not in browser.path:
            return
        browser.send()


def test_a_link_leads_from_the_consent_to_the_result_and_is_used_up(ours: House, campaign: str) -> None:
    token = tokens(ours, campaign)["李二"]
    phone = PlainBrowser(ours.app)
    page = phone.open(f"/i/{token}")
    assert "李" in page.text and "李二" not in page.markup and "1985" not in page.markup
    phone.send(health_data="yes", automated_decision="no")
    assert phone.path == f"/i/{token}" and "#automated_decision" in phone.page.markup and "#health_data" not in phone.page.markup
    consent(phone)
    assert phone.path.endswith("/questions")
    some = list(phone.page.forms[0].offered)[:5]
    phone.send(_press="later", **dict.fromkeys(some, "2"))
    assert PlainBrowser(ours.app).open(f"/i/{token}").text.count("李") >= 1
    phone.open(f"/i/{token}/questions")
    assert phone.page.markup.count(" checked") >= 5
    phone.send()
    assert phone.response.status_code == 422
    answer_all(phone)
    assert "/health/" in phone.path
    pass_health(phone)
    assert phone.path.endswith("/result") and phone.response.status_code == 200
    assert get_campaign(ours.center, ours.caller("manager"), campaign).done == 1
    pdf = phone.client.get(f"/i/{token}/plan.pdf")
    assert pdf.data.startswith(b"%PDF") and "1985" not in pdf.headers["Content-Disposition"]
    other = PlainBrowser(ours.app)
    other.open(f"/i/{token}")
    assert other.path.endswith("/result") and "气虚" not in other.page.text
    other.send(known="19850103")
    assert other.response.status_code == 422
    other.send(known="19850102")
    assert other.response.status_code == 200 and "plan.pdf" in other.page.markup
    assert other.client.get(f"/i/{token}/questions").status_code == 303


def test_a_result_is_locked_after_five_wrong_answers(ours: House, campaign: str) -> None:
    token = tokens(ours, campaign)["李二"]
    phone = PlainBrowser(ours.app)
    phone.open(f"/i/{token}")
    consent(phone)
    answer_all(phone)
    pass_health(phone)
    other = PlainBrowser(ours.app)
    other.open(f"/i/{token}/result")
    for _ in range(5):
        other.send(known="19000101")
    assert len(other.page.forms) == 0
    other.open(f"/i/{token}/result")
    assert len(other.page.forms) == 0


def test_an_unknown_link_and_an_old_one_open_nothing(ours: House, campaign: str) -> None:
    token = tokens(ours, campaign)["李二"]
    who = next(one for one in people(ours.center, ours.caller("manager"), campaign).people if one.name == "李二")
    reissue_link(ours.center, ours.caller("manager"), campaign, who.public_id)
    phone = PlainBrowser(ours.app)
    old = phone.client.get(f"/i/{token}")
    unknown = phone.client.get("/i/" + "x" * 32)
    assert old.status_code == unknown.status_code == 404
    assert old.data.replace(token.encode(), b"x" * 32) == unknown.data
    set_state(ours.center, ours.caller("manager"), campaign, "closed")
    assert "李" not in phone.open(f"/i/{tokens(ours, campaign)['李二']}").text


def test_a_device_serves_one_after_the_other_and_shows_nothing_of_the_one_before(ours: House, campaign: str) -> None:
    token = start_device(ours.center, ours.caller("operator"), campaign, "平板一")
    tablet = PlainBrowser(ours.app)
    tablet.client.set_cookie("device", token, path="/")
    page = tablet.open("/tablet")
    assert "张" not in page.text and tablet.path == "/tablet"
    tablet.send(first="李", code="8000")
    assert tablet.response.status_code == 422
    tablet.send(first="z", code="8000")
    assert tablet.path == "/tablet/form" and "张" in tablet.page.text
    consent(tablet)
    old_page = tablet.page.forms[0].fields
    some = list(tablet.page.forms[0].offered)[:3]
    tablet.send(_press="later", **dict.fromkeys(some, "5"))
    tablet.open("/tablet/back")
    assert tablet.path == "/tablet"
    assert tablet.client.get("/tablet/form/questions", follow_redirects=True).request.path == "/tablet"
    tablet.open("/tablet")
    tablet.send(first="李", code="8001")
    assert "张" not in tablet.page.text
    consent(tablet)
    assert " checked" not in tablet.page.markup
    stale = dict(tablet.page.forms[0].fields) | {"turn": old_page["turn"]}
    assert tablet.post("/tablet/form/questions", stale) and tablet.response.status_code == 409
    tablet.open("/tablet/form/questions")
    answer_all(tablet)
    pass_health(tablet)
    assert tablet.path == "/tablet/done" and "气虚" not in tablet.page.text
    tablet.send()
    assert tablet.path == "/tablet"
    assert get_campaign(ours.center, ours.caller("manager"), campaign).done == 1
    tablet.open(f"/i/{tokens(ours, campaign)['张一']}")
    assert tablet.path == "/tablet/form" and "张" in tablet.page.text
    tablet.open("/tablet/form/questions")
    assert tablet.page.markup.count(" checked") == 3


def test_a_card_that_is_answered_opens_nothing_on_a_device_and_an_ended_device_is_a_telephone(ours: House, campaign: str) -> None:
    device = start_device(ours.center, ours.caller("operator"), campaign, "平板三")
    token = tokens(ours, campaign)["李二"]
    tablet = PlainBrowser(ours.app)
    tablet.client.set_cookie("device", device, path="/")
    tablet.open(f"/i/{token}")
    consent(tablet)
    answer_all(tablet)
    pass_health(tablet)
    tablet.send()
    assert tablet.open(f"/i/{token}").text == tablet.open("/tablet").text
    tablet.client.set_cookie("device", "x" * 32, path="/")
    tablet.open(f"/i/{token}")
    assert tablet.path == f"/i/{token}/result" and "19790512" in tablet.page.text


def test_a_device_that_nobody_touches_goes_back_and_one_of_no_campaign_opens_nothing(ours: House, campaign: str) -> None:
    assert PlainBrowser(ours.app).client.get("/tablet").status_code == 404
    token = start_device(ours.center, ours.caller("operator"), campaign, "平板二")
    tablet = PlainBrowser(ours.app)
    tablet.client.set_cookie("device", token, path="/")
    tablet.open("/tablet")
    tablet.send(first="李", code="8001")
    assert "url=/tablet/back" in tablet.response.headers["Refresh"]
    from datetime import timedelta

    from tcm_engine.center.center import utc_now

    later = utc_now() + timedelta(minutes=6)
    object.__setattr__(ours.center, "clock", lambda: later)
    try:
        tablet.open("/tablet/form/questions")
        assert tablet.path == "/tablet" and "李" not in tablet.page.text
    finally:
        object.__setattr__(ours.center, "clock", utc_now)
