"""What was measured of a client on one day: pressure, glucose, weight and the like, sealed together.

A row is never changed: what was entered by mistake is marked as removed, and the right values are a new row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, bindparam, insert, select, update

from .schema import Moment, SealedBytes, belongs_to, new_public_id, owned, public_id
from .sealed_json import open_json, seal_json
from .vault import Vault

measurement = owned(
    "measurement",
    public_id(),
    belongs_to("client"),
    Column("taken_on", Date, nullable=False),
    Column("content", SealedBytes, nullable=False, comment="JSON: code -> number, and where it comes from"),
    Column("account_id", Integer, nullable=True, comment="who entered it"),
    Column("created_at", Moment, nullable=False),
    Column("removed_at", Moment, nullable=True, comment="entered by mistake"),
)

_of_client = (measurement.c.organisation_id == bindparam("organisation")) & (measurement.c.client_id == bindparam("client"))
_all = (
    select(
        measurement.c.id, measurement.c.public_id, measurement.c.taken_on, measurement.c.content, measurement.c.account_id,
        measurement.c.created_at, measurement.c.removed_at,
    )
    .where(_of_client)
    .order_by(measurement.c.taken_on.desc(), measurement.c.id.desc())
)  # fmt: skip
_remove = (
    update(measurement)
    .where(_of_client & (measurement.c.public_id == bindparam("public")) & measurement.c.removed_at.is_(None))
    .values(removed_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class MeasurementRow:
    id: int
    public_id: str
    taken_on: date
    content: Mapping[str, Any]
    account: int | None
    created_at: datetime
    removed_at: datetime | None


def add(
    db: Connection,
    vault: Vault,
    organisation: int,
    client: int,
    taken_on: date,
    content: Mapping[str, Any],
    account: int | None,
    now: datetime,
) -> str:
    """Public id of the new row."""
    public = new_public_id()
    row = {"organisation_id": organisation, "public_id": public, "client_id": client, "taken_on": taken_on, "account_id": account}
    row |= {"content": seal_json(vault, "measurement", public, content), "created_at": now, "removed_at": None}
    db.execute(insert(measurement), row)
    return public


def remove(db: Connection, organisation: int, client: int, public: str, now: datetime) -> bool:
    """Whether it stood until now."""
    return db.execute(_remove, {"organisation": organisation, "client": client, "public": public, "now": now}).rowcount == 1


def of_client(db: Connection, vault: Vault, organisation: int, client: int) -> tuple[MeasurementRow, ...]:
    """All of a client's, those removed included, the newest day first."""
    return tuple(
        MeasurementRow(
            row.id, row.public_id, row.taken_on, open_json(vault, "measurement", row.public_id, row.content), row.account_id,
            row.created_at, row.removed_at,
        )
        for row in db.execute(_all, {"organisation": organisation, "client": client})
    )  # fmt: skip
