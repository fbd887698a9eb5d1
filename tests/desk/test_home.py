"""Coming to the desk and leaving it."""

from __future__ import annotations

from datetime import timedelta

from tcm_engine.center.access import IDLE, LONGEST, resume_session, start_session

from .people import House


def test_whoever_is_signed_in_sees_the_overview(ours: House) -> None:
    for role in ours.accounts:
        browser = ours.browser(role)
        assert ours.name in browser.open("/desk/").text
        assert browser.response.headers["Cache-Control"] == "no-store"


def test_signing_out_ends_the_session_on_the_server(ours: House) -> None:
    browser = ours.browser()
    token = browser.client.get_cookie("desk", path="/desk").value
    browser.open("/desk/")
    browser.send()
    assert browser.client.get_cookie("desk", path="/desk") is None
    browser.client.set_cookie("desk", token, path="/desk")
    assert browser.client.get("/desk/").status_code == 303


def test_a_session_is_over_when_idle_or_old(ours: House, monkeypatch) -> None:
    import pytest

    from tcm_engine.center import NotAuthenticated

    with ours.center.records.write() as db:
        token = start_session(db, ours.center, ours.organisation, ours.accounts["operator"], "test", second_factor=True)
    began = ours.center.clock()
    now = began

    def at(moment):
        object.__setattr__(ours.center, "clock", lambda: moment)

    try:
        while now - began < LONGEST - IDLE:
            now += IDLE - timedelta(seconds=1)
            at(now)
            assert resume_session(ours.center, token).login == "operator"
        at(began + LONGEST)
        with pytest.raises(NotAuthenticated):
            resume_session(ours.center, token)
    finally:
        from tcm_engine.center.center import utc_now

        object.__setattr__(ours.center, "clock", utc_now)
