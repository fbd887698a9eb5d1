"""What a practitioner reads in one minute: where a client stands, what changed, what is due, and everything in its order."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, StoredAssessment, get_assessment, note, permit, read_result
from tcm_engine.center.privacy import GivenConsent, consents_of, has_consent
from tcm_engine.model import Assessment
from tcm_engine.records import assessments_of_client, plans_of_client

from .follow_ups import FollowUp, follow_ups_of
from .grades import URGENT
from .missing import missing_of
from .record import Client, client_in, today_of
from .vitals import Measured, measured_of, newest

FIRST_REASSESSMENT, LAST_REASSESSMENT = 3, 6
"""Months after an assessment."""
SURE = 1.96
"""A difference beyond this many standard errors of a difference is unlikely to be noise (Jacobson and Truax 1991, 5 %)."""


@dataclass(frozen=True, slots=True)
class KeptResult:
    public_id: str
    assessment: Assessment
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeptPlan:
    public_id: str
    assessment: str
    state: str
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TypeChange:
    """What became of one type between two assessments."""

    constitution: str
    before: str
    after: str
    """Verdicts."""
    difference: int | None
    """Of the scores, in whole numbers; None where a score is not known."""
    beyond_error: bool
    """Larger than what answering twice would give by chance."""


@dataclass(frozen=True, slots=True)
class Changes:
    since: date
    comparable: bool
    """Whether both were asked, or can be read, with the same form."""
    types: tuple[TypeChange, ...]
    """Types whose verdict is another, or that differ beyond the error."""


@dataclass(frozen=True, slots=True)
class Reassessment:
    first: date
    last: date
    state: str
    """`later`, `due` or `overdue`."""


@dataclass(frozen=True, slots=True)
class Standing:
    client: Client
    today: date
    results: tuple[KeptResult, ...]
    """The newest first."""
    plans: tuple[KeptPlan, ...]
    measured: tuple[Measured, ...]
    follow_ups: tuple[FollowUp, ...]
    consents: tuple[GivenConsent, ...]
    consented: bool
    """Health data may be processed."""
    missing: tuple[str, ...]
    changes: Changes | None
    reassessment: Reassessment | None
    red_flags: tuple[str, ...]

    @property
    def alarms(self) -> tuple[str, ...]:
        """Newest measurements that a doctor should see within a day."""
        last: dict[str, tuple[date, bool]] = {}
        for one in reversed([m for m in self.measured if m.removed_at is None]):
            for grade in one.grades:
                last[grade.code] = (one.taken_on, grade.level in URGENT)
        return tuple(code for code, (_day, urgent) in last.items() if urgent)

    @property
    def values(self) -> dict[str, tuple[int, date]]:
        return newest(self.measured, self.today)

    @property
    def due(self) -> tuple[FollowUp, ...]:
        return tuple(one for one in self.follow_ups if one.state == "due")


def standing_of(center: Center, caller: Caller, public_id: str) -> Standing:
    """Everything of a record's page; the reading is written down. Raises NotAllowed, NotFound."""
    permit(caller, "read_client")
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        note(db, center, caller, "client_read", "client", client.public_id)
        return _standing(db, center, caller, client)


def result_of(center: Center, caller: Caller, public_id: str, assessment: str) -> tuple[Client, StoredAssessment, tuple[KeptPlan, ...]]:
    """One assessment of a client with the plans made from it; written down. Raises NotAllowed, NotFound."""
    permit(caller, "read_client")
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        rows = assessments_of_client(db, center.records.vault, caller.organisation, client.id)
        plans = _plans(db, caller, client, {row.id: row.public_id for row in rows})
        note(db, center, caller, "assessment_read", "assessment", assessment, client=client.public_id)
    return (
        client,
        get_assessment(center, caller, _own(assessment, [row.public_id for row in rows])),
        tuple(one for one in plans if one.assessment == assessment),
    )


def has_plan(center: Center, caller: Caller, public_id: str, plan: str) -> Client:
    """The client whose plan it is; the reading is written down. Raises NotAllowed, NotFound."""
    permit(caller, "read_plan")
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        _own(plan, [one.public_id for one in plans_of_client(db, caller.organisation, client.id)])
        note(db, center, caller, "plan_read", "plan", plan, client=client.public_id)
        return client


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def changes_between(center: Center, before: Assessment, after: Assessment) -> Changes:
    """What changed; forms that share no items are not compared."""
    if before.instrument != after.instrument:
        try:
            before, after = (center.engine.rescore(one, other.instrument) if one.instrument != other.instrument else one
                             for one, other in _towards_short(center, before, after))  # fmt: skip
        except ValueError:
            return Changes(before.assessed_on, False, ())
    found = []
    for old, new in zip(before.scores, after.scores, strict=True):
        known = old.score is not None and new.score is not None
        difference = (new.score or 0) - (old.score or 0)
        error = SURE * sqrt(old.standard_error**2 + new.standard_error**2)
        beyond = known and abs(difference) > error
        if beyond or old.verdict != new.verdict:
            shown = round(difference) if known else None
            found.append(TypeChange(new.constitution, old.verdict, new.verdict, shown, beyond))
    return Changes(before.assessed_on, True, tuple(found))


def _towards_short(center: Center, before: Assessment, after: Assessment) -> tuple[tuple[Assessment, Assessment], ...]:
    """Both, each with the one whose form it is to be read with: the form with fewer items."""
    items = {one.instrument: len(center.engine.instrument(one.instrument).items) for one in (before, after)}
    short = before if items[before.instrument] <= items[after.instrument] else after
    return (before, short), (after, short)


def _standing(db: Connection, center: Center, caller: Caller, client: Client) -> Standing:
    rows = assessments_of_client(db, center.records.vault, caller.organisation, client.id)
    results = tuple(KeptResult(row.public_id, read_result(row.result), row.created_at) for row in rows)
    today = today_of(center)
    changes = changes_between(center, results[1].assessment, results[0].assessment) if len(results) > 1 else None
    return Standing(
        client=client,
        today=today,
        results=results,
        plans=_plans(db, caller, client, {row.id: row.public_id for row in rows}),
        measured=measured_of(db, center, caller, client),
        follow_ups=follow_ups_of(db, center, caller, client),
        consents=consents_of(db, caller.organisation, client.id),
        consented=has_consent(db, client.id, "health_data"),
        missing=missing_of(client.identity, client.profile, today),
        changes=changes,
        reassessment=_reassessment(results[0].assessment.assessed_on, today) if results else None,
        red_flags=tuple(code for code, present in (client.profile.get("red_flags") or {}).items() if present),
    )


def _reassessment(last: date, today: date) -> Reassessment:
    first, latest = months_later(last, FIRST_REASSESSMENT), months_later(last, LAST_REASSESSMENT)
    return Reassessment(first, latest, "later" if today < first else "due" if today <= latest else "overdue")


def _plans(db: Connection, caller: Caller, client: Client, publics: dict[int, str]) -> tuple[KeptPlan, ...]:
    rows = plans_of_client(db, caller.organisation, client.id)
    return tuple(KeptPlan(row.public_id, publics[row.assessment_id], row.state, row.version, row.created_at) for row in rows)


def _own(public: str, known: list[str]) -> str:
    if public not in known:
        raise NotFound
    return public
