"""One database, SQLite or PostgreSQL by its URL; durable on every commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from .together import Together
from .vault import Vault

T = TypeVar("T")

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA secure_delete=ON",
)
"""What is deleted is overwritten; a commit that returned survives a loss of power."""


class Records:
    """A pool of connections and the vault that opens what they read.

    Raises ValueError for a URL of another kind of database, or for SQLite in memory (each connection would be a database of its own).
    """

    def __init__(self, url: str, vault: Vault):
        self.vault = vault
        self.engine = _engine(url)
        # SQLite lets one write at a time and lets the others sleep for milliseconds; a lock of this process wakes the next at once.
        self._together = Together(self.engine) if self.kind == "sqlite" else None

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self.engine.connect() as db:
            yield db

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees the database as it is at its first question, whatever is written meanwhile."""
        level = {"isolation_level": "REPEATABLE READ"} if self.kind == "postgresql" else {}
        with self.engine.connect().execution_options(**level) as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed, durably, where the block ends; rolled back where it raises."""
        with self.engine.connect().execution_options(writes=True) as db, self._alone(), db.begin():
            yield db

    def store(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, committed durably or undone; on SQLite those that come together wait for the disk together."""
        if self._together:
            return self._together.write(work)
        with self.write() as db:
            return work(db)

    def answers(self) -> bool:
        """Whether the database answers."""
        try:
            with self.read() as db:
                db.exec_driver_sql("SELECT 1")
        except SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        if self._together:
            self._together.close()
        self.engine.dispose()

    def _alone(self) -> AbstractContextManager[object]:
        return self._together.lock if self._together else nullcontext()


def _engine(url: str) -> Engine:
    address = make_url(url)
    kind = address.get_backend_name()
    if kind == "postgresql":
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=8)
    if kind != "sqlite":
        raise ValueError(f"database of kind {kind}: use sqlite or postgresql")
    if not address.database or address.database == ":memory:":
        raise ValueError("SQLite needs a file: sqlite:////path/to/tcm.sqlite3")
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, poolclass=QueuePool, pool_size=8, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling begins too late; `_begin_sqlite` begins instead.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(db: Connection) -> None:
    # A writer takes its lock at once: two that read first and write then would deadlock.
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("writes") else "BEGIN")
