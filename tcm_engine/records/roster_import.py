"""Files that were brought in for a campaign, and how an organisation reads its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from .campaign import column_mapping, roster_import
from .schema import new_public_id
from .sealed_json import open_json, seal_json
from .vault import Vault

TABLE = "roster_import"
PREVIEW, IMPORTED, DROPPED = "preview", "imported", "dropped"
_ours = (roster_import.c.organisation_id == bindparam("organisation")) & (roster_import.c.campaign_id == bindparam("campaign"))
_columns = (
    roster_import.c.id, roster_import.c.public_id, roster_import.c.content, roster_import.c.state, roster_import.c.rows,
    roster_import.c.faulty, roster_import.c.account_id, roster_import.c.created_at,
)  # fmt: skip
_find = select(*_columns).where(_ours & (roster_import.c.public_id == bindparam("public")))
_lock = _find.with_for_update()
_history = (
    select(*(column for column in _columns if column is not roster_import.c.content))
    .where(_ours & (roster_import.c.state != DROPPED))
    .order_by(roster_import.c.id.desc())
    .limit(20)
)
_same = (
    select(roster_import.c.created_at)
    .where(_ours & (roster_import.c.state == IMPORTED) & roster_import.c.file_handle.in_(bindparam("handles", expanding=True)))
    .order_by(roster_import.c.id.desc())
)
_change = update(roster_import).where(
    (roster_import.c.organisation_id == bindparam("organisation")) & (roster_import.c.public_id == bindparam("public"))
)
_old = delete(roster_import).where(
    (roster_import.c.organisation_id == bindparam("organisation"))
    & (roster_import.c.campaign_id == bindparam("campaign"))
    & (roster_import.c.state == PREVIEW)
)
_mapping = (column_mapping.c.organisation_id == bindparam("organisation")) & column_mapping.c.handle.in_(
    bindparam("handles", expanding=True)
)
_find_mapping = select(column_mapping.c.handle, column_mapping.c.content).where(_mapping)
_drop_mapping = delete(column_mapping).where(_mapping)


@dataclass(frozen=True, slots=True)
class ImportRow:
    public_id: str
    state: str
    rows: int
    faulty: int
    account: int | None
    created_at: datetime
    content: Mapping[str, Any]


def add(
    db: Connection,
    vault: Vault,
    organisation: int,
    campaign: int,
    file: bytes,
    content: Mapping[str, Any],
    account: int | None,
    now: datetime,
) -> str:
    """A preview; earlier ones of the campaign that nobody took go. `file`: digest of the file's bytes."""
    db.execute(_old, {"organisation": organisation, "campaign": campaign})
    public = new_public_id()
    row = {
        "organisation_id": organisation, "public_id": public, "campaign_id": campaign, "account_id": account, "created_at": now,
        "file_handle": vault.handle(_file(organisation, file)), "content": seal_json(vault, TABLE, public, content), "state": PREVIEW,
        "rows": 0, "faulty": 0,
    }  # fmt: skip
    db.execute(insert(roster_import), row)
    return public


def find(db: Connection, vault: Vault, organisation: int, campaign: int, public: str, *, lock: bool = False) -> ImportRow | None:
    row = db.execute(_lock if lock else _find, {"organisation": organisation, "campaign": campaign, "public": public}).first()
    if row is None:
        return None
    content = open_json(vault, TABLE, row.public_id, row.content)
    return ImportRow(row.public_id, row.state, row.rows, row.faulty, row.account_id, row.created_at, content)


def history(db: Connection, organisation: int, campaign: int) -> tuple[ImportRow, ...]:
    """The newest first, without what they held."""
    rows = db.execute(_history, {"organisation": organisation, "campaign": campaign})
    return tuple(ImportRow(row.public_id, row.state, row.rows, row.faulty, row.account_id, row.created_at, {}) for row in rows)


def imported_before(db: Connection, vault: Vault, organisation: int, campaign: int, file: bytes) -> datetime | None:
    """When the same bytes were imported into this campaign."""
    key = {"organisation": organisation, "campaign": campaign, "handles": vault.handles(_file(organisation, file))}
    return db.execute(_same, key).scalars().first()


def change(
    db: Connection, vault: Vault, organisation: int, public: str, *, content: Mapping[str, Any] | None = None, **values: Any
) -> None:
    new = dict(values) | ({} if content is None else {"content": seal_json(vault, TABLE, public, content)})
    db.execute(_change.values(new), {"organisation": organisation, "public": public})


def find_mapping(db: Connection, vault: Vault, organisation: int, header: str) -> Mapping[str, str] | None:
    """Heading -> field, as somebody of the organisation set it for this header; "" for a column that is not read."""
    row = db.execute(_find_mapping, {"organisation": organisation, "handles": vault.handles(_header(organisation, header))}).first()
    return open_json(vault, "column_mapping", row.handle.hex(), row.content) if row else None


def keep_mapping(db: Connection, vault: Vault, organisation: int, header: str, mapping: Mapping[str, str], now: datetime) -> None:
    db.execute(_drop_mapping, {"organisation": organisation, "handles": vault.handles(_header(organisation, header))})
    handle = vault.handle(_header(organisation, header))
    sealed = seal_json(vault, "column_mapping", handle.hex(), dict(mapping))
    db.execute(insert(column_mapping), {"organisation_id": organisation, "handle": handle, "content": sealed, "changed_at": now})


def _file(organisation: int, digest: bytes) -> str:
    return f"{organisation}\0roster\0{digest.hex()}"


def _header(organisation: int, header: str) -> str:
    return f"{organisation}\0header\0{header}"
