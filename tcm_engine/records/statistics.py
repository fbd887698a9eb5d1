"""What statistics are made of: assessments, people, plans and follow-ups of an organisation, in few statements for thousands of rows.

A record that was merged into another counts as that other one. `branch`: the only one whose clients are looked at; None: all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, select

from .assessment import _person_place, _result_place, assessment
from .campaign import campaign_person
from .client import client
from .follow_up import follow_up
from .plan import plan
from .sealed_json import open_json
from .vault import Vault

_HOME = ZoneInfo("Asia/Shanghai")
"""Where most centres are: a moment becomes a day there."""
_client = func.coalesce(client.c.merged_into_id, client.c.id).label("client")
_here = bindparam("whole_house") | (client.c.branch_id == bindparam("branch"))
_assessed = (
    select(
        assessment.c.id, assessment.c.handle, assessment.c.public_id, assessment.c.assessed_on, assessment.c.instrument,
        assessment.c.person, assessment.c.result, _client, client.c.branch_id,
    )
    .join(client, (client.c.id == assessment.c.client_id) & (client.c.organisation_id == assessment.c.organisation_id))
    .where((assessment.c.organisation_id == bindparam("organisation")) & _here)
    .order_by(assessment.c.assessed_on, assessment.c.id)
)  # fmt: skip
_in_period = _assessed.where(assessment.c.assessed_on.between(bindparam("begins"), bindparam("ends")))
_one = _assessed.where(assessment.c.public_id == bindparam("public"))
_of_campaign = _assessed.join(campaign_person, campaign_person.c.assessment_id == assessment.c.id).where(
    campaign_person.c.campaign_id == bindparam("campaign")
)
_roster = (
    select(campaign_person.c.id, campaign_person.c.public_id, campaign_person.c.unit,
           campaign_person.c.assessment_id, campaign_person.c.client_id)
    .join(client, (client.c.id == campaign_person.c.client_id) & (client.c.organisation_id == campaign_person.c.organisation_id))
    .where(
        (campaign_person.c.organisation_id == bindparam("organisation")) & (campaign_person.c.campaign_id == bindparam("campaign")) & _here
    )
    .order_by(campaign_person.c.id)
)  # fmt: skip
_plans = (
    select(plan.c.assessment_id, plan.c.state, plan.c.version)
    .join(assessment, assessment.c.id == plan.c.assessment_id)
    .where((plan.c.organisation_id == bindparam("organisation")) & assessment.c.client_id.is_not(None))
    .order_by(plan.c.assessment_id, plan.c.version, plan.c.id)
)
_days = (
    select(assessment.c.id, assessment.c.public_id, assessment.c.assessed_on, _client)
    .join(client, (client.c.id == assessment.c.client_id) & (client.c.organisation_id == assessment.c.organisation_id))
    .where(
        (assessment.c.organisation_id == bindparam("organisation"))
        & (assessment.c.instrument == bindparam("instrument"))
        & assessment.c.assessed_on.between(bindparam("begins"), bindparam("ends"))
        & _here
    )
    .order_by(assessment.c.assessed_on, assessment.c.id)
)
_signed = (
    select(plan.c.assessment_id, plan.c.created_at)
    .join(assessment, assessment.c.id == plan.c.assessment_id)
    .where(
        (plan.c.organisation_id == bindparam("organisation"))
        & assessment.c.client_id.is_not(None)
        & plan.c.state.in_(bindparam("states", expanding=True))
    )
    .order_by(plan.c.id)
)
_content = select(client.c.public_id, client.c.content).where(
    (client.c.organisation_id == bindparam("organisation")) & (client.c.id == bindparam("of"))
)
_plan_of = (
    select(plan.c.handle, plan.c.content, plan.c.state, plan.c.version, plan.c.created_at)
    .where((plan.c.organisation_id == bindparam("organisation")) & (plan.c.assessment_id == bindparam("assessment")))
    .order_by(plan.c.version.desc(), plan.c.id.desc())
)
_due = (
    select(follow_up.c.kind, follow_up.c.state, follow_up.c.due_on, follow_up.c.done_on, _client, client.c.branch_id)
    .join(client, (client.c.id == follow_up.c.client_id) & (client.c.organisation_id == follow_up.c.organisation_id))
    .where(
        (follow_up.c.organisation_id == bindparam("organisation"))
        & follow_up.c.due_on.between(bindparam("begins"), bindparam("ends"))
        & _here
    )
    .order_by(follow_up.c.id)
)  # fmt: skip
_clients = (
    select(client.c.id, client.c.public_id, client.c.branch_id, client.c.content)
    .where((client.c.organisation_id == bindparam("organisation")) & client.c.merged_into_id.is_(None) & _here)
    .order_by(client.c.id)
)


@dataclass(frozen=True, slots=True)
class AssessedRow:
    id: int
    public_id: str
    client: int
    branch: int | None
    assessed_on: date
    instrument: str
    person: bytes
    result: bytes


@dataclass(frozen=True, slots=True)
class DayRow:
    id: int
    public_id: str
    assessed_on: date
    client: int


@dataclass(frozen=True, slots=True)
class RosterEntry:
    id: int
    client: int
    unit: str
    assessment: int | None


@dataclass(frozen=True, slots=True)
class FollowRow:
    kind: str
    state: str
    due_on: date
    done_on: date | None
    client: int
    branch: int | None


@dataclass(frozen=True, slots=True)
class ClientEntry:
    id: int
    public_id: str
    branch: int | None
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanEntry:
    state: str
    content: bytes
    made_on: date


def assessed(db: Connection, vault: Vault, organisation: int, begins: date, ends: date, branch: int | None) -> Iterator[AssessedRow]:
    """Assessments of clients in a period, both days included, the oldest first."""
    return _rows(db, vault, _in_period, {"begins": begins, "ends": ends} | _scope(organisation, branch))


def assessed_in(db: Connection, vault: Vault, organisation: int, campaign: int, branch: int | None) -> Iterator[AssessedRow]:
    """Assessments that belong to a campaign's people."""
    return _rows(db, vault, _of_campaign, {"campaign": campaign} | _scope(organisation, branch))


