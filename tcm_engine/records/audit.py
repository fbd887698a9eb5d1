"""Who saw or changed what: rows that are only ever added, each bound to the one before it.

A row's digest covers its content and the digest before it; its seal is keyed, so that who has only the database can't forge a chain.
Triggers refuse to change or delete rows. No personal data stands here: a subject is named by its public id.
The head says, sealed, which row is the last: rows cut off the end are missed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
    update,
)

from .schema import PUBLIC_ID_CHARACTERS, Moment, owned
from .vault import HANDLE_BYTES, Vault

GENESIS = bytes(HANDLE_BYTES)
"""What stands before an organisation's first row."""

audit = owned(
    "audit",
    Column("number", Integer, nullable=False, comment="counts up in the organisation, without gaps"),
    Column("at", Moment, nullable=False),
    Column("actor", String(60), nullable=False, comment="account:ID, token:ID, client, or system"),
    Column("action", String(40), nullable=False),
    Column("subject", String(30), nullable=False, comment="kind of what it was done to"),
    Column("subject_id", String(PUBLIC_ID_CHARACTERS), nullable=False, comment="its public id; may be empty"),
    Column("detail", Text, nullable=False, comment="JSON: codes and numbers, no personal data"),
    Column("digest", LargeBinary(HANDLE_BYTES), nullable=False),
    Column("seal", LargeBinary(64), nullable=False, comment="keyed hash of the digest, the key's id in front"),
    UniqueConstraint("organisation_id", "number"),
)

audit_head = owned(
    "audit_head",
    Column("number", Integer, nullable=False, comment="of the organisation's last row"),
    Column("digest", LargeBinary(HANDLE_BYTES), nullable=False, comment="that row's digest"),
    Column("seal", LargeBinary(64), nullable=False, comment="keyed hash of organisation, number and digest, the key's id in front"),
    UniqueConstraint("organisation_id"),
)

_head = select(audit_head.c.number, audit_head.c.digest, audit_head.c.seal).where(audit_head.c.organisation_id == bindparam("organisation"))
_move_head = (
    update(audit_head)
    .where(audit_head.c.organisation_id == bindparam("organisation"))
    .values(number=bindparam("to_number"), digest=bindparam("to_digest"), seal=bindparam("to_seal"))
)
_insert, _insert_head = insert(audit), insert(audit_head)
_last = (
    select(audit.c.number, audit.c.digest)
    .where(audit.c.organisation_id == bindparam("organisation"))
    .order_by(audit.c.number.desc())
    .limit(1)
)
_ours = select(
    audit.c.number,
    audit.c.at,
    audit.c.actor,
    audit.c.action,
    audit.c.subject,
    audit.c.subject_id,
    audit.c.detail,
    audit.c.digest,
    audit.c.seal,
).where(audit.c.organisation_id == bindparam("organisation"))
_all = _ours.order_by(audit.c.number)
_names = {
    name: select(audit.c[name]).where(audit.c.organisation_id == bindparam("organisation")).distinct()
    for name in ("actor", "action", "subject")
}
_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class AuditRow:
    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    subject_id: str
    detail: str
    digest: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class HeadRow:
    number: int
    digest: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows are asked for; what is empty is not asked."""

    since: datetime | None = None
    until: datetime | None = None
    """Up to, but not this moment."""
    actor: str = ""
    action: str = ""
    subject: str = ""
    subject_id: str = ""


def add_audit(
    db: Connection,
    vault: Vault,
    organisation: int,
    actor: str,
    action: str,
    subject: str,
    subject_id: str,
    now: datetime,
    detail: Mapping[str, str | int | bool | None],
) -> int:
    """The number of the new row. It is there or not with everything else of the transaction."""
    _one_at_a_time(db, organisation)
    # The head, not the last row that happens to be there: whoever cuts rows off leaves a gap that no later row closes.
    standing = find_head(db, organisation)
    last = standing or db.execute(_last, {"organisation": organisation}).first()
    number, before = (last.number + 1, last.digest) if last else (1, GENESIS)
    written = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = AuditRow(number, now, actor, action, subject, subject_id, written, b"", b"")
    digest = digest_of(before, organisation, row)
    added = asdict(row) | {"organisation_id": organisation, "digest": digest, "seal": vault.stamp(digest)}
    db.execute(_insert, added)
    seal = vault.stamp(head_content(organisation, number, digest))
    if standing:
        db.execute(_move_head, {"organisation": organisation, "to_number": number, "to_digest": digest, "to_seal": seal})
    else:
        db.execute(_insert_head, {"organisation_id": organisation, "number": number, "digest": digest, "seal": seal})
    return number


def audit_rows(db: Connection, organisation: int) -> Iterator[AuditRow]:
    """All rows of an organisation, the oldest first."""
    found = db.execute(_all, {"organisation": organisation}, execution_options={"yield_per": _ROWS_AT_ONCE})
    return (AuditRow(*row) for row in found)


def find_rows(
    db: Connection, organisation: int, chosen: Selection, *, before: int | None = None, most: int | None = None
) -> Iterator[AuditRow]:
    """Chosen rows, the newest first: those with a smaller number than `before`."""
    asked = _where(chosen).order_by(audit.c.number.desc())
    if before is not None:
        asked = asked.where(audit.c.number < before)
    return (AuditRow(*row) for row in db.execute(asked.limit(most), {"organisation": organisation}))


def count_rows(db: Connection, organisation: int, chosen: Selection) -> int:
    return int(db.execute(select(func.count()).select_from(_where(chosen).subquery()), {"organisation": organisation}).scalar_one())


def names(db: Connection, organisation: int, column: str) -> tuple[str, ...]:
    """What stands in `actor`, `action` or `subject`, each once, sorted."""
    return tuple(sorted(db.execute(_names[column], {"organisation": organisation}).scalars()))


def find_head(db: Connection, organisation: int) -> HeadRow | None:
    row = db.execute(_head, {"organisation": organisation}).first()
    return row and HeadRow(*row)


def organisations(db: Connection) -> tuple[int, ...]:
    """Organisations that have a trail or a head of one."""
    with_rows = select(audit.c.organisation_id).union(select(audit_head.c.organisation_id))
    return tuple(sorted(db.execute(with_rows).scalars()))


def head_content(organisation: int, number: int, digest: bytes) -> bytes:
    """What a head's seal covers."""
    return f"audit_head:{organisation}:{number}:".encode() + digest


def digest_of(before: bytes, organisation: int, row: AuditRow) -> bytes:
    """SHA-256 over the digest before and the row's fields, each with its length."""
    fields = (
        str(organisation),
        str(row.number),
        row.at.astimezone(UTC).isoformat(),
        row.actor,
        row.action,
        row.subject,
        row.subject_id,
        row.detail,
    )
    digest = hashlib.sha256(before)
    for text in fields:
        content = text.encode()
        digest.update(len(content).to_bytes(4, "big") + content)
    return digest.digest()


def _where(chosen: Selection) -> Select[Any]:
    asked = _ours
    for name in ("actor", "action", "subject", "subject_id"):
        if getattr(chosen, name):
            asked = asked.where(audit.c[name] == getattr(chosen, name))
    if chosen.since:
        asked = asked.where(audit.c.at >= chosen.since)
    return asked.where(audit.c.at < chosen.until) if chosen.until else asked


def _one_at_a_time(db: Connection, organisation: int) -> None:
    """On PostgreSQL writers to one organisation's chain take turns; SQLite has one writer anyway."""
    if db.dialect.name == "postgresql":
        db.exec_driver_sql("SELECT pg_advisory_xact_lock(7243, %s)", (organisation,))
