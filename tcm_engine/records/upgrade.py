"""The version of the database's schema, and bringing it up to date with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from .database import Records


class SchemaBehind(RuntimeError):
    """The database's schema is not the one this program was written for."""


def revisions(records: Records) -> tuple[str | None, str | None]:
    """(the database's revision, the newest revision)."""
    with records.read() as db:
        current = MigrationContext.configure(db).get_current_revision()
    return current, ScriptDirectory.from_config(config_of(records)).get_current_head()


def upgrade(records: Records, revision: str = "head") -> None:
    """Bring the schema to `revision`, in one transaction."""
    command.upgrade(config_of(records), revision)


def downgrade(records: Records, revision: str = "base") -> None:
    """Bring the schema back to `revision`; what later tables hold is lost."""
    command.downgrade(config_of(records), revision)


def prepare(records: Records) -> None:
    """What a server does before it answers: SQLite is brought up to date, PostgreSQL only checked.

    Raises SchemaBehind where an operator has to run `tcm db upgrade`.
    """
    current, newest = revisions(records)
    if current == newest:
        return
    if records.kind != "sqlite":
        raise SchemaBehind(f"the database is at revision {current or 'none'}, this program needs {newest}; run: tcm db upgrade")
    upgrade(records)


def config_of(records: Records) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["engine"] = records.engine
    return config
