"""Requests that were already answered: the same key and body name the record that was made, and no second one is made.

Only the record's public id is kept, sealed; the answer is made from the record again. When the record goes, so does this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Connection, ForeignKey, Integer, LargeBinary, Table, bindparam, delete, insert, select

from .schema import Moment, SealedBytes, metadata
from .vault import HANDLE_BYTES, Vault

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True, comment="keyed hash of caller and key"),
    Column("request", LargeBinary(HANDLE_BYTES), nullable=False, comment="keyed hash of the request's body"),
    Column("token", SealedBytes, nullable=False, comment="public id of the record that was made"),
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("expires_at", Moment, nullable=False, index=True),
    CheckConstraint("(assessment_id IS NULL) <> (plan_id IS NULL)", name="one_record"),
)

_insert = insert(idempotency_key)
_one = idempotency_key.c.handle == bindparam("handle")
_select = select(idempotency_key.c.request, idempotency_key.c.token).where(_one & (idempotency_key.c.expires_at > bindparam("now")))
_delete_stale = delete(idempotency_key).where(_one & (idempotency_key.c.expires_at <= bindparam("now")))


@dataclass(frozen=True, slots=True)
class Remembered:
    request: bytes
    """Keyed hash of the body that was sent with the key."""
    token: str


@dataclass(frozen=True, slots=True)
class RequestKey:
    """A caller's key for one request, as handles."""

    organisation: int
    handle: bytes
    request: bytes


def request_key(vault: Vault, organisation: int, scope: str, key: str, body: bytes) -> RequestKey:
    """`scope` says whose key it is and for which kind of record; neither it nor the key is stored as it is."""
    prefix = f"{organisation}\0{scope}\0{key}"
    return RequestKey(organisation, vault.handle(prefix), vault.handle(prefix + "\0" + body.hex()))


def find_remembered(db: Connection, vault: Vault, key: RequestKey, now: datetime) -> Remembered | None:
    row = db.execute(_select, {"handle": key.handle, "now": now}).first()
    return row and Remembered(row.request, vault.open(row.token, _place(key.handle)).decode())


def remember(
    db: Connection,
    vault: Vault,
    key: RequestKey,
    token: str,
    expires_at: datetime,
    now: datetime,
    *,
    assessment_id: int | None = None,
    plan_id: int | None = None,
) -> None:
    """Raises sqlalchemy.exc.IntegrityError where the same key was remembered meanwhile."""
    db.execute(_delete_stale, {"handle": key.handle, "now": now})
    row = {"organisation_id": key.organisation, "handle": key.handle, "request": key.request, "expires_at": expires_at}
    row |= {"token": vault.seal(token.encode(), _place(key.handle)), "assessment_id": assessment_id, "plan_id": plan_id}
    db.execute(_insert, row)


def _place(handle: bytes) -> bytes:
    return b"idempotency_key.token:" + handle
