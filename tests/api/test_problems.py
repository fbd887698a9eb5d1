"""Bad input and bad days. Contract: every refusal is application/problem+json with `type`, `title`, `status`, `detail` and `faults`,
each fault with `path`, `code` and `message`; nothing that was sent stands in it, nothing internal, and nothing was stored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tcm_engine.records.tables import assessment

from .conftest import Service, without_internals

CANARY = "Canary7q"
INTERNAL = ("Traceback", 'File "', "sqlite", "werkzeug", "pydantic", "tcm_engine/", "Exception")


def problem(response: TestResponse) -> dict[str, Any]:
    assert response.mimetype == "application/problem+json"
    body = json.loads(response.data)
    assert set(body) == {"type", "title", "status", "detail", "faults"}
    assert body["status"] == response.status_code
    assert all(set(fault) == {"path", "code", "message"} and fault["message"] for fault in body["faults"])
    text = response.data.decode()
    assert CANARY not in text
    assert not [word for word in INTERNAL if word in text]
    return body


def send(client: FlaskClient, data: bytes, kind: str = "application/json") -> dict[str, Any]:
    return problem(client.post("/api/v1/assessments", data=data, content_type=kind))


def faults(body: dict[str, Any]) -> set[tuple[str, str]]:
    return {(fault["path"], fault["code"]) for fault in body["faults"]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (CANARY.encode(), "not_json"),
        (b'{"a": NaN}', "not_json"),
        (b'{"a": Infinity}', "not_json"),
        (b'{"a": 1e999}', "number_too_large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number_too_large"),
        (b"\xff\xfe{}", "not_utf8"),
        (b"[" * 30_000, "too_deep"),
        (b"[" * 20 + b"]" * 20, "too_deep"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "too_deep"),
        (b"[]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b"null", "not_an_object"),
    ],
)
def test_what_is_not_our_json_is_one_clear_fault(quick: Service, data: bytes, code: str) -> None:
    body = send(quick.client, data)
    assert body["status"] == 422
    assert faults(body) == {("$", code)}


def test_a_key_that_stands_twice_is_named(quick: Service) -> None:
    data = json.dumps(quick.sheet()).replace('"tired": 4', '"tired": 1, "tired": 4').encode()
    assert faults(send(quick.client, data)) == {("$.answers.tired", "duplicate_key")}


def test_ten_megabytes_are_too_large(quick: Service) -> None:
    assert send(quick.client, b'{"a": "' + b"x" * 10_000_000 + b'"}')["status"] == 413


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", ""]
)
def test_other_kinds_of_body_are_refused(quick: Service, kind: str) -> None:
    assert send(quick.client, b"{}", kind)["status"] == 415


def test_every_fault_is_told_at_once_at_its_place(quick: Service) -> None:
    sheet = quick.sheet()
    del sheet["answers"]["energy"]
    sheet["answers"] |= {"tired": 9, "gloomy": 2.5, "pain": "3", "scrotum_m": 2, "zzz": 1}
    sheet["person"] = {
        "sex": "female", "birth_date": "2026-02-30", "trimester": 2, "name": "a\nb", "vitals": {"height_cm": 10}, "surprise": 1,
        "red_flags": {"no_such_flag": True}, "conditions": ["x" * 200, 7], "place": {"tz": "Mars/Olympus"},
    }  # fmt: skip
    found = faults(send(quick.client, json.dumps(sheet).encode()))
    assert found >= {
        ("$.answers.energy", "missing"), ("$.answers.tired", "out_of_range"), ("$.answers.gloomy", "not_a_whole_number"),
        ("$.answers.pain", "not_a_whole_number"), ("$.answers.scrotum_m", "wrong_sex"), ("$.answers.zzz", "unknown_key"),
        ("$.person.name", "unfit_text"), ("$.person.surprise", "unknown_key"), ("$.person.conditions[0]", "too_long"),
        ("$.person.conditions[1]", "not_text"),
    }  # fmt: skip
    sheet["person"] = {key: sheet["person"][key] for key in ("sex", "birth_date", "trimester", "vitals", "red_flags", "place")}
    assert faults(send(quick.client, json.dumps(sheet).encode())) >= {
        ("$.person.birth_date", "not_a_date"), ("$.person.trimester", "conflicts_with"), ("$.person.vitals.height_cm", "out_of_range"),
        ("$.person.red_flags.no_such_flag", "unknown_code"), ("$.person.place.tz", "unknown_time_zone"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"instrument": CANARY}, "$.instrument", "unknown_instrument"),
        ({"instrument": None}, "$.instrument", "not_text"),
        ({"answers": []}, "$.answers", "not_an_object"),
        ({"person": CANARY}, "$.person", "not_an_object"),
        ({"person": {"sex": CANARY}}, "$.person.sex", "not_one_of"),
        ({"person": {"birth_date": "2027-01-01"}}, "$.person.birth_date", "in_the_future"),
        ({"person": {"birth_date": "1890-01-01"}}, "$.person.birth_date", "too_early"),
        ({"person": {"birth_date": "20000101"}}, "$.person.birth_date", "not_a_date"),
        ({"person": {"birth_date": CANARY}}, "$.person.birth_date", "not_a_date"),
        ({"person": {"sex": "male", "pregnant": True}}, "$.person.pregnant", "conflicts_with"),
        ({"person": {"sex": "male", "lactating": True}}, "$.person.lactating", "conflicts_with"),
        ({"person": {"name": CANARY * 200}}, "$.person.name", "too_long"),
        ({"person": {"name": "\ud800"}}, "$.person.name", "unfit_text"),
        ({"assessed_on": "2026-11-24"}, "$.assessed_on", "too_late"),
        ({"assessed_on": "2001-01-01"}, "$.assessed_on", "too_early"),
        ({"answered_in_s": -1}, "$.answered_in_s", "out_of_range"),
        ({"lang": "fr"}, "$.lang", "not_one_of"),
        ({CANARY + " <b>": 1}, "$[?]", "unknown_key"),
    ],
)
def test_each_wrong_value_is_refused_at_its_place(quick: Service, changed: dict[str, Any], path: str, code: str) -> None:
    body = send(quick.client, json.dumps(quick.sheet(**changed)).encode())
    assert body["status"] == 422
    assert (path, code) in faults(body)
    with quick.center.records.read() as db:
        assert db.execute(select(func.count()).select_from(assessment)).scalar_one() == 0


@pytest.mark.parametrize("born", ["2026-11-23", "2015-01-01", "2008-11-24"])
def test_children_are_refused_with_the_reason(quick: Service, born: str) -> None:
    body = send(quick.client, json.dumps(quick.sheet(person={"sex": "female", "birth_date": born})).encode())
    assert body["status"] == 403
    assert faults(body) == {("$.person.birth_date", "under_minimum_age")}
    assert "18" in body["faults"][0]["message"]


def test_the_eighteenth_birthday_is_old_enough(quick: Service) -> None:
    assert (
        quick.client.post("/api/v1/assessments", json=quick.sheet(person={"sex": "female", "birth_date": "2008-11-23"})).status_code == 201
    )


def test_the_elderly_form_under_65_asks_for_review(quick: Service) -> None:
    answers = {f"q{number}": 2 for number in range(1, 34)}
    made = quick.client.post(
        "/api/v1/assessments", json={"instrument": "elderly_33", "person": {"birth_date": "1990-01-01"}, "answers": answers}
    )
    assert (made.status_code, "below_intended_age" in made.json["review_reasons"]) == (201, True)


def test_an_answer_and_its_measured_number_together_are_refused(quick: Service) -> None:
    answers = {f"q{number}": 2 for number in range(1, 34)} | {"q9_bmi": 24.5}
    body = send(quick.client, json.dumps({"instrument": "elderly_33", "person": {}, "answers": answers}).encode())
    assert faults(body) == {("$.answers.q9_bmi", "given_twice")}


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{7*7}}", "=HYPERLINK(1)", "𠮷野家", "a" * 80, "'; DROP TABLE plan; --", "%s%n"]
)
def test_strange_names_are_names(quick: Service, name: str) -> None:
    made = quick.client.post("/api/v1/assessments", json=quick.sheet(person={"name": name, "sex": "female"}))
    assert made.status_code == 201
    assert name not in made.data.decode()
    plan = quick.client.post("/api/v1/plans", json={"assessment_id": made.json["id"]})
    assert quick.client.get(plan.headers["Location"] + ".pdf?lang=en").data.decode() == f"%PDF en {name}"


@pytest.mark.parametrize(
    ("changed", "status", "path"),
    [
        ({"assessment_id": "x"}, 404, None),
        ({"assessment_id": 7}, 422, "$.assessment_id"),
        ({"on": "2026-02-29"}, 422, "$.on"),
        ({"on": "1989-12-31"}, 422, "$.on"),
        ({"on": "2051-01-01"}, 422, "$.on"),
        ({"lang": "de"}, 422, "$.lang"),
        ({"profile": {"name": CANARY}}, 422, "$.profile.name"),
        ({"profile": {"pregnant": "yes"}}, 422, "$.profile.pregnant"),
        ({"profile": {"birth_date": "2020-01-01"}}, 403, "$.profile.birth_date"),
        ({"surprise": CANARY}, 422, "$.surprise"),
    ],
)
def test_plans_are_asked_for_properly_or_not_made(quick: Service, changed: dict[str, Any], status: int, path: str | None) -> None:
    body = problem(quick.client.post("/api/v1/plans", json={"assessment_id": quick.assessed()} | changed))
    assert body["status"] == status
    assert [fault["path"] for fault in body["faults"]] == ([path] if path else [])


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_name_those_that_are_taken(quick: Service, method: str) -> None:
    response = quick.client.open("/api/v1/assessments", method=method)
    assert problem(response)["status"] == 405
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v1/plans/x", "/api/v1/plans/x.pdf", "/api/v1/assessments/..%2f..", "/api/v1/assessments/" + CANARY]
)
def test_what_is_not_there_is_not_found(quick: Service, path: str) -> None:
    assert problem(quick.client.get(path))["status"] == 404


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("q=", "?q"),
        ("", "?q"),
        ("q=" + "a" * 101, "?q"),
        ("q=a&limit=0", "?limit"),
        ("q=a&limit=x", "?limit"),
        ("q=a&limit=51", "?limit"),
        ("q=a&lang=xx", "?lang"),
    ],
)
def test_parameters_are_read_strictly(quick: Service, query: str, path: str) -> None:
    assert [fault["path"] for fault in problem(quick.client.get(f"/api/v1/knowledge/search?{query}"))["faults"]] == [path]


def test_a_key_that_is_none_is_refused(quick: Service) -> None:
    for key in ("", "a b", "x" * 101):
        response = quick.client.post("/api/v1/assessments", json=quick.sheet(), headers={"Idempotency-Key": key})
        assert faults(problem(response)) == {("Idempotency-Key", "not_valid")}


def test_a_failure_tells_nothing(quick: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"{CANARY} sqlite Traceback")

    monkeypatch.setattr("api.routes.assess", fail)
    without_internals(quick.app)
    response = quick.client.post("/api/v1/assessments", json=quick.sheet())
    assert problem(response)["status"] == 500


@pytest.mark.parametrize(("lang", "word"), [("zh-Hans", "请求有误"), ("zh-Hant", "請求有誤"), ("en", "The request has faults")])
def test_refusals_speak_the_language_of_the_request(quick: Service, lang: str, word: str) -> None:
    response = quick.client.post("/api/v1/assessments", json={}, headers={"Accept-Language": lang})
    assert (problem(response)["title"], response.headers["Content-Language"]) == (word, lang)
