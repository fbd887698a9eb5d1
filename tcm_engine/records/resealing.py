"""Everything that the secret key holds, table by table: sealed anew under the current key, a few hundred rows a transaction.

Where a handle's source is known (a public id, an invitation, a client's content) the handle is made anew too. Handles of tokens that only
their holders know stay under the earlier key; `waiting` counts them, `end_waiting` ends them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, delete, func, or_, select, update

from .campaign_person import invitation
from .client import reindex
from .schema import SealedBytes, place
from .sealed_json import open_json
from .stored_file import StoredFileRow, content_name, list_files
from .tables import metadata
from .vault import CannotOpen, Vault

ROWS_AT_ONCE = 200
Entries = Callable[[Mapping[str, Any]], list[tuple[str, str]]]
"""From a client's content to what the client is found by: (kind, value)."""
_BY_HANDLE = ("assessment", "plan", "draft", "idempotency_key")
_TOKENS = ("session", "sign_in_link", "api_token", "campaign_device")
"""Tables whose rows are opened by a token that is kept nowhere, with `created_at`."""


class DoesNotOpen(RuntimeError):
    """A value that no key opens in its place: it was changed, or sealed with a key that was not given."""

    def __init__(self, table: str, row: int):
        super().__init__(f"row {row} of {table} does not open with the keys that were given")


def stages() -> tuple[str, ...]:
    """Tables with sealed columns, in the order in which they are worked on."""
    return tuple(table.name for table in metadata.sorted_tables if sealed_columns(table))


def sealed_columns(table: Table) -> tuple[Column[Any], ...]:
    return tuple(column for column in table.columns if isinstance(column.type, SealedBytes))


def reseal(db: Connection, vault: Vault, stage: str, after: int, entries: Entries) -> tuple[int, int]:
    """(last row looked at, rows written) of a table's next rows; (`after`, 0) where there are none after `after`. Raises DoesNotOpen."""
    table = metadata.tables[stage]
    asked = select(table, *_named_by_parent(table)).where(table.c.id > after).order_by(table.c.id).limit(ROWS_AT_ONCE)
    if stage == "client_version":
        asked = asked.join(metadata.tables["client"])
    written = 0
    for row in db.execute(asked.with_for_update(of=table)).mappings().all():
        after = row["id"]
        try:
            changes = _changes(vault, table, dict(row))
        except CannotOpen:
            raise DoesNotOpen(stage, after) from None
        if changes:
            db.execute(update(table).where(table.c.id == bindparam("of_id")).values(changes), {"of_id": after})
            if stage == "client":
                reindex(db, vault, row["organisation_id"], after, entries(open_json(vault, "client", row["public_id"], changes["content"])))
            written += 1
    return after, written


def left(db: Connection, vault: Vault) -> dict[str, int]:
    """Table -> rows with a value that is not sealed with the current key; tables without any are left out."""
    found = {}
    for stage in stages():
        table = metadata.tables[stage]
        old = or_(*(and_(column.is_not(None), func.substr(column, 1, 4) != vault.key_id) for column in sealed_columns(table)))
        count = int(db.execute(select(func.count()).select_from(table).where(old)).scalar_one())
        if count:
            found[stage] = count
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """What still opens with the earlier key alone."""

    kind: str
    count: int
    until: datetime | None
    """When the last of them is over by itself; None: never."""


def waiting(db: Connection, since: datetime, now: datetime) -> tuple[Waiting, ...]:
    """Of everything that was made before `since` and lives on."""
    found = []
    for name in (*_TOKENS, "draft", "assessment", "plan", "idempotency_key"):
        table = metadata.tables[name]
        row = db.execute(select(func.count(), func.max(table.c.expires_at)).where(_alive(table, since, now))).one()
        if row[0]:
            found.append(Waiting(name, row[0], row[1]))
    return tuple(found)


