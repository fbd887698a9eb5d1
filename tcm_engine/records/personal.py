"""Everything that hangs on one client: found by the references between the tables themselves, so that no table is ever forgotten.

A row belongs to a client where a reference to a row of the client's removes it too (ON DELETE CASCADE); one that would only be emptied
belongs to somebody else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, delete, or_, select, update

from .client import client
from .resealing import sealing_place
from .schema import SealedBytes
from .sealed_json import open_json, seal_json
from .tables import metadata
from .vault import Vault

_AT_ONCE = 500
IMPORTS = ("roster_import", "client_import")
"""Tables that hold files as they were read: people stand in them before and beside their own records."""
KEYS = ("assessment", "plan", "campaign_person", "client")
"""Tables whose public ids are keys of long work."""
_HIDDEN = frozenset({"id", "organisation_id"})

Rows = Mapping[str, tuple[int, ...]]
"""Table -> ids of rows."""


def same_person(db: Connection, organisation: int, client_id: int) -> tuple[int, ...]:
    """A client's row and those that were merged into it, at any depth."""
    found, asked = [client_id], [client_id]
    while asked:
        merged = select(client.c.id).where((client.c.organisation_id == organisation) & client.c.merged_into_id.in_(asked))
        asked = [one for one in db.execute(merged).scalars() if one not in found]
        found += asked
    return tuple(found)


def rows_of(db: Connection, organisation: int, clients: Iterable[int]) -> Rows:
    """Every row that hangs on these clients, themselves included."""
    found: dict[str, set[int]] = {"client": set(clients)}
    for table in metadata.sorted_tables:
        for parent, column in _parents(table):
            ids = sorted(found.get(parent, ()))
            for start in range(0, len(ids), _AT_ONCE):
                asked = select(table.c.id).where(
                    table.c[column].in_(ids[start : start + _AT_ONCE]), table.c.organisation_id == organisation
                )
                found.setdefault(table.name, set()).update(db.execute(asked).scalars())
    return {name: tuple(sorted(ids)) for name, ids in found.items() if ids}


def remove(db: Connection, organisation: int, rows: Rows) -> dict[str, int]:
    """Delete them, children first: table -> rows deleted."""
    counts: dict[str, int] = {}
    merged = update(client).where(client.c.id.in_(rows.get("client", ())), client.c.organisation_id == organisation)
    db.execute(merged.values(merged_into_id=None))
    for table in reversed(metadata.sorted_tables):
        ids = rows.get(table.name, ())
        for start in range(0, len(ids), _AT_ONCE):
            part = delete(table).where(table.c.id.in_(ids[start : start + _AT_ONCE]), table.c.organisation_id == organisation)
            counts[table.name] = counts.get(table.name, 0) + db.execute(part).rowcount
    return counts


def public_ids(db: Connection, rows: Rows) -> tuple[str, ...]:
    """Public ids of a client's rows that long work and the audit trail know them by."""
    found: list[str] = []
    for name in KEYS:
        table = metadata.tables[name]
        if rows.get(name):
            found += [one for one in db.execute(select(table.c.public_id).where(table.c.id.in_(rows[name]))).scalars() if one]
    return tuple(found)


