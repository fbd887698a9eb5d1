"""Branches of an organisation: an account may be bound to one, and a client record belongs to one or to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, String, bindparam, insert, select, update

from .schema import Moment, new_public_id, owned, public_id

LONGEST_BRANCH = 80
"""Characters."""

branch = owned(
    "branch",
    public_id(),
    Column("name", String(LONGEST_BRANCH), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment, nullable=True),
)

_one = (branch.c.organisation_id == bindparam("organisation")) & (branch.c.public_id == bindparam("public"))
_all = (
    select(branch.c.id, branch.c.public_id, branch.c.name, branch.c.closed_at)
    .where(branch.c.organisation_id == bindparam("organisation"))
    .order_by(branch.c.closed_at.is_not(None), branch.c.name)
)


@dataclass(frozen=True, slots=True)
class BranchRow:
    id: int
    public_id: str
    name: str
    closed_at: datetime | None


def of_organisation(db: Connection, organisation: int) -> tuple[BranchRow, ...]:
    return tuple(BranchRow(*row) for row in db.execute(_all, {"organisation": organisation}))


def add(db: Connection, organisation: int, name: str, now: datetime) -> str:
    """Public id of the new branch."""
    public = new_public_id()
    row = {"organisation_id": organisation, "public_id": public, "name": name, "created_at": now, "closed_at": None}
    db.execute(insert(branch), row)
    return public


def change(db: Connection, organisation: int, public: str, **values: str | datetime | None) -> bool:
    """Whether the organisation has this branch."""
    return db.execute(update(branch).where(_one).values(values), {"organisation": organisation, "public": public}).rowcount == 1
