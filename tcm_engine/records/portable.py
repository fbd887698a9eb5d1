"""All rows of a database as plain values, and back: from either kind of database into either kind.

Tables are read as they stand in the database, not as this program knows them, so that an earlier schema can be put back as it was.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, bindparam, delete, func, insert, select, update

from .database import Records
from .organisation import PUBLIC_CODE
from .schema import SealedBytes
from .tables import metadata
from .upgrade import config_of, downgrade, revisions, upgrade

VERSION_TABLE = "alembic_version"
ROWS_AT_ONCE = 1_000
_KEY_ID_BYTES = 4


class NotEmpty(RuntimeError):
    """The database holds something already: nothing is put back over it."""


@dataclass(frozen=True, slots=True)
class Batch:
    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    """Values that JSON has; bytes, moments and days as {"b": …}, {"t": …}, {"d": …}."""
    key_ids: frozenset[bytes]
    """Of the keys that sealed something in it."""


def dump(db: Connection) -> Iterator[Batch]:
    """Every row of every table, parents first, a thousand rows at a time; at least one batch a table."""
    for table in _tables(db).sorted_tables:
        if table.name == VERSION_TABLE:
            continue
        columns = tuple(column.name for column in table.columns)
        sealed = _sealed_columns(table.name)
        found = db.execute(select(table).order_by(table.c.id), execution_options={"yield_per": ROWS_AT_ONCE})
        empty = True
        for rows in found.partitions(ROWS_AT_ONCE):
            empty = False
            keys = frozenset(bytes(value[:_KEY_ID_BYTES]) for row in rows for name in sealed if (value := row._mapping[name]))
            yield Batch(table.name, columns, tuple(tuple(_plain(value) for value in row) for row in rows), keys)
        if empty:
            yield Batch(table.name, columns, (), frozenset())


def is_empty(records: Records) -> bool:
    """Whether there are no tables yet, or nothing in them but the built-in organisation."""
    with records.read() as db:
        tables = _tables(db)
        for table in tables.sorted_tables:
            if table.name in (VERSION_TABLE, "organisation"):
                continue
            if db.execute(select(func.count()).select_from(table)).scalar_one():
                return False
        house = tables.tables.get("organisation")
        return house is None or not db.execute(select(house.c.id).where(house.c.code != PUBLIC_CODE)).first()


def knows_revision(records: Records, revision: str) -> bool:
    """Whether this program has the migrations of a schema; not where it was made by a newer program."""
    return revision in {script.revision for script in ScriptDirectory.from_config(config_of(records)).walk_revisions()}


def prepare_empty(records: Records, revision: str) -> None:
    """An empty database with the schema of `revision`. Raises NotEmpty."""
    if not is_empty(records):
        raise NotEmpty
    current, _ = revisions(records)
    if current not in (None, revision):
        downgrade(records)
    upgrade(records, revision)


def load(db: Connection, batches: Iterable[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]) -> dict[str, int]:
    """Put rows back into an empty database, in the order in which `dump` gave them: table -> rows written."""
    tables = _tables(db)
    zoned = db.dialect.name == "postgresql"
    counts: dict[str, int] = {}
    later: list[tuple[Table, str, list[dict[str, Any]]]] = []
    db.execute(delete(tables.tables["organisation"]))
    for name, columns, rows in batches:
        table = tables.tables[name]
        values = [{column: _value(cell, zoned) for column, cell in zip(columns, row, strict=True)} for row in rows]
        later += _postpone(table, values)
        if values:
            db.execute(insert(table), values)
        counts[name] = counts.get(name, 0) + len(values)
    for table, column, links in later:
        db.execute(update(table).where(table.c.id == bindparam("of_id")).values({column: bindparam("to_id")}), links)
    if zoned:
        _count_on(db, tables)
    return counts


def counts(db: Connection) -> dict[str, int]:
    """Table -> rows."""
    found = [table for table in _tables(db).sorted_tables if table.name != VERSION_TABLE]
    return {table.name: int(db.execute(select(func.count()).select_from(table)).scalar_one()) for table in found}


def _tables(db: Connection) -> MetaData:
    found = MetaData()
    found.reflect(db)
    return found


def _sealed_columns(table: str) -> tuple[str, ...]:
    known = metadata.tables.get(table)
    return tuple(column.name for column in known.columns if isinstance(column.type, SealedBytes)) if known is not None else ()


def _postpone(table: Table, values: list[dict[str, Any]]) -> list[tuple[Table, str, list[dict[str, Any]]]]:
    """Links to other rows of the same table are set when all of them are there."""
    found = []
    own = {key.parent.name for key in table.foreign_keys if key.column.table is table}
    for column in sorted(own):
        links = [{"of_id": row["id"], "to_id": row[column]} for row in values if row[column] is not None]
        for row in values:
            row[column] = None
        if links:
            found.append((table, column, links))
    return found


def _count_on(db: Connection, tables: MetaData) -> None:
    """PostgreSQL's counters go on after the largest id."""
    for table in tables.sorted_tables:
        if table.name != VERSION_TABLE and "id" in table.c:
            largest = db.execute(select(func.max(table.c.id))).scalar()
            if largest:
                db.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), largest)))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"b": base64.b64encode(bytes(value)).decode("ascii")}
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return {"t": moment.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value


def _value(cell: Any, zoned: bool) -> Any:
    if not isinstance(cell, Mapping):
        return cell
    if "b" in cell:
        return base64.b64decode(cell["b"])
    if "d" in cell:
        return date.fromisoformat(cell["d"])
    moment = datetime.fromisoformat(cell["t"])
    return moment if zoned else moment.replace(tzinfo=None)
