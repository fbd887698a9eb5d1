"""How Alembic runs a migration: on the connection it is given, in one transaction.

SQLite changes a table by making it anew and dropping the old one, and dropping it would delete every row that refers to it. So references
are not enforced meanwhile; all of them are checked before the commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from tcm_engine.records.tables import metadata


@contextmanager
def _references_at_rest(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  # a connection that is open has one
    driver.execute("PRAGMA foreign_keys=OFF")  # has no effect within a transaction
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"{len(broken)} references lead nowhere after the migration, the first from table {broken[0][0]}")


engine = context.config.attributes["engine"]
with engine.connect().execution_options(writes=True) as connection, _references_at_rest(connection):
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()
        _check_references(connection)
    if connection.in_transaction():
        connection.commit()
