"""The national service for residents of 65 and over: who was guided after an assessment, and how many residents an area has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, UniqueConstraint, bindparam, delete, insert, select, update

from .schema import Moment, SealedBytes, belongs_to, new_public_id, owned, public_id
from .sealed_json import open_json, seal_json
from .vault import Vault

elderly_guidance = owned(
    "elderly_guidance",
    public_id(),
    belongs_to("assessment"),
    Column("guided_on", Date, nullable=False),
    Column("content", SealedBytes, nullable=False, comment="JSON: boxes of each type, other words, who guided"),
    Column("account_id", Integer, nullable=True, comment="who wrote it down"),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("assessment_id"),
)

elderly_population = owned(
    "elderly_population",
    Column("year", Integer, nullable=False),
    Column("area", Integer, nullable=False, comment="the branch's id; 0: the whole organisation"),
    Column("people", Integer, nullable=False, comment="permanent residents of 65 and over"),
    Column("account_id", Integer, nullable=True, comment="who entered it"),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("organisation_id", "year", "area"),
)

_own = elderly_guidance.c.organisation_id == bindparam("organisation")
_of = _own & (elderly_guidance.c.assessment_id == bindparam("assessment"))
_columns = (elderly_guidance.c.public_id, elderly_guidance.c.guided_on, elderly_guidance.c.content, elderly_guidance.c.version)
_find = select(*_columns).where(_of)
_days = select(elderly_guidance.c.assessment_id, elderly_guidance.c.guided_on).where(_own)
_change = update(elderly_guidance).where(_of & (elderly_guidance.c.version == bindparam("of_version")))
_remove = delete(elderly_guidance).where(_of & (elderly_guidance.c.version == bindparam("of_version")))
_area = (
    (elderly_population.c.organisation_id == bindparam("organisation"))
    & (elderly_population.c.year == bindparam("of_year"))
    & (elderly_population.c.area == bindparam("of_area"))
)
_people = select(elderly_population.c.people, elderly_population.c.version, elderly_population.c.changed_at).where(_area)
_count_again = update(elderly_population).where(_area & (elderly_population.c.version == bindparam("of_version")))


@dataclass(frozen=True, slots=True)
class GuidanceRow:
    guided_on: date
    content: Mapping[str, Any]
    version: int


@dataclass(frozen=True, slots=True)
class PopulationRow:
    people: int
    version: int
    changed_at: datetime


def find_guidance(db: Connection, vault: Vault, organisation: int, assessment_id: int) -> GuidanceRow | None:
    row = db.execute(_find, {"organisation": organisation, "assessment": assessment_id}).first()
    return GuidanceRow(row.guided_on, open_json(vault, "elderly_guidance", row.public_id, row.content), row.version) if row else None


def guidance_days(db: Connection, organisation: int) -> dict[int, date]:
    """Row of an assessment -> the day on which guidance was given after it."""
    return {row.assessment_id: row.guided_on for row in db.execute(_days, {"organisation": organisation})}


def write_guidance(
    db: Connection, vault: Vault, organisation: int, assessment_id: int, guided_on: date, content: Mapping[str, Any], version: int,
    account: int | None, now: datetime,
) -> bool:  # fmt: skip
    """Whether `version` (0: none yet) still stood; else nothing is written."""
    key = {"organisation": organisation, "assessment": assessment_id}
    there = db.execute(_find, key).first()
    if (there.version if there else 0) != version:
        return False
    public = there.public_id if there else new_public_id()
    values = {"guided_on": guided_on, "version": version + 1, "account_id": account, "changed_at": now}
    values["content"] = seal_json(vault, "elderly_guidance", public, dict(content))
    if there:
        return db.execute(_change.values(values), key | {"of_version": version}).rowcount == 1
    db.execute(insert(elderly_guidance), values | {"organisation_id": organisation, "assessment_id": assessment_id, "public_id": public})
    return True


def remove_guidance(db: Connection, organisation: int, assessment_id: int, version: int) -> bool:
    """Whether `version` still stood."""
    return db.execute(_remove, {"organisation": organisation, "assessment": assessment_id, "of_version": version}).rowcount == 1


def find_population(db: Connection, organisation: int, year: int, area: int) -> PopulationRow | None:
    row = db.execute(_people, {"organisation": organisation, "of_year": year, "of_area": area}).first()
    return PopulationRow(row.people, row.version, row.changed_at) if row else None


def write_population(
    db: Connection, organisation: int, year: int, area: int, people: int, version: int, account: int | None, now: datetime
) -> bool:
    """Whether `version` (0: none yet) still stood; else nothing is written."""
    key = {"organisation": organisation, "of_year": year, "of_area": area}
    values = {"people": people, "version": version + 1, "account_id": account, "changed_at": now}
    if version == 0:
        if db.execute(_people, key).first() is not None:
            return False
        db.execute(insert(elderly_population), values | {"organisation_id": organisation, "year": year, "area": area})
        return True
    return db.execute(_count_again.values(values), key | {"of_version": version}).rowcount == 1
