"""Who gets in where: every address and method of the desk, tried by every role, against a table that is written by hand.

`tests/golden/desk_roles.csv` says for each address (endpoint without `desk.`) and method who gets in; everybody else is refused: with 403,
or by being sent to sign in, or to the second factor. A new route needs its line there, and its furniture in `furnished.py`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from tcm_engine.center import ROLES
from tcm_engine.center.access import start_session
from web.desk.areas import AREAS
from web.desk.routes import Route

from .furnished import PARTS, Furnished, furnish, sends
from .people import House, house
from .rows import READING, rows_of

TABLE = Path(__file__).parents[1] / "golden" / "desk_roles.csv"
ROUTES: tuple[Route, ...] = tuple(route for area in AREAS for route in area.routes)
EVERYBODY = (*ROLES, "half", "nobody")
"""`half`: the password was right, the second factor is still to come. `nobody`: without a session."""


def table() -> dict[tuple[str, str], frozenset[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    found = {(line["endpoint"], line["method"]): frozenset(line["roles"].split()) for line in lines}
    assert len(found) == len(lines), "a line stands twice"
    return found


LINES = table()
CASES = sorted(LINES)


@pytest.fixture(scope="module")
def shared(app: Flask) -> Furnished:
    """For what is only looked at."""
    return furnish(house(app, "roles"))


def client_of(at: House, who: str) -> Any:
    """A browser of one of `EVERYBODY`."""
    if who in at.accounts:
        return at.browser(who).client  # type: ignore[arg-type]
    client = at.app.test_client()
    if who == "half":
        with at.center.records.write() as db:
            token = start_session(db, at.center, at.organisation, at.accounts["administrator"], "test", second_factor=False)
        client.set_cookie("desk", token, path="/desk")
    return client


def address(app: Flask, endpoint: str, things: Any) -> str:
    parts = {name: what.strip("'") if what.startswith("'") else things[what] for name, what in PARTS.get(endpoint, {}).items()}
    with app.test_request_context():
        return url_for(f"desk.{endpoint}", **parts)


def token_of(client: Any) -> str:
    """The one that this browser's pages carry in their forms."""
    page = client.get("/desk/me", follow_redirects=True).get_data(as_text=True)
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def refused(app: Flask, endpoint: str, answer: TestResponse) -> bool:
    """Who is half signed in is sent from one page of the second factor to the other: that is no refusal."""
    with app.test_request_context():
        doors = {url_for("desk.sign_in")} | (set() if endpoint == "enrol" else {url_for("desk.second_factor")})
    return answer.status_code == 403 or (
        answer.status_code == 303 and answer.location.split("?")[0] in doors and endpoint not in ("sign_in", "link")
    )


def test_every_route_has_its_line_and_every_line_its_route() -> None:
    there = {(route.endpoint, method) for route in ROUTES for method in route.methods}
    assert there - set(LINES) == set(), "say in tests/golden/desk_roles.csv who gets in"
    assert set(LINES) - there == set(), "lines of routes that are gone"
    assert {role for roles in LINES.values() for role in roles} <= set(EVERYBODY)


def test_the_table_keeps_the_auditor_and_clients_from_every_record() -> None:
    """What the table must hold, whoever edits it."""
    own = {"home", "own", "own_password", "end_session", "organisation_logo", "sign_out", "sign_in", "second_factor", "enrol", "link"}
    counts = {"indicators", "indicators_file", "employer", "employer_file"}
    counts |= {"work", "work_job", "work_stop", "work_resume", "work_file"}  # of reports alone: what a job is decides who sees it
    trail = {"audit", "audit_csv", "audit_check"}
    assert {endpoint for (endpoint, _), roles in LINES.items() if "client" in roles} == own
    assert {endpoint for (endpoint, _), roles in LINES.items() if "auditor" in roles} == own | counts | trail
    assert {endpoint for (endpoint, _), roles in LINES.items() if "nobody" in roles} == {"sign_in", "link"}
    assert {endpoint for (endpoint, _), roles in LINES.items() if "half" in roles} == {
        "sign_in",
        "link",
        "second_factor",
        "enrol",
        "sign_out",
    }


