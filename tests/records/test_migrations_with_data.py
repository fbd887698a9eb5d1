"""Every migration, one after the other, up and down, with rows in every table that there is: nothing that stays is lost or changed."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Integer, LargeBinary, MetaData, Table, insert, inspect, select

from tcm_engine.records import PUBLIC, Records, Vault, downgrade, revisions, upgrade
from tcm_engine.records.upgrade import config_of

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def kept(database_url: str):
    found = Records(database_url, Vault(["s" * 40]))
    yield found
    found.close()


def steps(records: Records) -> list[str]:
    """Revisions, the oldest first."""
    return [script.revision for script in reversed(list(ScriptDirectory.from_config(config_of(records)).walk_revisions()))]


def tables(db: Connection) -> MetaData:
    found = MetaData()
    found.reflect(db)
    return found


def fill(records: Records, only: set[str] | None = None) -> None:
    """One row in every table, as the schema of the moment has it."""
    with records.write() as db:
        last: dict[str, int] = {"organisation": PUBLIC}
        for table in tables(db).sorted_tables:
            there = db.execute(select(table.c[next(iter(table.c)).name])).first()
            if table.name in ("alembic_version", "organisation") or (only is not None and table.name not in only):
                last.setdefault(table.name, there[0] if there and table.name != "alembic_version" else 0)
                continue
            last[table.name] = int(db.execute(insert(table).returning(table.c.id), row(records, table, last)).scalar_one())


def row(records: Records, table: Table, last: dict[str, int]) -> dict[str, Any]:
    made = {column.name: value(records, table, column, last) for column in table.columns if column.name != "id"}
    if table.name == "idempotency_key":
        made["plan_id"] = None
    if table.name == "account":
        made["role"] = "operator"
    return made


def value(records: Records, table: Table, column: Column[Any], last: dict[str, int]) -> Any:
    if column.foreign_keys:
        parent = next(iter(column.foreign_keys)).column.table.name
        return None if parent == table.name else last.get(parent)
    if isinstance(column.type, DateTime):
        return NOW if records.kind == "postgresql" else NOW.replace(tzinfo=None)
    if isinstance(column.type, Date):
        return date(2026, 11, 24)
    if isinstance(column.type, LargeBinary):
        return secrets.token_bytes(column.type.length or 32)
    if isinstance(column.type, Integer | Boolean):
        return 7 if isinstance(column.type, Integer) else True
    return secrets.token_hex(10)[: getattr(column.type, "length", None) or 20]


def content(records: Records) -> dict[str, list[dict[str, Any]]]:
    with records.read() as db:
        found = [table for table in tables(db).sorted_tables if table.name != "alembic_version"]
        return {table.name: [dict(one) for one in db.execute(select(table).order_by(table.c.id)).mappings()] for table in found}


def kept_columns(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> None:
    """Every row that was there is there still, with the same values in every column that both schemas have."""
    for name in before.keys() & after.keys():
        assert len(before[name]) == len(after[name]), name
        for old, new in zip(before[name], after[name], strict=True):
            same = old.keys() & new.keys()
            assert {key: old[key] for key in same} == {key: new[key] for key in same}, name


def test_upwards_every_row_of_every_earlier_schema_stays(kept: Records) -> None:
    known: set[str] = set()
    for revision in steps(kept):
        before = content(kept) if known else {}
        upgrade(kept, revision)
        kept_columns(before, content(kept))
        with kept.read() as db:
            names = set(inspect(db).get_table_names())
        fill(kept, names - known)
        known = names
    assert revisions(kept)[0] == revisions(kept)[1]
    assert all(rows for rows in content(kept).values())


def test_downwards_what_the_earlier_schema_knows_stays(kept: Records) -> None:
    upgrade(kept)
    fill(kept)
    for revision in reversed(steps(kept)[:-1]):
        before = content(kept)
        downgrade(kept, revision)
        kept_columns(before, content(kept))
    assert set(content(kept)) == {"organisation", "assessment", "plan", "draft", "idempotency_key"}


def test_down_and_up_again_with_rows(kept: Records) -> None:
    upgrade(kept)
    fill(kept)
    for revision in reversed(steps(kept)[:-1]):
        downgrade(kept, revision)
        before = content(kept)
        upgrade(kept)
        kept_columns(before, content(kept))
        downgrade(kept, revision)
