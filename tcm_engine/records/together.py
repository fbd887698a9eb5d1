"""Committing together: requests that wait for the disk at the same time share one wait. Each is still all or nothing, and durable.

Whoever gets the lock first writes for all that wait, each in a savepoint of its own, and commits once (docs/decisions/0018).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Waiting:
    work: Callable[[Connection], Any]
    value: Any = None
    error: BaseException | None = None
    done: bool = False


class Together:
    """The writers of one process to one SQLite database."""

    def __init__(self, engine: Engine):
        self.lock = Lock()
        self._engine = engine
        self._queue: deque[_Waiting] = deque()
        self._connection: Connection | None = None

    def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, once it is committed. What it raises undoes its own writing alone."""
        own = _Waiting(work)
        self._queue.append(own)
        with self.lock:
            if not own.done:
                self._write_all()
        if own.error is not None:
            raise own.error
        return own.value

    def close(self) -> None:
        with self.lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _write_all(self) -> None:
        batch = [self._queue.popleft() for _ in range(len(self._queue))]
        try:
            db = self._open()
            with db.begin():
                if len(batch) == 1:
                    batch[0].value = batch[0].work(db)
                else:
                    for one in batch:
                        _try(db, one)
        except BaseException as error:
            for one in batch:
                one.error = one.error or error
        for one in batch:
            one.done = True

    def _open(self) -> Connection:
        """One connection is kept for writing: checking one out costs as much as the writing."""
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(writes=True)
        return self._connection


def _try(db: Connection, one: _Waiting) -> None:
    try:
        with db.begin_nested():
            one.value = one.work(db)
    except Exception as error:
        one.error = error