def end_waiting(db: Connection, since: datetime, now: datetime) -> dict[str, int]:
    """End what still opens with the earlier key alone: kind -> rows deleted or ended; and forget what was only to be known again by it."""
    ended = {}
    for name in (*_TOKENS, "idempotency_key", "draft", "plan", "assessment"):
        table = metadata.tables[name]
        count = db.execute(delete(table).where(_alive(table, since, now))).rowcount
        if count:
            ended[name] = count
    tables = metadata.tables
    db.execute(delete(tables["column_mapping"]).where(tables["column_mapping"].c.changed_at < since))
    db.execute(delete(tables["sign_in_failure"]).where(tables["sign_in_failure"].c.last_at < since))
    db.execute(update(tables["job"]).where(tables["job"].c.created_at < since).values(handle=None))
    db.execute(update(tables["stored_file"]).where(tables["stored_file"].c.created_at < since).values(made_of=None))
    return ended


def _alive(table: Table, since: datetime, now: datetime) -> Any:
    if table.name == "idempotency_key":
        return table.c.expires_at > now  # when it was made is not kept; it lives for a day
    asked = and_(table.c.created_at < since, or_(table.c.expires_at.is_(None), table.c.expires_at > now))
    for ended in ("revoked_at", "used_at", "ended_at"):
        if ended in table.c:
            asked = and_(asked, table.c[ended].is_(None))
    return and_(asked, table.c.public_id.is_(None)) if table.name in ("assessment", "plan") else asked


def _named_by_parent(table: Table) -> tuple[Any, ...]:
    return (metadata.tables["client"].c.public_id.label("client_public"),) if table.name == "client_version" else ()


def _changes(vault: Vault, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    handle = _new_handle(vault, table, row)
    moved = handle is not None and handle != row["handle"]
    changes: dict[str, Any] = {"handle": handle} if moved else {}
    for column in sealed_columns(table):
        value = row[column.name]
        if value is None or (vault.is_current(value) and not moved):
            continue
        content = vault.open(value, sealing_place(table, column.name, row))
        changes[column.name] = vault.seal(content, sealing_place(table, column.name, {**row, **({"handle": handle} if moved else {})}))
        if (table.name, column.name) == ("campaign_person", "invitation") and row["invitation_handle"]:
            token = open_json(vault, table.name, row["public_id"], changes[column.name], "invitation")
            changes["invitation_handle"] = vault.handle(invitation(token))
    return changes


def _new_handle(vault: Vault, table: Table, row: Mapping[str, Any]) -> bytes | None:
    """The handle under the current key, where its source is known."""
    return vault.handle(row["public_id"]) if table.name in ("assessment", "plan") and row["public_id"] else None


def sealing_place(table: Table, column: str, row: Mapping[str, Any]) -> bytes:
    """Where the modules of the nouns seal what they keep."""
    if table.name in _BY_HANDLE:
        return f"{table.name}.{column}:".encode() + row["handle"]
    return place(table.name, _name(table.name, row), column)


def _name(table: str, row: Mapping[str, Any]) -> str:
    match table:
        case "account":
            return str(row["id"])
        case "organisation_setting":
            return str(row["organisation_id"])
        case "client_version":
            return f"{row['client_public']}:{row['version']}"
        case "column_mapping":
            return str(row["handle"].hex())
        case _:
            return str(row["public_id"])


def stored_files(db: Connection) -> list[StoredFileRow]:
    """Of every organisation."""
    houses = list(db.execute(select(metadata.tables["organisation"].c.id)).scalars())
    return [row for house in houses for row in list_files(db, house)]


def rename_file(db: Connection, vault: Vault, row: StoredFileRow, digest: bytes) -> None:
    """Make the keyed hash of a file's content anew. `digest`: SHA-256 of the content."""
    table = metadata.tables["stored_file"]
    handle = vault.handle(content_name(row.organisation, digest))
    db.execute(update(table).where(table.c.id == bindparam("of_id")).values(handle=handle), {"of_id": row.id})
