"""How far a change of the secret key is: kept in the database, so that it goes on where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, LargeBinary, String, insert, select, update

from .organisation import PUBLIC
from .schema import Moment, owned

DONE = "done"

key_rotation = owned(
    "key_rotation",
    Column("key_id", LargeBinary(4), nullable=False, unique=True, comment="id of the key that everything is sealed with anew"),
    Column("started_at", Moment, nullable=False),
    Column("stage", String(40), nullable=False, comment="table that is worked on; done where nothing is left"),
    Column("position", Integer, nullable=False, comment="last row of that table that is done"),
    Column("ended_at", Moment, nullable=True),
)


@dataclass(frozen=True, slots=True)
class RotationRow:
    started_at: datetime
    stage: str
    position: int
    ended_at: datetime | None


def find(db: Connection, key_id: bytes) -> RotationRow | None:
    asked = select(key_rotation.c.started_at, key_rotation.c.stage, key_rotation.c.position, key_rotation.c.ended_at)
    row = db.execute(asked.where(key_rotation.c.key_id == key_id)).first()
    return row and RotationRow(*row)


def begin(db: Connection, key_id: bytes, now: datetime) -> None:
    """It belongs to the installation: all organisations share its key."""
    row = {"organisation_id": PUBLIC, "key_id": key_id, "started_at": now, "stage": "", "position": 0, "ended_at": None}
    db.execute(insert(key_rotation), row)


def reached(db: Connection, key_id: bytes, stage: str, position: int, ended_at: datetime | None = None) -> None:
    change = update(key_rotation).where(key_rotation.c.key_id == key_id)
    db.execute(change.values(stage=stage, position=position, ended_at=ended_at))
