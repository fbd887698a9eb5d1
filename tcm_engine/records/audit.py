"""Who saw or changed what: rows that are only ever added, each bound to the one before it.

A row's digest covers its content and the digest before it; its seal is keyed, so that who has only the database can't forge a chain.
Triggers refuse to change or delete rows. No personal data stands here: a subject is named by its public id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, Integer, LargeBinary, String, Text, UniqueConstraint, bindparam, insert, select

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

_last = (
    select(audit.c.number, audit.c.digest)
    .where(audit.c.organisation_id == bindparam("organisation"))
    .order_by(audit.c.number.desc())
    .limit(1)
)
_all = (
    select(
        audit.c.number, audit.c.at, audit.c.actor, audit.c.action, audit.c.subject, audit.c.subject_id, audit.c.detail, audit.c.digest,
        audit.c.seal,
    )
    .where(audit.c.organisation_id == bindparam("organisation"))
    .order_by(audit.c.number)
)  # fmt: skip


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
    last = db.execute(_last, {"organisation": organisation}).first()
    number, before = (last.number + 1, last.digest) if last else (1, GENESIS)
    written = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    row = AuditRow(number, now, actor, action, subject, subject_id, written, b"", b"")
    digest = digest_of(before, organisation, row)
    added = asdict(row) | {"organisation_id": organisation, "digest": digest, "seal": vault.stamp(digest)}
    db.execute(insert(audit), added)
    return number


def audit_rows(db: Connection, organisation: int) -> Iterator[AuditRow]:
    """All rows of an organisation, the oldest first."""
    return (AuditRow(*row) for row in db.execute(_all, {"organisation": organisation}))


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


def _one_at_a_time(db: Connection, organisation: int) -> None:
    """On PostgreSQL writers to one organisation's chain take turns; SQLite has one writer anyway."""
    if db.dialect.name == "postgresql":
        db.exec_driver_sql("SELECT pg_advisory_xact_lock(7243, %s)", (organisation,))
