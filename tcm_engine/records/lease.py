"""Leases: which process alone does a thing. No clock decides: whoever waits looks whether the heartbeat still beats.

A row is changed only by whoever names its holder and its last beat, so that of two that reach for it one gets it. `expires_at` is for
people to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, bindparam, delete, insert, select, update

from .organisation import PUBLIC
from .schema import Moment, owned

lease = owned(
    "lease",
    Column("name", String(40), nullable=False, unique=True),
    Column("holder", String(80), nullable=False),
    Column("beat", Integer, nullable=False, comment="counts up with every sign of life"),
    Column("expires_at", Moment, nullable=False, comment="for people; nothing is decided by it"),
)

_find = select(lease.c.holder, lease.c.beat).where(lease.c.name == bindparam("lease"))
_take = (
    update(lease)
    .where((lease.c.name == bindparam("lease")) & (lease.c.holder == bindparam("seen")) & (lease.c.beat == bindparam("seen_beat")))
    .values(holder=bindparam("to"), beat=lease.c.beat + 1, expires_at=bindparam("until"))
)
_beat = (
    update(lease)
    .where((lease.c.name == bindparam("lease")) & (lease.c.holder == bindparam("of")))
    .values(beat=lease.c.beat + 1, expires_at=bindparam("until"))
)
_drop = delete(lease).where((lease.c.name == bindparam("lease")) & (lease.c.holder == bindparam("of")))


@dataclass(frozen=True, slots=True)
class Held:
    holder: str
    beat: int


def held(db: Connection, name: str) -> Held | None:
    row = db.execute(_find, {"lease": name}).first()
    return row and Held(*row)


def take_free(db: Connection, name: str, holder: str, until: datetime) -> None:
    """Raises IntegrityError where somebody was faster."""
    db.execute(insert(lease), {"organisation_id": PUBLIC, "name": name, "holder": holder, "beat": 0, "expires_at": until})


def take_over(db: Connection, name: str, seen: Held, holder: str, until: datetime) -> bool:
    """Whether it is `holder`'s now: it is not where its heart beat once more, or somebody was faster."""
    found = db.execute(_take, {"lease": name, "seen": seen.holder, "seen_beat": seen.beat, "to": holder, "until": until})
    return found.rowcount == 1


def beat(db: Connection, name: str, holder: str, until: datetime) -> bool:
    """A sign of life. False where the lease is another's by now. In a transaction it keeps the lease until its end."""
    return db.execute(_beat, {"lease": name, "of": holder, "until": until}).rowcount == 1


def give_back(db: Connection, name: str, holder: str) -> None:
    db.execute(_drop, {"lease": name, "of": holder})
