"""Files of other systems with earlier results and check-up values: what was read of them, until it is imported or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, String, bindparam, insert, select, update

from .schema import Moment, SealedBytes, new_public_id, owned, public_id
from .sealed_json import open_json, seal_json
from .vault import HANDLE_BYTES, Vault

client_import = owned(
    "client_import",
    public_id(),
    Column("file_handle", LargeBinary(HANDLE_BYTES), nullable=False, index=True, comment="keyed hash of the file: it is known again"),
    Column("content", SealedBytes, nullable=False, comment="JSON: rows as read, columns, faults"),
    Column("state", String(20), nullable=False, comment="preview, imported or dropped"),
    Column("rows", Integer, nullable=False),
    Column("faulty", Integer, nullable=False),
    Column("account_id", Integer, nullable=True),
    Column("created_at", Moment, nullable=False),
)

_own = client_import.c.organisation_id == bindparam("organisation")
_row = (
    client_import.c.id,
    client_import.c.public_id,
    client_import.c.content,
    client_import.c.state,
    client_import.c.rows,
    client_import.c.faulty,
    client_import.c.account_id,
    client_import.c.created_at,
)
_find = select(*_row).where(_own & (client_import.c.public_id == bindparam("public")))
_same = (
    select(*_row)
    .where(_own & client_import.c.file_handle.in_(bindparam("handles", expanding=True)) & (client_import.c.state == "imported"))
    .order_by(client_import.c.id.desc())
    .limit(1)
)
_change = update(client_import).where(_own & (client_import.c.id == bindparam("of")) & (client_import.c.state == "preview"))


@dataclass(frozen=True, slots=True)
class ImportRow:
    id: int
    public_id: str
    content: Mapping[str, Any]
    state: str
    rows: int
    faulty: int
    account: int | None
    created_at: datetime


def add(
    db: Connection, vault: Vault, organisation: int, file: str, content: Mapping[str, Any], rows: int, faulty: int,
    account: int | None, now: datetime,
) -> str:  # fmt: skip
    """Public id of a new preview; `file` is the digest of the file's bytes."""
    public = new_public_id()
    row = {
        "organisation_id": organisation,
        "public_id": public,
        "file_handle": vault.handle(_place(organisation, file)),
        "state": "preview",
    }
    row |= {"content": seal_json(vault, "client_import", public, content), "rows": rows, "faulty": faulty, "account_id": account}
    db.execute(insert(client_import), row | {"created_at": now})
    return public


def find(db: Connection, vault: Vault, organisation: int, public: str) -> ImportRow | None:
    row = db.execute(_find, {"organisation": organisation, "public": public}).first()
    return _opened(vault, row) if row else None


def imported_before(db: Connection, vault: Vault, organisation: int, file: str) -> ImportRow | None:
    """The newest import of the same bytes."""
    row = db.execute(_same, {"organisation": organisation, "handles": vault.handles(_place(organisation, file))}).first()
    return _opened(vault, row) if row else None


def close(db: Connection, vault: Vault, organisation: int, row: ImportRow, state: str, content: Mapping[str, Any]) -> bool:
    """Whether it was still a preview. `content` stands instead of what was read: the rows themselves are not kept."""
    sealed = seal_json(vault, "client_import", row.public_id, content)
    return db.execute(_change.values(state=state, content=sealed), {"organisation": organisation, "of": row.id}).rowcount == 1


def _place(organisation: int, file: str) -> str:
    return f"{organisation}\0client_import\0{file}"


def _opened(vault: Vault, row: Any) -> ImportRow:
    content = open_json(vault, "client_import", row.public_id, row.content)
    return ImportRow(row.id, row.public_id, content, row.state, row.rows, row.faulty, row.account_id, row.created_at)
