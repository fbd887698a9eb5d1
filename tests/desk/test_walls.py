"""Walls: what is another organisation's, or another branch's, is to everybody as if it did not exist.

Every address with an identifier in it is asked for with one of theirs, and with one that nobody has: the answers are the same to the byte.
An address that `furnished.py` does not know fails.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from tcm_engine.center import add_token

from .furnished import ASKED, NAMED_IN_FORMS, PARTS, Furnished, furnish, sends, unknown_of
from .people import House, house
from .rows import READING, rows_of
from .test_roles import LINES, ROUTES, client_of, token_of

KEYS = frozenset({"link"})
"""Whoever has what stands in these addresses is let in: that is what it is for."""
NOT_OURS: Mapping[str, str] = {
    # Other addresses with parts, and why no record of a centre is found by them; those that look for records are tried below.
    "web.static": "files of the pages",
    "web.card_image": "a drawing of one's own visit",
    "web.safety": "steps of one's own visit",
    "web.question": "questions of one's own visit",
    "api.read_instrument": "the knowledge, the same for everybody",
    "invited.link_start": "a key", "invited.link_questions": "a key", "invited.link_answer": "a key", "invited.link_health": "a key",
    "invited.link_result": "a key", "invited.link_plan": "a key", "invited.tablet_health": "steps of the form on this device",
}  # fmt: skip
TRIED_BELOW = frozenset({"web.mine", "api.read_assessment", "api.read_plan", "api.read_plan_pdf"})


@pytest.fixture(scope="module")
def ours(app: Flask) -> Furnished:
    return furnish(house(app, "walls ours"))


@pytest.fixture(scope="module")
def theirs(app: Flask) -> Furnished:
    return furnish(house(app, "walls theirs"))


@pytest.fixture(scope="module")
def west(app: Flask) -> Furnished:
    return furnish(house(app, "walls branches"), "西城")


@pytest.fixture(scope="module")
def east(west: Furnished) -> Furnished:
    return furnish(west.house, "东城")


def named(endpoint: str) -> dict[str, str]:
    """Part of the address -> what it names; words that are meant literally left out."""
    return {part: what for part, what in PARTS.get(endpoint, {}).items() if not what.startswith("'")}


def address(app: Flask, endpoint: str, things: Mapping[str, str], **asked: str) -> str:
    parts = {part: what.strip("'") if what.startswith("'") else things[what] for part, what in PARTS.get(endpoint, {}).items()}
    with app.test_request_context():
        return url_for(f"desk.{endpoint}", **parts, **asked)


def mixtures(endpoint: str, mine: Mapping[str, str], other: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Everything of the other's; and of two things that an address names, the first of mine with the second of the other's, and turned."""
    what = list(named(endpoint).values())
    yield {**mine, **{one: other[one] for one in what}}
    if len(what) > 1:
        yield {**mine, what[1]: other[what[1]]}
        yield {**mine, what[0]: other[what[0]]}


def plain(answer: TestResponse, *sources: Mapping[str, str]) -> tuple[int, bytes, str]:
    """Status, content and place without what is new in every answer and without the identifiers that were asked for."""
    body = re.sub(rb'name="csrf_token"[^>]*value="[^"]*"', b"token", answer.get_data())
    place = answer.location or ""
    asked = [answer.request.path, *(one for source in sources for one in source.values() if len(one) >= _SHORTEST)]
    for one in sorted(set(asked), key=len, reverse=True):
        body, place = body.replace(one.encode(), b"*"), place.replace(one, "*")
    return answer.status_code, body, place


_SHORTEST = 20
"""Characters of an identifier that can stand in a page by itself: shorter ones are part of the address."""


