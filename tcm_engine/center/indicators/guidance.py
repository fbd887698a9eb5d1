"""The record form of one resident: the answers, the verdicts, and the guidance that a practitioner gave and wrote down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, Outdated, note, permit
from tcm_engine.model import CONSTITUTIONS, Assessment, Fault, InvalidInput
from tcm_engine.records import elderly, statistics

from .elderly import INSTRUMENT
from .opened import name_and_code, opened_assessment, opened_plan
from .reading import SIGNED

BOXES = ("emotion", "diet", "daily_living", "movement", "acupoint", "other")
"""The six kinds of guidance, numbered 1 to 6 as on the form."""
BOX_OF: Mapping[str, str] = MappingProxyType(
    {
        "emotion": "emotion",
        "diet": "diet",
        "tea_medicated_food": "diet",
        "daily_living": "daily_living",
        "clothing": "daily_living",
        "dwelling": "daily_living",
        "movement": "movement",
        "acupoint": "acupoint",
    }
)
"""Domain of a plan's piece -> the box that it is guidance of. Music has none: the sixth kind needs words of its own."""
NAMED = frozenset({"yes", "basically", "tendency"})
LONGEST_OTHER, LONGEST_PRACTITIONER = 60, 80


@dataclass(frozen=True, slots=True)
class Guidance:
    """What was given."""

    boxes: Mapping[str, frozenset[str]]
    """Type -> kinds of guidance given for it."""
    other: str
    """What the sixth kind was; one line."""
    practitioner: str
    guided_on: date


@dataclass(frozen=True, slots=True)
class RecordForm:
    assessment_id: str
    assessment: Assessment
    name: str
    code: str
    """The client's number in the centre; may be empty."""
    guidance: Guidance | None
    from_plan: bool
    """The guidance is that of a signed plan; nobody wrote it on the form."""
    version: int
    """Of the guidance that was written on the form; 0: none was."""


def read_form(center: Center, caller: Caller, assessment_id: str) -> RecordForm:
    """Raises NotAllowed, NotFound: also for an assessment with another form."""
    permit(caller, "read_client")
    with center.records.write() as db:
        form = _form(db, center, caller, _row(db, center, caller, assessment_id))
        note(db, center, caller, "elderly_form_read", "assessment", assessment_id)
    return form


def read_forms(center: Center, caller: Caller, assessment_ids: tuple[str, ...]) -> tuple[RecordForm, ...]:
    """Many at once, for printing. Raises NotAllowed, NotFound."""
    permit(caller, "read_client")
    return forms_of(center, caller, assessment_ids)


def forms_of(center: Center, caller: Caller, assessment_ids: tuple[str, ...]) -> tuple[RecordForm, ...]:
    """The same for long work, whose right was asked for when it was ordered. Raises NotFound."""
    with center.records.write() as db:
        forms = tuple(_form(db, center, caller, _row(db, center, caller, one)) for one in assessment_ids)
        note(db, center, caller, "elderly_forms_printed", "organisation", "", forms=len(forms))
    return forms


def write_guidance(center: Center, caller: Caller, assessment_id: str, given: Guidance, version: int, today: date) -> None:
    """Write on the form what guidance was given. Raises NotAllowed, NotFound, InvalidInput (every fault), Outdated."""
    permit(caller, "give_guidance")
    with center.records.write() as db:
        row = _row(db, center, caller, assessment_id)
        _check(given, row.assessed_on, today)
        content = {
            "boxes": {code: sorted(kinds, key=BOXES.index) for code, kinds in given.boxes.items() if kinds},
            "other": given.other, "practitioner": given.practitioner,
        }  # fmt: skip
        vault, organisation = center.records.vault, caller.organisation
        if not elderly.write_guidance(db, vault, organisation, row.id, given.guided_on, content, version, caller.account, center.clock()):
            raise Outdated(_form(db, center, caller, row))
        note(db, center, caller, "guidance_written", "assessment", assessment_id, version=version + 1)


def remove_guidance(center: Center, caller: Caller, assessment_id: str, version: int) -> None:
    """Take back what was written by mistake. Raises NotAllowed, NotFound, Outdated."""
    permit(caller, "give_guidance")
    with center.records.write() as db:
        row = _row(db, center, caller, assessment_id)
        if not elderly.remove_guidance(db, caller.organisation, row.id, version):
            raise Outdated(_form(db, center, caller, row))
        note(db, center, caller, "guidance_removed", "assessment", assessment_id)


def _row(db: Connection, center: Center, caller: Caller, assessment_id: str) -> statistics.AssessedRow:
    row = statistics.find_assessed(db, center.records.vault, caller.organisation, assessment_id, caller.branch)
    if row is None or row.instrument != INSTRUMENT:
        raise NotFound
    return row


def _form(db: Connection, center: Center, caller: Caller, row: statistics.AssessedRow) -> RecordForm:
    assessment = opened_assessment(row.result)
    name, code = name_and_code(db, center, caller.organisation, row)
    kept = elderly.find_guidance(db, center.records.vault, caller.organisation, row.id)
    if kept:
        return RecordForm(row.public_id, assessment, name, code, _kept(kept.guided_on, kept.content), False, kept.version)
    planned = _of_plan(db, center, caller, row, assessment)
    return RecordForm(row.public_id, assessment, name, code, planned, planned is not None, 0)


def _kept(guided_on: date, content: Mapping[str, Any]) -> Guidance:
    boxes = {code: frozenset(kinds) for code, kinds in content["boxes"].items()}
    return Guidance(MappingProxyType(boxes), content["other"], content["practitioner"], guided_on)


def _of_plan(db: Connection, center: Center, caller: Caller, row: statistics.AssessedRow, assessment: Assessment) -> Guidance | None:
    """The guidance in the last signed plan of an assessment, for every type that it is about."""
    for entry in statistics.plans_of(db, center.records.vault, caller.organisation, row.id):
        if entry.state in SIGNED:
            kinds = frozenset(BOX_OF[item.domain] for item in opened_plan(entry.content).items if item.domain in BOX_OF)
            boxes = {code: kinds for code in CONSTITUTIONS if assessment.verdict(code) in NAMED}
            return Guidance(MappingProxyType(boxes), "", "", entry.made_on)
    return None


def _check(given: Guidance, assessed_on: date, today: date) -> None:
    faults = []
    if not any(given.boxes.values()):
        faults.append(Fault("boxes", "guidance_empty"))
    for code, kinds in given.boxes.items():
        if code not in CONSTITUTIONS or not kinds <= set(BOXES):
            faults.append(Fault("boxes", "not_one_of", {"allowed": ", ".join(BOXES)}))
    if any("other" in kinds for kinds in given.boxes.values()) != bool(given.other.strip()):
        faults.append(Fault("other", "guidance_other"))
    for path, text, longest in (("other", given.other, LONGEST_OTHER), ("practitioner", given.practitioner, LONGEST_PRACTITIONER)):
        if not text.isprintable():
            faults.append(Fault(path, "unfit_text"))
        elif len(text) > longest:
            faults.append(Fault(path, "too_long", {"maximum": longest}))
    if not given.practitioner.strip():
        faults.append(Fault("practitioner", "guidance_unsigned"))
    if not assessed_on <= given.guided_on <= today:
        faults.append(Fault("guided_on", "guidance_day"))
    if faults:
        raise InvalidInput(faults)
