"""Organisations side by side: what is made with a token is there for tokens of that organisation alone, on every route."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from api.operations import OPERATIONS, PREFIX
from app import create_app
from config import Settings
from tcm_engine.center import Role, add_account, disable_account, revoke_tokens

from .conftest import Service

OPEN = ("list_instruments", "read_instrument", "search_knowledge", "live", "ready")
"""Operations that are open to all."""


def bearer(service: Service, organisation: str, role: Role = "operator", login: str = "", new: bool = True) -> dict[str, str]:
    """The header of a new account's token."""
    now = service.center.clock()
    issued = add_account(service.center.records, organisation, login or role, role, now, days=30, new_organisation=new)
    return {"Authorization": f"Bearer {issued.token}"}


def made(service: Service, headers: dict[str, str]) -> tuple[str, str]:
    """Ids of an assessment and of its plan."""
    source = service.client.post("/api/v1/assessments", json=service.sheet(), headers=headers).json["id"]
    plan = service.client.post("/api/v1/plans", json={"assessment_id": source}, headers=headers)
    assert plan.status_code == 201
    assert plan.json["expires_at"] is None or not headers
    return source, plan.json["id"]


def asked(service: Service, one: Any, id_: str, headers: dict[str, str]) -> TestResponse:
    path = PREFIX + one.path.replace("{id}", id_)
    body = service.sheet() if one.takes == "NewAssessment" else {"assessment_id": id_} if one.takes else None
    return service.client.open(path, method=one.method, json=body, headers=headers, query_string={"q": "a"} if "q" in one.query else None)


def same(one: TestResponse, other: TestResponse) -> bool:
    return (one.status_code, one.data, list(one.headers)) == (other.status_code, other.data, list(other.headers))


@contextmanager
def statements(service: Service) -> Iterator[list[str]]:
    """What the database is asked."""
    seen: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen.append(statement.split("\n")[0])

    event.listen(service.center.records.engine, "before_cursor_execute", note)
    yield seen
    event.remove(service.center.records.engine, "before_cursor_execute", note)


def test_every_id_of_one_is_unknown_to_the_other_and_to_anyone(service: Service) -> None:
    north, south, nobody = bearer(service, "North"), bearer(service, "South"), {}
    ids = {key: made(service, headers) for key, headers in (("north", north), ("south", south), ("nobody", nobody))}
    strangers = {"north": (south, nobody), "south": (north, nobody), "nobody": (north, south)}
    walked = 0
    for owner, found in ids.items():
        for one in OPERATIONS:
            if ("{id}" not in one.path and one.takes != "NewPlan") or one.name in OPEN:
                continue
            for id_ in found:
                for stranger in strangers[owner]:
                    hidden = asked(service, one, id_, stranger)
                    assert hidden.status_code == 404, (one.name, owner)
                    assert same(hidden, asked(service, one, "x" * 32, stranger))
                    walked += 1
    assert walked == 3 * 4 * 2 * 2


def test_the_same_organisation_reads_with_any_of_its_tokens(service: Service) -> None:
    source, plan = made(service, bearer(service, "North"))
    colleague = bearer(service, "North", "practitioner", new=False)
    for path in (f"assessments/{source}", f"plans/{plan}", f"plans/{plan}.pdf"):
        assert service.client.get(f"/api/v1/{path}", headers=colleague).status_code == 200
    assert service.client.get(f"/api/v1/assessments/{source}", headers=colleague).json["expires_at"] is None
    service.clock.forward(days=29)
    assert service.client.get(f"/api/v1/plans/{plan}", headers=colleague).status_code == 200


def test_what_is_hidden_costs_as_much_as_what_is_not_there(quick: Service) -> None:
    north, south = bearer(quick, "North"), bearer(quick, "South")
    source, _ = made(quick, north)
    counts = []
    for id_ in (source, "x" * 32):
        with statements(quick) as seen:
            quick.client.get(f"/api/v1/assessments/{id_}", headers=south)
        counts.append(seen)
    assert counts[0] == counts[1]
    assert len(counts[0]) == 2


def test_without_a_token_nothing_is_looked_up(quick: Service) -> None:
    with statements(quick) as seen:
        source = quick.assessed()
    assert len(seen) == 1 and seen[0].startswith("INSERT INTO assessment")
    with statements(quick) as seen:
        quick.client.get(f"/api/v1/assessments/{source}")
    assert len(seen) == 1 and seen[0].startswith("SELECT assessment")


def refused(response: TestResponse) -> bytes:
    assert (response.status_code, response.mimetype) == (401, "application/problem+json")
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")
    assert response.json["type"] == "urn:tcm-engine:problem:token-refused"
    return response.data


