"""The lease of the one process that does long work.

Nobody compares wall clocks, so that a clock that jumps takes nothing from anybody and holds up nobody: a holder's heart beats in a row, and
who waits takes over when it saw no beat for TTL_S seconds of its own steady clock, or when the holder was a process of this machine that
is gone. Should a holder have slept and not died, it finds the lease gone in the transaction in which it wants to write, and writes nothing.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from tcm_engine.center import Center
from tcm_engine.records import lease

NAME = "work"
TTL_S = 15.0
_BEATS = 4
"""Heartbeats within TTL_S."""


class LeaseLost(RuntimeError):
    """Another process does the work now; nothing may be written here any more."""


class Lease:
    """One process's hold on the work, or its waiting for it."""

    def __init__(self, center: Center, ttl_s: float = TTL_S, steady: Callable[[], float] = time.monotonic, holder: str = ""):
        self._center, self._ttl, self._steady = center, ttl_s, steady
        self.holder = holder or f"{_here()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._seen: tuple[lease.Held | None, float] = (None, steady())
        self._ended = threading.Event()
        self._heart: threading.Thread | None = None

    def take(self) -> bool:
        """Whether the lease is this process's now; asked again and again while it is not."""
        with self._center.records.read() as db:
            found = lease.held(db, NAME)
        if found and found.holder == self.holder:
            return True
        if found != self._seen[0]:
            self._seen = (found, self._steady())
        if found and not _is_gone(found.holder) and self._steady() - self._seen[1] < self._ttl:
            return False
        try:
            with self._center.records.write() as db:
                if found is None:
                    lease.take_free(db, NAME, self.holder, self._until())
                    return True
                return lease.take_over(db, NAME, found, self.holder, self._until())
        except IntegrityError:
            return False

    def hold(self, db: Connection) -> None:
        """In a transaction that writes: raises LeaseLost where another process has taken over, and else keeps that from happening."""
        if not lease.beat(db, NAME, self.holder, self._until()):
            raise LeaseLost

    def start_heart(self) -> None:
        """Beat in a thread until `give_back`."""
        self._ended.clear()
        self._heart = threading.Thread(target=self._beat, daemon=True)
        self._heart.start()

    def give_back(self) -> None:
        """The next process need not wait."""
        self._ended.set()
        if self._heart:
            self._heart.join()
        with suppress(SQLAlchemyError), self._center.records.write() as db:
            lease.give_back(db, NAME, self.holder)

    def _beat(self) -> None:
        while not self._ended.wait(self._ttl / _BEATS):
            # A database that does not answer now is asked again; who holds the lease is asked at every writing anyway.
            with suppress(SQLAlchemyError), self._center.records.write() as db:
                if not lease.beat(db, NAME, self.holder, self._until()):
                    return

    def _until(self) -> datetime:
        return self._center.clock() + timedelta(seconds=self._ttl)


def _here() -> str:
    """This machine since its last start, and this space of process numbers."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot[:13]}.{os.readlink('/proc/self/ns/pid').strip('pid:[]')}"
    except OSError:
        return socket.gethostname()[:40]


def _is_gone(holder: str) -> bool:
    """Whether the holder was a process here and is no more."""
    place, _, rest = holder.partition(":")
    number = rest.partition(":")[0]
    if place != _here() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _is_zombie(int(number))


def _is_zombie(process: int) -> bool:
    """Ended, and only not yet asked about by its parent."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False
