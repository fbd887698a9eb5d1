"""The schema on both databases: migrations up and down, what the tables promise, how SQLite is set up."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from tcm_engine.records import PUBLIC, Records, SchemaBehind, Vault, downgrade, prepare, revisions, upgrade
from tcm_engine.records.tables import metadata, organisation

SECRET = "s" * 40


def records(url: str) -> Records:
    return Records(url, Vault([SECRET]))


def test_up_and_down_and_up_again(database_url: str) -> None:
    kept = records(database_url)
    assert revisions(kept)[0] is None
    upgrade(kept)
    current, newest = revisions(kept)
    assert current == newest is not None
    downgrade(kept)
    assert inspect(kept.engine).get_table_names() == ["alembic_version"]
    upgrade(kept)
    assert revisions(kept) == (newest, newest)
    kept.close()


def test_migrations_make_what_the_tables_say(database_url: str) -> None:
    kept = records(database_url)
    upgrade(kept)
    with kept.read() as db:
        assert compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), metadata) == []
    kept.close()


def test_the_built_in_organisation_has_the_id_the_code_means(database_url: str) -> None:
    kept = records(database_url)
    upgrade(kept)
    with kept.read() as db:
        assert [(row.id, row.code) for row in db.execute(organisation.select())] == [(PUBLIC, "public")]
    kept.close()


@pytest.mark.parametrize("table", sorted(set(metadata.tables) - {"organisation"}))
def test_every_row_belongs_to_an_organisation(table: str) -> None:
    owner = metadata.tables[table].c.organisation_id
    assert not owner.nullable
    assert [key.target_fullname for key in owner.foreign_keys] == ["organisation.id"]


def test_a_row_without_its_organisation_is_refused(database_url: str) -> None:
    kept = records(database_url)
    upgrade(kept)
    with pytest.raises(IntegrityError), kept.write() as db:
        db.execute(
            metadata.tables["draft"].insert(),
            {
                "organisation_id": 4711,
                "handle": b"h",
                "content": kept.vault.seal(b"", b""),
                "created_at": _now(),
                "expires_at": _now(),
            },
        )
    kept.close()


def test_a_server_brings_sqlite_up_to_date(tmp_path) -> None:
    kept = records(f"sqlite:///{tmp_path / 'deep' / 'new.sqlite3'}")
    prepare(kept)
    prepare(kept)
    current, newest = revisions(kept)
    assert current == newest


@pytest.mark.postgres
def test_a_server_leaves_postgresql_to_its_operator(postgres_url: str) -> None:
    kept = records(postgres_url)
    with pytest.raises(SchemaBehind, match="tcm db upgrade"):
        prepare(kept)
    upgrade(kept)
    prepare(kept)
    kept.close()


def test_sqlite_is_durable_and_keeps_its_references(tmp_path) -> None:
    kept = records(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with kept.read() as db:
        found = {
            name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        assert db.exec_driver_sql("PRAGMA busy_timeout").scalar() >= 5000
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


@pytest.mark.parametrize(("url", "words"), [("sqlite://", "needs a file"), ("mysql://x/y", "use sqlite or postgresql")])
def test_other_databases_are_refused(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        records(url)


def _now():
    from datetime import UTC, datetime

    return datetime.now(UTC)