def test_no_invalid_token_is_taken_on_any_route_and_all_look_alike(service: Service) -> None:
    expired, revoked, disabled = (bearer(service, name) for name in ("Expired", "Revoked", "Disabled"))
    service.clock.forward(days=30)
    now = service.center.clock()
    revoked, disabled = bearer(service, "Revoked", login="b", new=False), bearer(service, "Disabled", login="b", new=False)
    revoke_tokens(service.center.records, "Revoked", "b", now)
    disable_account(service.center.records, "Disabled", "b", now)
    unknown = [{"Authorization": text} for text in ("Bearer tcm_" + "x" * 32, "Bearer", "Bearer x", "Basic YTpi", "", "tcm_" + "x" * 32)]
    source = service.assessed()
    for one in OPERATIONS:
        if one.name not in OPEN:
            assert len({refused(asked(service, one, source, headers)) for headers in (expired, revoked, disabled, *unknown)}) == 1


def test_what_is_open_to_all_does_not_look_at_tokens(quick: Service) -> None:
    for one in OPERATIONS:
        if one.name in OPEN:
            assert one.right is None
            assert asked(quick, one, "elderly_33", {"Authorization": "Bearer x"}).status_code == 200
        else:
            assert one.right is not None


TABLE: dict[Role, str] = {
    "client": "",
    "operator": "create_assessment read_assessment create_plan read_plan read_plan_pdf",
    "practitioner": "create_assessment read_assessment create_plan read_plan read_plan_pdf",
    "manager": "create_assessment read_assessment create_plan read_plan read_plan_pdf",
    "administrator": "create_assessment read_assessment create_plan read_plan read_plan_pdf",
    "auditor": "read_assessment read_plan read_plan_pdf",
}
"""The golden table: operations that a role may call."""


def test_each_role_may_call_what_the_table_says(quick: Service) -> None:
    owner = bearer(quick, "North", login="owner")
    source, plan = made(quick, owner)
    for role, allowed in TABLE.items():
        headers = bearer(quick, "North", role, new=False)
        for one in (one for one in OPERATIONS if one.name not in OPEN):
            answer = asked(quick, one, plan if "plans/" in one.path else source, headers)
            assert answer.status_code == (one.status if one.name in allowed.split() else 403), (role, one.name)
            if answer.status_code == 403:
                assert answer.json["type"] == "urn:tcm-engine:problem:not-allowed"


def test_a_role_is_refused_before_the_body_is_read(quick: Service) -> None:
    headers = bearer(quick, "North", "auditor")
    assert quick.client.post("/api/v1/assessments", data=b"{", headers=headers).status_code == 403


def test_idempotency_keys_belong_to_their_token(quick: Service) -> None:
    callers = [bearer(quick, "North"), bearer(quick, "North", "manager", new=False), bearer(quick, "South"), {}]
    ids = []
    for headers in callers:
        headers = {**headers, "Idempotency-Key": "one"}
        first, again = (quick.client.post("/api/v1/assessments", json=quick.sheet(), headers=headers).json["id"] for _ in range(2))
        assert first == again
        ids.append(first)
    assert len(set(ids)) == 4


def test_the_description_declares_the_token(quick: Service) -> None:
    document = quick.client.get("/api/v1/openapi.json").json
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for one in OPERATIONS:
        described = document["paths"][one.path][one.method.lower()]
        assert described.get("security") == (None if one.name in OPEN else [{}, {"token": []}])
        assert {"401", "403"} <= set(described["responses"]) or one.name in OPEN


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole service, with few requests a minute."""
    return create_app(Settings(var_dir=tmp_path_factory.mktemp("var"), rate_limit="6/minute", rate_limit_create="3/minute"))


def test_requests_are_counted_by_token(limited: Any) -> None:
    center = limited.extensions["center"]
    tokens = [
        add_account(center.records, name, "a", "operator", center.clock(), days=1, new_organisation=True).token
        for name in ("North", "South")
    ]

    def ask(token: str, address: str) -> int:
        client: FlaskClient = limited.test_client()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return client.get(f"/api/v1/assessments/{'x' * 32}", headers=headers, environ_base={"REMOTE_ADDR": address}).status_code

    assert [ask(tokens[0], f"192.0.2.{n}") for n in range(8)] == [404] * 6 + [429] * 2
    assert [ask(tokens[1], "192.0.2.1") for _ in range(7)] == [404] * 6 + [429]
    assert [ask(f"tcm_{n:032}", "192.0.2.99") for n in range(8)] == [401] * 6 + [429] * 2
    assert ask("", "192.0.2.1") == 404


def test_an_organisations_ids_open_no_page(limited: Any) -> None:
    """Every address of the whole service that takes a part of its own, pages too."""
    service = Service(limited.test_client(), limited.extensions["center"], limited.extensions["center"].clock, limited)
    source, plan = made(service, bearer(service, "Walked"))
    walked = 0
    for rule in limited.url_map.iter_rules():
        if not rule.arguments or rule.endpoint.endswith((".static", "read_instrument")):
            continue
        for id_ in (source, plan):
            path = re.sub("<[^>]+>", id_, rule.rule)
            for method in (rule.methods or set()) & {"GET", "POST"}:
                answer = limited.test_client().open(path, method=method)
                assert 300 <= answer.status_code < 500, (method, rule.rule, answer.status_code)
                walked += 1
    assert walked >= 8
