"""Nothing is kept longer than its owner chose; a private link; deleting now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine

from tcm_engine.center import ANYONE, NotFound, get_assessment, get_plan, read_draft
from tests.web.plain_browser import PlainBrowser


def visit_of(browser) -> str:
    with browser.client.session_transaction() as session:
        return session["visit"]


def link_of(page) -> str:
    return urlsplit(page.markup.split('id="address"')[1].split('value="')[1].split('"')[0]).path


def test_deleting_leaves_nothing_behind(person, app):
    someone, center = person(), app.extensions["center"]
    someone.has_plan()
    token = visit_of(someone.browser)
    content = read_draft(center, ANYONE, token).content
    someone.browser.open("/self-test/delete")
    someone.browser.send()
    assert someone.browser.path == "/self-test/deleted"
    for read, id_ in ((read_draft, token), (get_assessment, content["assessment_id"]), (get_plan, content["plan_id"])):
        with pytest.raises(NotFound):
            read(center, ANYONE, id_)


def test_a_private_link_opens_result_and_plan_in_another_browser(person, app):
    someone = person()
    someone.has_plan()
    statement = someone.browser.open("/self-test/result").h1
    someone.browser.open("/self-test/keep")
    page = someone.browser.send()
    other = PlainBrowser(app)
    other.open(link_of(page) + "?lang=zh-Hans")
    other.open(link_of(page))
    assert other.page.h1 == "为您保留的结果"
    assert statement not in other.page.text, "a preview of the link must show nothing"
    assert other.send().h1 == statement
    assert other.open("/self-test/plan").h1.startswith("您的方案")


def test_a_link_keeps_for_as_long_as_it_says_and_the_visit_for_no_longer(person, app):
    center = app.extensions["center"]
    with time_machine.travel(datetime(2026, 11, 23, 4, 0, tzinfo=UTC), tick=False) as traveller:
        someone, kept = person(), person()
        someone.has_result()
        kept.has_result()
        kept.browser.open("/self-test/keep")
        link = link_of(kept.browser.send())
        traveller.shift(center.keeping.visit + timedelta(minutes=1))
        someone.browser.open("/self-test/result")
        assert someone.browser.path == "/self-test/consent"
        other = PlainBrowser(app)
        assert other.open(link).h1
        assert other.response.status_code == 200
        traveller.shift(center.keeping.link)
        assert other.open(link) and other.response.status_code == 404


def test_deleting_takes_the_private_link_with_it(person, app):
    someone = person()
    someone.has_result()
    someone.browser.open("/self-test/keep")
    link = link_of(someone.browser.send())
    someone.browser.open("/self-test/delete")
    someone.browser.send()
    other = PlainBrowser(app)
    other.open(link)
    assert other.response.status_code == 404


def test_starting_anew_does_not_take_a_kept_result_with_it(person, app):
    someone = person()
    someone.has_result()
    someone.browser.open("/self-test/keep")
    link = link_of(someone.browser.send())
    unfinished = person()
    unfinished.tells()
    unfinished.browser.open(link)
    assert "这个浏览器里还有另一次测试" in unfinished.page.text
    unfinished.browser.send()
    assert unfinished.browser.path == "/self-test/result"


def test_a_new_result_takes_the_place_of_one_that_was_not_kept(person, app):
    someone, center = person(), app.extensions["center"]
    someone.has_result()
    first = read_draft(center, ANYONE, visit_of(someone.browser)).content["assessment_id"]
    someone.answers_list({"energy": 5})
    someone.submits()
    with pytest.raises(NotFound):
        get_assessment(center, ANYONE, first)


@pytest.mark.parametrize(
    "path", ["/self-test/mine/x", "/self-test/mine/" + "a" * 43, "/self-test/mine/../../x", "/self-test/mine/" + "x" * 5000]
)
def test_a_link_that_is_none_is_not_found(browser, path):
    browser.open(path)
    assert browser.response.status_code == 404


def test_addresses_say_nothing_about_health(person, app):
    someone = person()
    someone.has_plan(conditions={"chosen": ["hypertension"]})
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("web.")]
    assert not any(re.search("answer=|hypertension|female", rule) for rule in rules)
    assert someone.browser.response.request.query_string == b""