class Asking:
    """One browser that asks for what is another's, and for what nobody has."""

    def __init__(self, app: Flask, client: Any, at: House, mine: Mapping[str, str], other: Mapping[str, str]):
        self.app, self.client, self.at, self.mine, self.other = app, client, at, mine, other
        self.nobody = {what: unknown_of(what, value) for what, value in other.items()}
        self.token = {"csrf_token": token_of(client)}
        self.strange: dict[str, str] = {}

    def look(self, endpoint: str) -> None:
        for number, pair in enumerate(self.pairs(endpoint)):
            self.compare(f"GET {endpoint} {number}", *(self.client.get(address(self.app, endpoint, things)) for things in pair))

    def send(self, endpoint: str) -> None:
        for number, (there, nowhere) in enumerate(self.pairs(endpoint)):
            answers = [
                self.client.post(address(self.app, endpoint, things), data=sends(endpoint, content, self.at) | self.token)
                for things, content in ((there, self.other), (nowhere, self.nobody))
            ]
            self.compare(f"POST {endpoint} {number}", *answers)

    def send_named(self, endpoint: str) -> None:
        """To one's own address, with an identifier of the other's in the form."""
        answers = [
            self.client.post(
                address(self.app, endpoint, self.mine),
                data=sends(endpoint, {**self.mine, **{what: source[what] for what in NAMED_IN_FORMS[endpoint]}}, self.at) | self.token,
            )
            for source in (self.other, self.nobody)
        ]
        self.compare(f"POST {endpoint} form", *answers, found=True)

    def pairs(self, endpoint: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
        return zip(mixtures(endpoint, self.mine, self.other), mixtures(endpoint, self.mine, self.nobody), strict=True)

    def compare(self, asked: str, there: TestResponse, nowhere: TestResponse, *, found: bool = False) -> None:
        one, two = plain(there, self.other, self.nobody), plain(nowhere, self.other, self.nobody)
        if one != two:
            at = next((n for n, (a, b) in enumerate(zip(one[1], two[1], strict=False)) if a != b), 0)
            self.strange[asked] = (
                f"{one[0]} {one[2]} is told from {two[0]} {two[2]}: {one[1][at - 20 : at + 60]!r} {two[1][at - 20 : at + 60]!r}"
            )
        elif not found and one[0] not in (403, 404):
            self.strange[asked] = f"{one[0]} for what does not exist"

    def everything(self, who: str, forms: Collection[str] = frozenset(NAMED_IN_FORMS)) -> None:
        """`forms`: those that are sent with an identifier of the other's in them."""
        for endpoint, method in sorted(LINES):
            if not named(endpoint) or endpoint in KEYS:
                continue
            self.look(endpoint) if method == "GET" else self.send(endpoint)
        for endpoint, asked in ASKED.items():
            if who in LINES[endpoint, "GET"]:
                here = {**self.mine}
                one = self.client.get(address(self.app, endpoint, here, **{key: self.other[what] for key, what in asked.items()}))
                two = self.client.get(address(self.app, endpoint, here, **{key: self.nobody[what] for key, what in asked.items()}))
                self.compare(f"GET {endpoint}?", one, two, found=True)
        for endpoint in NAMED_IN_FORMS:
            if who in LINES[endpoint, "POST"] and endpoint in forms:
                self.send_named(endpoint)


def test_every_address_with_parts_is_known(app: Flask) -> None:
    there = {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments}
    desk = {f"desk.{endpoint}" for endpoint in PARTS}
    assert there - desk - set(NOT_OURS) - TRIED_BELOW == set(), "tell tests/desk/furnished.py what these addresses name"
    assert (desk | set(NOT_OURS) | TRIED_BELOW) - {rule.endpoint for rule in app.url_map.iter_rules()} == set()
    for route in ROUTES:
        assert set(re.findall(r"<(?:[^<>]*:)?(\w+)>", route.rule)) == set(PARTS.get(route.endpoint, {})), route.endpoint


@pytest.mark.parametrize("who", ["client", "operator", "practitioner", "manager", "administrator", "auditor", "half", "nobody"])
def test_another_organisation_s_is_as_unknown_as_nobody_s(app: Flask, ours: Furnished, theirs: Furnished, who: str) -> None:
    kept = rows_of(theirs.house)
    asking = Asking(app, client_of(ours.house, who), ours.house, ours.things, theirs.things)
    if who in ("half", "nobody"):
        asking.compare = _sent_away(asking)  # type: ignore[method-assign]
    asking.everything(who)
    assert asking.strange == {}
    assert rows_of(theirs.house) == kept


def _sent_away(asking: Asking) -> Any:
    """Without a whole session every address leads to the door, which forgets nothing but what was asked for."""

    def compare(asked: str, there: TestResponse, nowhere: TestResponse, *, found: bool = False) -> None:
        one, two = (plain(answer, asking.other, asking.nobody) for answer in (there, nowhere))
        if one != two or one[0] != 303 or "/desk/sign-in" not in one[2]:
            asking.strange[asked] = f"{one[0]} {one[2]} and {two[0]} {two[2]}"

    return compare


@pytest.mark.parametrize("who", ["operator", "practitioner", "manager"])
def test_another_branch_s_is_as_unknown_as_nobody_s(app: Flask, west: Furnished, east: Furnished, who: str) -> None:
    kept = rows_of(west.house, *READING)
    asking = Asking(app, west.browser(who).client, west.house, west.things, east.things)  # type: ignore[arg-type]
    # What somebody bound to a branch sets up is that branch's, whatever the form says: `test_a_campaign_of_a_bound_manager`.
    asking.everything(who, NAMED_IN_FORMS.keys() - {"new_campaign", "edit_campaign"})
    assert asking.strange == {}
    assert rows_of(west.house, *READING) == kept


def test_a_campaign_of_a_bound_manager_is_their_branch_s_whatever_the_form_says(app: Flask, west: Furnished, east: Furnished) -> None:
    manager = west.browser("manager").client
    data = sends("new_campaign", east.things, west.house) | {"csrf_token": token_of(manager), "branch": east.things["branch"]}
    made = manager.post("/desk/campaigns/new", data=data)
    assert manager.get(made.location).status_code == 200
    assert east.browser("manager").client.get(made.location).status_code == 404


_OTHERWISE = frozenset({"clients_import_preview", "work_job", "work_file"})
"""A table is its sender's, and a job its kind's."""


@pytest.mark.parametrize("who", ["operator", "manager"])
def test_whoever_is_bound_to_a_branch_works_in_it(app: Flask, west: Furnished, east: Furnished, who: str) -> None:
    """So that the walls are not tried with somebody to whom everything is unknown."""
    client, wrong = east.browser(who).client, {}  # type: ignore[arg-type]
    for (endpoint, method), roles in sorted(LINES.items()):
        if method == "GET" and who in roles and named(endpoint) and endpoint not in KEYS | _OTHERWISE:
            answer = client.get(address(app, endpoint, east.things))
            if answer.status_code not in (200, 303):
                wrong[endpoint] = answer.status
    assert wrong == {}


@pytest.mark.parametrize("who", ["operator", "practitioner", "manager", "administrator", "auditor", "client"])
def test_the_api_finds_nothing_of_theirs(app: Flask, ours: Furnished, theirs: Furnished, who: str) -> None:
    center, kept, strange = ours.house.center, rows_of(theirs.house), {}
    bearer = add_token(center.records, ours.house.code, who, center.clock(), days=1).token
    client, head = app.test_client(), {"Authorization": f"Bearer {bearer}"}
    nobody = {what: unknown_of(what, value) for what, value in theirs.things.items()}
    for path in ("assessments/{assessment}", "assessments/{elderly_assessment}", "plans/{plan}", "plans/{plan}.pdf"):
        there, nowhere = (client.get(f"/api/v1/{path.format(**things)}", headers=head) for things in (theirs.things, nobody))
        if there.status_code not in (403, 404) or plain(there, theirs.things, nobody) != plain(nowhere, theirs.things, nobody):
            strange[path] = (there.status, nowhere.status)
    there, nowhere = (
        client.post("/api/v1/plans", json={"assessment_id": things["assessment"]}, headers=head) for things in (theirs.things, nobody)
    )
    if there.status_code not in (403, 404) or plain(there, theirs.things, nobody) != plain(nowhere, theirs.things, nobody):
        strange["POST plans"] = (there.status, there.get_data(as_text=True)[:200])
    assert strange == {}
    assert rows_of(theirs.house) == kept


def test_the_self_test_opens_no_record_of_a_centre(app: Flask, theirs: Furnished) -> None:
    client, things = app.test_client(), theirs.things
    nobody = {what: unknown_of(what, value) for what, value in things.items()}
    for path in ("{assessment}", "{assessment}/{plan}", "{elderly_assessment}"):
        there, nowhere = (client.get(f"/self-test/mine/{path.format(**which)}") for which in (things, nobody))
        assert there.status_code == 404
        assert plain(there, things, nobody) == plain(nowhere, things, nobody)


def test_a_device_of_ours_takes_no_link_of_theirs(app: Flask, ours: Furnished, theirs: Furnished) -> None:
    kept, device = rows_of(ours.house, "session"), app.test_client()
    device.set_cookie("device", ours.things["device_token"], path="/")
    device.get(f"/i/{theirs.things['invitation']}")
    assert rows_of(ours.house, "session") == kept
    page = device.get("/tablet").get_data(as_text=True)
    assert "张" not in page
    assert device.get("/tablet/form").status_code in (303, 404)


@pytest.mark.parametrize(
    "odd", ["' OR 1=1 --", "<script>alert(1)</script>", "%00", "..%2F..%2Fetc%2Fpasswd", "𠮷" * 60, "x" * 3000, "\u202eabc", "-1", "1e9"]
)
def test_an_odd_identifier_is_not_found_and_never_shown_raw(app: Flask, ours: Furnished, odd: str) -> None:
    client, wrong = client_of(ours.house, "administrator"), {}
    for endpoint, method in sorted(LINES):
        if method != "GET" or not named(endpoint) or endpoint in KEYS:
            continue
        things = {**ours.things, **dict.fromkeys(named(endpoint).values(), odd)}
        try:
            path = address(app, endpoint, things)
        except ValueError:  # a number is asked for
            continue
        answer = client.get(path)
        if answer.status_code != 404 or b"<script>alert" in answer.data:
            wrong[endpoint] = answer.status
    assert wrong == {}
