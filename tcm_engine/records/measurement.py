"""What was measured of a client on one day: pressure, glucose, weight and the like, sealed together."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer

from .schema import Moment, SealedBytes, belongs_to, owned, public_id

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
