"""Contacts with a client that are due or were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, String, bindparam, insert, select, update

from .client import client
from .schema import Moment, SealedBytes, belongs_to, new_public_id, owned, public_id
from .sealed_json import open_json, seal_json
from .vault import Vault

follow_up = owned(
    "follow_up",
    public_id(),
    belongs_to("client"),
    Column("due_on", Date, nullable=False),
    Column("kind", String(20), nullable=False, comment="contact, reassessment or referral"),
    Column("state", String(20), nullable=False, comment="due, done or cancelled"),
    Column("done_on", Date, nullable=True),
    Column("content", SealedBytes, nullable=False, comment="JSON: way, tier, outcome, note"),
    Column("account_id", Integer, nullable=True, comment="who made it"),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
)

_columns = (
    follow_up.c.id,
    follow_up.c.public_id,
    follow_up.c.client_id,
    follow_up.c.due_on,
    follow_up.c.kind,
    follow_up.c.state,
    follow_up.c.done_on,
    follow_up.c.content,
    follow_up.c.account_id,
    follow_up.c.version,
    follow_up.c.created_at,
)
_own = follow_up.c.organisation_id == bindparam("organisation")
_of_client = select(*_columns).where(_own & (follow_up.c.client_id == bindparam("client"))).order_by(follow_up.c.due_on, follow_up.c.id)
_one = _own & (follow_up.c.client_id == bindparam("client")) & (follow_up.c.public_id == bindparam("public"))
_change = update(follow_up).where(_one & (follow_up.c.version == bindparam("of_version")) & (follow_up.c.state == "due"))
_due = (
    select(*_columns)
    .join(client, (client.c.id == follow_up.c.client_id) & (client.c.organisation_id == follow_up.c.organisation_id))
    .where(_own & (follow_up.c.state == "due") & (follow_up.c.due_on <= bindparam("until")))
    .order_by(follow_up.c.due_on, follow_up.c.id)
)


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    id: int
    public_id: str
    client: int
    due_on: date
    kind: str
    state: str
    done_on: date | None
    content: Mapping[str, Any]
    account: int | None
    version: int
    created_at: datetime


def add(
    db: Connection, vault: Vault, organisation: int, client_id: int, due_on: date, kind: str, content: Mapping[str, Any],
    account: int | None, now: datetime,
) -> str:  # fmt: skip
    """Public id of the new row."""
    public = new_public_id()
    row = {"organisation_id": organisation, "public_id": public, "client_id": client_id, "due_on": due_on, "kind": kind, "state": "due"}
    row |= {"done_on": None, "content": seal_json(vault, "follow_up", public, content), "account_id": account, "version": 1}
    db.execute(insert(follow_up), row | {"created_at": now})
    return public


def close(
    db: Connection, vault: Vault, organisation: int, row: FollowUpRow, state: str, done_on: date | None, content: Mapping[str, Any]
) -> bool:
    """Whether it was still due, in the version that was read; else nothing is written."""
    values = {"state": state, "done_on": done_on, "content": seal_json(vault, "follow_up", row.public_id, content)}
    key = {"organisation": organisation, "client": row.client, "public": row.public_id, "of_version": row.version}
    return db.execute(_change.values(version=row.version + 1, **values), key).rowcount == 1


def of_client(db: Connection, vault: Vault, organisation: int, client_id: int) -> tuple[FollowUpRow, ...]:
    """All of a client's, the earliest first."""
    return tuple(_opened(vault, row) for row in db.execute(_of_client, {"organisation": organisation, "client": client_id}))


def due(db: Connection, vault: Vault, organisation: int, branch: int | None, until: date, limit: int) -> tuple[FollowUpRow, ...]:
    """What is due up to a day, over all clients, the earliest first."""
    query = _due if branch is None else _due.where(client.c.branch_id == branch)
    return tuple(_opened(vault, row) for row in db.execute(query.limit(limit), {"organisation": organisation, "until": until}))


def _opened(vault: Vault, row: Any) -> FollowUpRow:
    return FollowUpRow(
        row.id, row.public_id, row.client_id, row.due_on, row.kind, row.state, row.done_on,
        open_json(vault, "follow_up", row.public_id, row.content), row.account_id, row.version, row.created_at,
    )  # fmt: skip
