"""Long reports: asked for once, prepared from the records, printed by a function that knows nothing but bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from reports import render_document
from tcm_engine.center import Center, NotAllowed
from tcm_engine.center.indicators import Scope, report_kind, request_record_forms, request_report
from tcm_engine.center.indicators.jobs import FORMS_A_FILE, prepare
from tcm_engine.center.work import Made, Order
from tcm_engine.model import InvalidInput

from . import indicator_people as people
from .sheets import TODAY

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 31))


def elders(center: Center, of: int, number: int) -> list[str]:
    result = people.sheet(center, **people.QI)
    with center.records.write() as db:
        rows = [people.add_client(db, center, of, name="张三", birth_date="1950-01-01")[0] for _ in range(number)]
        return [people.add_sitting(db, center, of, row, result)[1] for row in rows]


def test_the_same_report_is_asked_for_once(center: Center) -> None:
    of = people.organisation(center)
    who = people.caller(center, of)
    first = request_report(center, who, YEAR, "zh-Hans", TODAY)
    assert request_report(center, who, YEAR, "zh-Hans", TODAY) == first
    assert request_report(center, who, replace(YEAR, by="sex"), "zh-Hans", TODAY) != first
    with pytest.raises(InvalidInput):
        request_report(center, who, replace(YEAR, by="unit"), "zh-Hans", TODAY)
    with pytest.raises(NotAllowed):
        request_report(center, people.caller(center, of, "operator"), YEAR, "zh-Hans", TODAY)


def test_an_indicators_report_is_prepared_and_printed(center: Center) -> None:
    of = people.organisation(center)
    elders(center, of, 3)
    content = {"what": "indicators", "scope": msgspec.to_builtins(YEAR), "lang": "zh-Hans", "on": TODAY.isoformat()}
    task = prepare(center, Order(1, "x", people.caller(center, of), content, 1), "indicators")
    made = report_kind(lambda given: Made(render_document(given))).work
    assert made is not None and made(task.content).file.startswith(b"%PDF")


def test_record_forms_come_fifty_a_file_and_nobody_twice(center: Center) -> None:
    of = people.organisation(center)
    forms = elders(center, of, FORMS_A_FILE + 2)
    who = people.caller(center, of)
    assert request_record_forms(center, who, 2026, TODAY)
    order = Order(1, "x", who, {"what": "record_forms", "year": 2026, "forms": forms, "on": TODAY.isoformat()}, 2)
    printed = [msgspec.json.decode(prepare(center, order, f"forms-{n:04d}").content)["views"] for n in (1, 2)]
    assert [len(views) for views in printed] == [FORMS_A_FILE, 2]
    with pytest.raises(InvalidInput):
        request_record_forms(center, who, 2020, TODAY)


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        render_document(b'{"what": "letter"}')
