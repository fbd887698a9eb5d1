"""Long reports: asked for once, prepared from the records, printed by a function that knows nothing but bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from reports import render_document
from tcm_engine.center import Center, NotAllowed, NotFound
from tcm_engine.center.indicators import Scope, report_kinds, request_record_forms, request_report
from tcm_engine.center.indicators.jobs import FORMS_A_FILE, prepare
from tcm_engine.center.work import Lease, Made, Order, Pool, Runner, read_whole, watch_job
from tcm_engine.model import InvalidInput
from tcm_engine.records import stored_file
from tests.reports.documents import opened
from workbench import print_report

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
    made = report_kinds(lambda given: Made(render_document(given)))[0].work
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


def test_who_is_bound_to_a_branch_has_that_branch_printed(center: Center) -> None:
    of = people.organisation(center)
    (east, east_id), (_, west_id) = (people.add_branch(center, of, name) for name in ("东", "西"))
    bound = people.caller(center, of, "manager", east)
    public = request_report(center, bound, YEAR, "zh-Hans", TODAY)
    assert public == request_report(center, people.caller(center, of), replace(YEAR, branch=east_id), "zh-Hans", TODAY)
    with pytest.raises(NotFound):
        request_report(center, bound, replace(YEAR, branch=west_id), "zh-Hans", TODAY)


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        render_document(b'{"what": "letter"}')


def test_the_work_process_prints_the_forms_of_a_year(center: Center, tmp_path: Path) -> None:
    of = people.organisation(center)
    elders(center, of, 2)
    who = people.caller(center, of)
    here = replace(center, var=tmp_path)
    public = request_record_forms(here, who, 2026, TODAY)
    Runner(here, {kind.name: kind for kind in report_kinds(print_report)}, lambda: Pool(workers=1), Lease(here, 30.0)).run(once=True)
    watched = watch_job(here, who, public)
    assert watched.progress.state == "done" and not watched.faults
    with here.records.read() as db:
        (file,) = stored_file.list_files(db, of)
    printed = read_whole(here, file)
    with opened(printed) as document:
        assert len(document.pages) == 4
    assert b"%PDF" not in (tmp_path / "files" / file.path).read_bytes(), "sealed on disk"
