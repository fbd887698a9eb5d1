"""Drafts: what a person has answered so far in a form, so that it survives a reload. Sealed, short-lived, no account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, LargeBinary, Table, bindparam, delete, insert, select, update

from .schema import Moment, SealedBytes, metadata
from .vault import HANDLE_BYTES, Vault, new_token

draft = Table(
    "draft",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True),
    Column("content", SealedBytes, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

_one = (
    (draft.c.handle.in_(bindparam("handles", expanding=True)))
    & (draft.c.organisation_id == bindparam("organisation"))
    & (draft.c.expires_at > bindparam("now"))
)
_insert = insert(draft)
_select = select(draft.c.handle, draft.c.content, draft.c.expires_at).where(_one)
_update = update(draft).where(_one)
_select_to_change = _select.with_for_update()
_delete = delete(draft).where(
    draft.c.handle.in_(bindparam("handles", expanding=True)) & (draft.c.organisation_id == bindparam("organisation"))
)


@dataclass(frozen=True, slots=True)
class DraftRow:
    token: str
    content: bytes
    expires_at: datetime


def add_draft(db: Connection, vault: Vault, organisation: int, content: bytes, now: datetime, expires_at: datetime) -> DraftRow:
    token = new_token()
    handle = vault.handle(token)
    row = {"organisation_id": organisation, "handle": handle, "created_at": now, "expires_at": expires_at}
    db.execute(_insert, row | {"content": vault.seal(content, _place(handle))})
    return DraftRow(token, content, expires_at)


def find_draft(db: Connection, vault: Vault, organisation: int, token: str, now: datetime, *, lock: bool = False) -> DraftRow | None:
    """`lock`: nobody else changes it until the transaction ends."""
    key = {"handles": vault.handles(token), "organisation": organisation, "now": now}
    row = db.execute(_select_to_change if lock else _select, key).first()
    return row and DraftRow(token, vault.open(row.content, _place(row.handle)), row.expires_at)


def change_draft(db: Connection, vault: Vault, organisation: int, token: str, content: bytes, now: datetime, expires_at: datetime) -> bool:
    """Whether there was a draft to change. A draft sealed under an earlier secret moves to the current one."""
    handle = vault.handle(token)
    key = {"handles": vault.handles(token), "organisation": organisation, "now": now}
    change = _update.values(handle=handle, content=vault.seal(content, _place(handle)), expires_at=expires_at)
    return db.execute(change, key).rowcount == 1


def remove_draft(db: Connection, vault: Vault, organisation: int, token: str) -> bool:
    return db.execute(_delete, {"handles": vault.handles(token), "organisation": organisation}).rowcount > 0


def _place(handle: bytes) -> bytes:
    return b"draft.content:" + handle