def remove_work(db: Connection, organisation: int, keys: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Delete items of long work with these keys and every file that one of them is in: (table -> rows, paths of the files).

    A file of many people goes as a whole; whoever needs it has it made again, without the one who left.
    """
    item, file = metadata.tables["job_item"], metadata.tables["stored_file"]
    of = [item.c.key == key for key in keys] + [item.c.key.startswith(f"{key}:", autoescape=True) for key in keys]
    if not of:
        return {}, ()
    mine = (item.c.organisation_id == organisation) & or_(*of)
    files = sorted({one for one in db.execute(select(item.c.stored_file_id).where(mine)).scalars() if one})
    paths = tuple(db.execute(select(file.c.path).where(file.c.id.in_(files), file.c.organisation_id == organisation)).scalars())
    counts = {"job_item": db.execute(delete(item).where(mine)).rowcount}
    counts["stored_file"] = db.execute(delete(file).where(file.c.id.in_(files), file.c.organisation_id == organisation)).rowcount
    return {name: count for name, count in counts.items() if count}, paths


def blank_in_imports(db: Connection, vault: Vault, organisation: int, name: str, numbers: Iterable[str]) -> int:
    """Empty the cells of a person's rows in files as they were read; how many files were changed. Other people's rows stay."""
    known, changed = {_folded(one) for one in numbers if one}, 0
    for table in (metadata.tables[one] for one in IMPORTS):
        for row in db.execute(select(table.c.id, table.c.public_id, table.c.content).where(table.c.organisation_id == organisation)).all():
            content = open_json(vault, table.name, row.public_id, row.content)
            if _blank(content, _folded(name), known):
                sealed = seal_json(vault, table.name, row.public_id, content)
                db.execute(update(table).where(table.c.id == row.id).values(content=sealed))
                changed += 1
    return changed


def copy_of(db: Connection, vault: Vault, organisation: int, rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """Everything that is kept of a client, opened: table -> rows. Numbers that mean something in this database alone, keyed hashes and
    links that open something are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in metadata.sorted_tables:
        if not rows.get(table.name) or table.name in ("client_index", "idempotency_key", "employer_report_person", "client_merge"):
            continue
        asked = select(table).where(table.c.id.in_(rows[table.name]), table.c.organisation_id == organisation).order_by(table.c.id)
        publics = _publics(db, rows)
        found[table.name] = [_opened(vault, table, dict(row), publics) for row in db.execute(asked).mappings()]
    return found


def untouched_since(db: Connection, organisation: int, branch: int | None, before: datetime, most: int) -> list[tuple[str, datetime]]:
    """(public id, last entry) of records that nobody wrote into since `before`, the longest untouched first."""
    asked = (
        select(client.c.public_id, client.c.changed_at)
        .where((client.c.organisation_id == organisation) & client.c.merged_into_id.is_(None) & (client.c.changed_at < before))
        .order_by(client.c.changed_at, client.c.id)
        .limit(most)
    )
    if branch is not None:
        asked = asked.where(client.c.branch_id == branch)
    return [(row.public_id, row.changed_at) for row in db.execute(asked)]


Result = tuple[int, date | None, str, Mapping[str, Any]]
"""(client's row, day, instrument, result as it is kept)"""


def results(db: Connection, vault: Vault, organisation: int, branch: int | None) -> Iterator[Result]:
    """Every assessment of a client, by client and day."""
    table = metadata.tables["assessment"]
    asked = select(table, client.c.public_id.label("client_public")).join(client, client.c.id == table.c.client_id)
    asked = asked.where(table.c.organisation_id == organisation).order_by(table.c.client_id, table.c.assessed_on, table.c.id)
    if branch is not None:
        asked = asked.where(client.c.branch_id == branch)
    for row in db.execute(asked, execution_options={"yield_per": _AT_ONCE}).mappings():
        opened = _json(vault.open(row["result"], sealing_place(table, "result", dict(row))))
        yield row["client_id"], row["assessed_on"], row["instrument"], opened


def _parents(table: Table) -> list[tuple[str, str]]:
    """(table, column) of the references that take a row along."""
    return [
        (key.column.table.name, key.parent.name)
        for key in table.foreign_keys
        if key.ondelete == "CASCADE" and key.column.table is not table
    ]


def _publics(db: Connection, rows: Rows) -> dict[int, str]:
    asked = select(client.c.id, client.c.public_id).where(client.c.id.in_(rows["client"]))
    return {row.id: row.public_id for row in db.execute(asked)}


def _opened(vault: Vault, table: Table, row: dict[str, Any], publics: Mapping[int, str]) -> dict[str, Any]:
    row["client_public"] = publics.get(row.get("client_id", 0), "")
    found: dict[str, Any] = {}
    secret = {"invitation"} if table.name == "campaign_person" else set()
    for column in table.columns:
        value = row[column.name]
        if column.name in _HIDDEN | secret or column.foreign_keys or value is None:
            continue
        if isinstance(column.type, SealedBytes):
            found[column.name] = _json(vault.open(value, sealing_place(table, column.name, row)))
        elif not isinstance(column.type, LargeBinary):
            found[column.name] = value.isoformat() if isinstance(value, datetime | date) else value
    return found


def _json(content: bytes) -> Any:
    import msgspec

    return msgspec.json.decode(content)


def _blank(content: Any, name: str, numbers: set[str]) -> bool:
    """Empty the innermost rows that are a person's; whether there were any."""
    if not isinstance(content, list | dict):
        return False
    values = list(content.values()) if isinstance(content, dict) else content
    inner = [_blank(one, name, numbers) for one in values]
    leaves = [_folded(one) for one in values if isinstance(one, str | int)]
    if not _is_of(leaves, name, numbers):
        return any(inner)
    for key in list(content) if isinstance(content, dict) else range(len(content)):
        if isinstance(content[key], str | int):
            content[key] = ""
    return True


def _is_of(leaves: list[str], name: str, numbers: set[str]) -> bool:
    """A row with one of the person's numbers; or with the name and no number of anybody's."""
    if numbers & set(leaves):
        return True
    return name in leaves and not any(len(one) >= 11 and one[:-1].isdigit() for one in leaves)


def _folded(value: object) -> str:
    return unicodedata.normalize("NFKC", str(value)).strip().upper().replace(" ", "").removeprefix("+86")


__all__ = ["blank_in_imports", "copy_of", "public_ids", "remove", "remove_work", "results", "rows_of", "same_person", "untouched_since"]
