"""Records that were merged: which rows moved to the survivor, so that they can go back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, Text, bindparam, insert, select, update

from .assessment import assessment
from .campaign import campaign_person
from .consent import consent
from .follow_up import follow_up
from .measurement import measurement
from .schema import Moment, belongs_to, new_public_id, owned, public_id

client_merge = owned(
    "client_merge",
    public_id(),
    belongs_to("client", name="survivor_id"),
    belongs_to("client", name="merged_id"),
    Column("moved", Text, nullable=False, comment="JSON: table -> numbers of the rows that moved"),
    Column("account_id", Integer, nullable=True, comment="who merged"),
    Column("created_at", Moment, nullable=False),
    Column("undone_at", Moment, nullable=True),
)

MOVED = {table.name: table for table in (assessment, measurement, consent, follow_up, campaign_person)}
"""Tables whose rows go with a client."""
_own = client_merge.c.organisation_id == bindparam("organisation")
_row = (
    client_merge.c.id,
    client_merge.c.public_id,
    client_merge.c.survivor_id,
    client_merge.c.merged_id,
    client_merge.c.moved,
    client_merge.c.created_at,
)
_open = (
    select(*_row)
    .where(_own & (client_merge.c.survivor_id == bindparam("survivor")) & client_merge.c.undone_at.is_(None))
    .order_by(client_merge.c.id.desc())
)
_undo = (
    update(client_merge)
    .where(_own & (client_merge.c.id == bindparam("of")) & client_merge.c.undone_at.is_(None))
    .values(undone_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class MergeRow:
    id: int
    public_id: str
    survivor: int
    merged: int
    moved: Mapping[str, Sequence[int]]
    created_at: datetime


def move(db: Connection, organisation: int, of: int, to: int) -> dict[str, list[int]]:
    """Rows that were moved from one client to another. Who is in a campaign as both stays there twice: neither row is lost."""
    return {name: _move(db, organisation, name, of, to) for name in MOVED}


def move_back(db: Connection, organisation: int, moved: Mapping[str, Sequence[int]], survivor: int, to: int) -> None:
    """The rows that moved and are still the survivor's."""
    for name, ids in moved.items():
        table = MOVED.get(name)
        if table is None or not ids:
            continue
        own = (table.c.organisation_id == organisation) & (table.c.client_id == survivor) & table.c.id.in_(list(ids))
        db.execute(update(table).where(own).values(client_id=to))


def add(
    db: Connection, organisation: int, survivor: int, merged: int, moved: Mapping[str, Sequence[int]], account: int | None, now: datetime
) -> str:
    public = new_public_id()
    row = {"organisation_id": organisation, "public_id": public, "survivor_id": survivor, "merged_id": merged, "moved": json.dumps(moved)}
    db.execute(insert(client_merge), row | {"account_id": account, "created_at": now, "undone_at": None})
    return public


def of_survivor(db: Connection, organisation: int, survivor: int) -> tuple[MergeRow, ...]:
    """Merges that stand, the newest first."""
    return tuple(
        MergeRow(row.id, row.public_id, row.survivor_id, row.merged_id, json.loads(row.moved), row.created_at)
        for row in db.execute(_open, {"organisation": organisation, "survivor": survivor})
    )


def set_undone(db: Connection, organisation: int, merge: int, now: datetime) -> bool:
    return db.execute(_undo, {"organisation": organisation, "of": merge, "now": now}).rowcount == 1


def _move(db: Connection, organisation: int, name: str, of: int, to: int) -> list[int]:
    table = MOVED[name]
    own = (table.c.organisation_id == organisation) & (table.c.client_id == of)
    query = select(table.c.id).where(own)
    if name == "campaign_person":
        there = select(table.c.campaign_id).where((table.c.organisation_id == organisation) & (table.c.client_id == to))
        query = query.where(table.c.campaign_id.not_in(there))
    ids = list(db.execute(query.order_by(table.c.id)).scalars())
    if ids:
        db.execute(update(table).where(table.c.id.in_(ids)).values(client_id=to))
    return ids