@pytest.mark.parametrize("who", EVERYBODY)
def test_looking(app: Flask, shared: Furnished, who: str) -> None:
    client = client_of(shared.house, who)
    wrong = {}
    for endpoint, method in CASES:
        if method == "GET":
            answer = client.get(address(app, endpoint, shared.things))
            let_in = not refused(app, endpoint, answer)
            if let_in != (who in LINES[endpoint, method]) or answer.status_code not in (
                200,
                303,
                *_NOTHING_THERE.get((who, endpoint), _NOTHING_THERE.get(endpoint, ())),
            ):
                wrong[endpoint] = answer.status
    assert {endpoint: status for endpoint, status in wrong.items() if not (status.startswith("403") and kept_out(who, endpoint))} == {}


def kept_out(who: str, endpoint: str) -> bool:
    return who not in LINES[endpoint, "GET"]


_NOTHING_THERE: Mapping[Any, tuple[int, ...]] = {
    "organisation_logo": (404,),
    "link": (404,),
    **{(who, endpoint): (404,) for who in ("practitioner", "auditor") for endpoint in ("work_job", "work_file")},
}
"""No logo is set; the link was used; and the job makes plans, which those two may not ask for: they see reports alone."""


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_is_kept_out_sends_in_vain(app: Flask, shared: Furnished, who: str) -> None:
    """With the token of a page of their own and everything that would be valid: refused, and nothing is written."""
    at, client, wrong = shared.house, client_of(shared.house, who), {}
    token = {"csrf_token": token_of(client)}
    before = rows_of(at, "session")
    for endpoint, method in CASES:
        if method == "POST" and who not in LINES[endpoint, method]:
            answer = client.post(address(app, endpoint, shared.things), data=sends(endpoint, shared.things, at) | token)
            if not refused(app, endpoint, answer):
                wrong[endpoint] = answer.status
    assert wrong == {}, "kept out by the table, and not by the desk"
    assert rows_of(at, "session") == before


def test_sending_without_the_page_s_token_writes_nothing(app: Flask, shared: Furnished) -> None:
    """Also with a token that is forged, and with that of another person's page."""
    at, wrong = shared.house, {}
    others = token_of(client_of(at, "administrator"))
    clients = {who: client_of(at, who) for who in ("administrator", "half", "nobody")}
    before = rows_of(at, *READING)
    for endpoint, method in CASES:
        who = next(who for who in ("half", "administrator") if who in LINES[endpoint, method])
        for token in ({}, {"csrf_token": "forged"}, {"csrf_token": others}) if method == "POST" else ():
            answer = clients[who].post(address(app, endpoint, shared.things), data=sends(endpoint, shared.things, at) | token)
            if answer.status_code not in (400, 409) and not (
                endpoint == "second_factor" and answer.location.startswith("/desk/sign-in/set-up")
            ):
                wrong[endpoint] = answer.status
    assert wrong == {}
    assert rows_of(at, *READING) == before


@pytest.mark.parametrize("who", EVERYBODY)
def test_whom_the_table_lets_in_may_send(app: Flask, who: str) -> None:
    """Everything valid, one after the other in an organisation of their own; what ends sessions or records comes last."""
    last = ("client_merge_undo", "account", "account_action", "client_erase", "end_session", "own_password", "sign_out")
    order = sorted(
        (case[0] for case in CASES if case[1] == "POST" and who in LINES[case]), key=lambda one: last.index(one) if one in last else -1
    )
    at = furnish(house(app, f"sending {who}"))
    client, wrong = client_of(at.house, who), {}
    token = {"csrf_token": token_of(client)}
    for endpoint in order:
        answer = client.post(address(app, endpoint, at.things), data=sends(endpoint, at.things, at.house) | token)
        if refused(app, endpoint, answer) or answer.status_code not in (200, 303, 404, 409, 422):
            wrong[endpoint] = answer.status
        if endpoint in ("campaign_devices", "link", "second_factor", "enrol"):  # this browser is signed out, or has another session
            client = client_of(at.house, who)
            token = {"csrf_token": token_of(client)}
    assert wrong == {}
