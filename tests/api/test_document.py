"""The description says exactly what is accepted and sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from api.days import days_between
from api.operations import OPERATIONS
from tcm_engine.model import day_of

from .conftest import Service

LAST = st.dates(date(2010, 1, 1), date(2060, 12, 31))


@given(first=st.integers(1890, 2009), last=LAST, day=st.dates(date(1880, 1, 1), date(2070, 1, 1)))
def test_the_pattern_of_days_matches_the_days_of_the_period(first: int, last: date, day: date) -> None:
    assert bool(re.fullmatch(days_between(first, last), day.isoformat())) == (date(first, 1, 1) <= day <= last)


@given(last=LAST, step=st.integers(0, 1))
def test_the_pattern_of_days_ends_on_the_last_day(last: date, step: int) -> None:
    assert bool(re.fullmatch(days_between(1900, last), (last + timedelta(days=step)).isoformat())) == (step == 0)


@given(text=st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_the_pattern_of_days_matches_no_day_that_does_not_exist(text: str) -> None:
    if re.fullmatch(days_between(1900, date(2050, 12, 31)), text):
        assert day_of(text) is not None


def described(service: Service) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(service.client.get("/api/v1/openapi.json").data)
    return found


def objects(schema: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, list):
        for number, entry in enumerate(schema):
            yield from objects(entry, f"{path}[{number}]")
    elif isinstance(schema, dict):
        kinds = schema.get("type")
        if kinds == "object" or (isinstance(kinds, list) and "object" in kinds):
            yield path, schema
        for key, entry in schema.items():
            yield from objects(entry, f"{path}.{key}")


def test_every_object_is_closed(quick: Service) -> None:
    document = described(quick)
    found = dict(objects(document["components"]["schemas"]))
    assert len(found) > 30
    assert [path for path, schema in found.items() if schema.get("additionalProperties") is not False] == []


def test_no_answer_is_a_catch_all(quick: Service) -> None:
    for path, methods in described(quick)["paths"].items():
        for method, operation in methods.items():
            assert all(re.fullmatch("[1-5][0-9][0-9]", status) for status in operation["responses"]), (path, method)


def test_every_operation_is_described_and_registered(quick: Service) -> None:
    document = described(quick)
    listed = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert listed == {(one.method, one.path) for one in OPERATIONS}
    rules = {rule.rule for rule in quick.app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert rules == {one.rule for one in OPERATIONS} | {"/api/v1/openapi.json"}


def test_references_lead_somewhere(quick: Service) -> None:
    text = quick.client.get("/api/v1/openapi.json").data.decode()
    names = set(json.loads(text)["components"]["schemas"])
    assert set(re.findall(r"#/components/schemas/(\w+)", text)) <= names


def test_the_guide_names_every_operation() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "http-api.md").read_text(encoding="utf-8")
    missing = [f"{one.method} {one.path}" for one in OPERATIONS if one.path.replace("{id}", "ID") not in guide]
    assert missing == []


def test_the_sample_is_accepted(quick: Service) -> None:
    sample = json.loads((Path(__file__).parents[2] / "docs" / "samples" / "person.json").read_text(encoding="utf-8"))
    assert quick.client.post("/api/v1/assessments", json={"instrument": "gbt_46939_2025", **sample}).status_code == 201