def assessed_days(db: Connection, organisation: int, begins: date, ends: date, instrument: str, branch: int | None) -> Iterator[DayRow]:
    """Assessments with one form in a period, unopened, the oldest first."""
    key = {"begins": begins, "ends": ends, "instrument": instrument} | _scope(organisation, branch)
    for row in db.execute(_days, key):
        yield DayRow(row.id, row.public_id or "", row.assessed_on, row.client)


def signed_days(db: Connection, organisation: int, states: tuple[str, ...]) -> dict[int, date]:
    """Row of an assessment -> the day of its last plan in one of these states."""
    rows = db.execute(_signed, {"organisation": organisation, "states": states})
    return {row.assessment_id: row.created_at.astimezone(_HOME).date() for row in rows}


def content_of(db: Connection, vault: Vault, organisation: int, client_id: int) -> dict[str, Any]:
    """Who a client is; empty for an unknown one."""
    row = db.execute(_content, {"organisation": organisation, "of": client_id}).first()
    return _identity(vault, row) if row else {}


def find_assessed(db: Connection, vault: Vault, organisation: int, public: str, branch: int | None) -> AssessedRow | None:
    return next(_rows(db, vault, _one, {"public": public} | _scope(organisation, branch)), None)


def roster(db: Connection, vault: Vault, organisation: int, campaign: int, branch: int | None) -> Iterator[RosterEntry]:
    """Everybody in a campaign."""
    for row in db.execute(_roster, {"campaign": campaign} | _scope(organisation, branch)):
        unit = open_json(vault, "campaign_person", row.public_id, row.unit, "unit")[0] if row.unit else ""
        yield RosterEntry(row.id, row.client_id, unit, row.assessment_id)


def plans(db: Connection, organisation: int) -> dict[int, frozenset[str]]:
    """Row of an assessment -> the states of its plans."""
    found: dict[int, set[str]] = {}
    for row in db.execute(_plans, {"organisation": organisation}):
        found.setdefault(row.assessment_id, set()).add(row.state)
    return {assessment_id: frozenset(states) for assessment_id, states in found.items()}


def plans_of(db: Connection, vault: Vault, organisation: int, assessment_id: int) -> tuple[PlanEntry, ...]:
    """The plans of one assessment, the newest version first."""
    rows = db.execute(_plan_of, {"organisation": organisation, "assessment": assessment_id})
    return tuple(
        PlanEntry(row.state, vault.open(row.content, b"plan.content:" + row.handle), row.created_at.astimezone(_HOME).date())
        for row in rows
    )


def follow_ups(db: Connection, organisation: int, begins: date, ends: date, branch: int | None) -> tuple[FollowRow, ...]:
    """Those due in a period, both days included."""
    rows = db.execute(_due, {"begins": begins, "ends": ends} | _scope(organisation, branch))
    return tuple(FollowRow(*row) for row in rows)


def clients(db: Connection, vault: Vault, organisation: int, branch: int | None) -> Iterator[ClientEntry]:
    """Every client record that was not merged into another."""
    for row in db.execute(_clients, _scope(organisation, branch)):
        yield ClientEntry(row.id, row.public_id, row.branch_id, _identity(vault, row))


def _identity(vault: Vault, row: Any) -> dict[str, Any]:
    """Who a client is, as records are kept: the identity stands beside the profile and the background."""
    content: dict[str, Any] = open_json(vault, "client", row.public_id, row.content)["identity"]
    return content


def _scope(organisation: int, branch: int | None) -> dict[str, Any]:
    return {"organisation": organisation, "branch": branch, "whole_house": branch is None}


def _rows(db: Connection, vault: Vault, statement: Select[Any], key: dict[str, Any]) -> Iterator[AssessedRow]:
    for row in db.execute(statement, key).mappings():
        yield _opened(vault, row)


def _opened(vault: Vault, row: RowMapping) -> AssessedRow:
    person = vault.open(row["person"], _person_place(row["handle"]))
    result = vault.open(row["result"], _result_place(row["handle"]))
    return AssessedRow(
        row["id"], row["public_id"] or "", row["client"], row["branch_id"], row["assessed_on"], row["instrument"], person, result
    )
