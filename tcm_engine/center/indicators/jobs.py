"""Long reports as work of the one work process: an indicators' report, or the record forms of a whole year, fifty a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from tcm_engine.center import Caller, Center, permit
from tcm_engine.center.access import letterhead_for
from tcm_engine.center.work import Kind, Made, Order, Refused, Task, request_job
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import branch
from tcm_engine.records import campaign as campaigns
from tcm_engine.views import IndicatorsView, RecordFormView, present_indicators, present_record_form

from .elderly import elderly_year
from .guidance import RecordForm, forms_of
from .reading import count
from .scope import Scope, check_scope, place_of

FORMS_A_FILE = 50
FILE_KIND = "report"


def request_report(center: Center, caller: Caller, scope: Scope, lang: str, today: date) -> str:
    """Public id of the job that prints the indicators of `scope`. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "read_indicators")
    check_scope(scope)
    with center.records.write() as db:
        # Work is done for the whole organisation: who is bound to a branch asks for that branch by name.
        own = next((one.public_id for one in branch.of_organisation(db, caller.organisation) if one.id == caller.branch), "")
        scope = replace(scope, branch=scope.branch or own)
        place_of(db, caller, scope)
        content = {"what": "indicators", "scope": msgspec.to_builtins(scope), "lang": lang, "on": today.isoformat()}
        row = campaigns.find(db, caller.organisation, scope.campaign, caller.branch) if scope.campaign else None
        return request_job(db, center, caller, "report", content, ["indicators"], row.id if row else None)


def request_record_forms(center: Center, caller: Caller, year: int, today: date, branch_id: str = "") -> str:
    """Public id of the job that prints every record form of a year. Raises NotAllowed, NotFound, InvalidInput where there is none."""
    permit(caller, "read_client")
    residents = elderly_year(center, caller, year, today, branch_id).residents
    forms = [one.assessment for one in sorted(residents, key=lambda one: (one.assessed_on or today, one.assessment)) if one.assessment]
    if not forms:
        raise InvalidInput([Fault("year", "nothing_to_do")])
    keys = [f"forms-{number:04d}" for number in range(1, -(-len(forms) // FORMS_A_FILE) + 1)]
    content = {"what": "record_forms", "year": year, "forms": forms, "on": today.isoformat()}
    with center.records.write() as db:
        return request_job(db, center, caller, "record_forms", content, keys)


def report_kinds(work: Callable[[bytes], Made]) -> tuple[Kind, Kind]:
    """Numbers, and forms with names: whoever reads indicators alone sees no forms. `work` prints JSON {"what", "view" or "views"}."""
    return Kind("report", FILE_KIND, work=work, prepare=prepare), Kind("record_forms", FILE_KIND, work=work, prepare=prepare)


def prepare(center: Center, order: Order, key: str) -> Task:
    """What one file is printed from. Raises Refused."""
    content = order.content
    if content["what"] == "indicators":
        view = _indicators(center, order.caller, content)
        return Task(msgspec.json.encode({"what": "indicators", "view": view}))
    number = int(key.removeprefix("forms-")) - 1
    ids = tuple(content["forms"][number * FORMS_A_FILE : (number + 1) * FORMS_A_FILE])
    if not ids:
        raise Refused("nothing_to_do")
    views = [_form(center, order.caller, form) for form in forms_of(center, order.caller, ids)]
    return Task(msgspec.json.encode({"what": "record_forms", "views": views}))


def _indicators(center: Center, caller: Caller, content: Mapping[str, Any]) -> IndicatorsView:
    scope = msgspec.convert(content["scope"], Scope)
    found = count(center, caller, scope, date.fromisoformat(content["on"]))
    head = letterhead_for(center, caller.organisation)
    return present_indicators(found, content["lang"], letterhead=head, knowledge=center.engine.knowledge)


def _form(center: Center, caller: Caller, form: RecordForm) -> RecordFormView:
    given = form.guidance
    head = letterhead_for(center, caller.organisation, form.name, signed_by=given.practitioner if given else "")
    return present_record_form(
        form.assessment, "zh-Hans", name=form.name, code=form.code, boxes=given.boxes if given else None,
        other=given.other if given else "", guided_on=given.guided_on if given else None, letterhead=head,
        knowledge=center.engine.knowledge,
    )  # fmt: skip
