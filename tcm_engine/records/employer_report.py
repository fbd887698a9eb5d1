"""Reports to an employer, in instalments: what was given out stays as it was, and each person is counted in one instalment only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, UniqueConstraint, bindparam, func, insert, select

from .schema import Moment, SealedBytes, belongs_to, new_public_id, owned, public_id
from .sealed_json import open_json, seal_json
from .vault import Vault

employer_report = owned(
    "employer_report",
    public_id(),
    belongs_to("campaign"),
    Column("number", Integer, nullable=False, comment="counts up in the campaign"),
    Column("content", SealedBytes, nullable=False, comment="JSON: the tables as they were given out"),
    Column("account_id", Integer, nullable=True, comment="who issued it"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("campaign_id", "number"),
)

employer_report_person = owned(
    "employer_report_person",
    belongs_to("employer_report"),
    belongs_to("campaign_person"),
    UniqueConstraint("campaign_person_id"),
)

_of_campaign = (employer_report.c.organisation_id == bindparam("organisation")) & (employer_report.c.campaign_id == bindparam("campaign"))
_columns = (employer_report.c.public_id, employer_report.c.number, employer_report.c.content, employer_report.c.created_at)
_all = select(*_columns).where(_of_campaign).order_by(employer_report.c.number)
_last = select(func.max(employer_report.c.number)).where(_of_campaign)
_counted = (
    select(employer_report_person.c.campaign_person_id)
    .join(employer_report, employer_report.c.id == employer_report_person.c.employer_report_id)
    .where(_of_campaign)
)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ReportRow:
    public_id: str
    number: int
    content: Mapping[str, Any]
    created_at: datetime


def of_campaign(db: Connection, vault: Vault, organisation: int, campaign: int) -> tuple[ReportRow, ...]:
    """Every instalment, the first one first."""
    rows = db.execute(_all, {"organisation": organisation, "campaign": campaign})
    return tuple(
        ReportRow(row.public_id, row.number, open_json(vault, "employer_report", row.public_id, row.content), row.created_at)
        for row in rows
    )


def counted(db: Connection, organisation: int, campaign: int) -> frozenset[int]:
    """Rows of the campaign's people that stand in an instalment."""
    return frozenset(db.execute(_counted, {"organisation": organisation, "campaign": campaign}).scalars())


def add(
    db: Connection, vault: Vault, organisation: int, campaign: int, content: Mapping[str, Any], people: Iterable[int],
    account: int | None, now: datetime,
) -> str:  # fmt: skip
    """Public id of a new instalment over `people` (rows of campaign_person). Raises IntegrityError where one of them stands in another."""
    public = new_public_id()
    number = (db.execute(_last, {"organisation": organisation, "campaign": campaign}).scalar() or 0) + 1
    row = {"organisation_id": organisation, "public_id": public, "campaign_id": campaign, "number": number, "account_id": account}
    row |= {"content": seal_json(vault, "employer_report", public, dict(content)), "created_at": now}
    added = db.execute(insert(employer_report).returning(employer_report.c.id), row).scalar_one()
    rows = [{"organisation_id": organisation, "employer_report_id": added, "campaign_person_id": person} for person in people]
    for at in range(0, len(rows), _AT_ONCE):
        db.execute(insert(employer_report_person), rows[at : at + _AT_ONCE])
    return public
