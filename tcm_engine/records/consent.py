"""What a client agreed to, in which version of the text, and when it was withdrawn. Rows are never changed otherwise."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String

from .schema import Moment, belongs_to, owned, public_id

consent = owned(
    "consent",
    public_id(),
    belongs_to("client"),
    Column("purpose", String(30), nullable=False),
    Column("text_version", String(40), nullable=False),
    Column("means", String(20), nullable=False, comment="how it was given: paper, tablet, link, staff"),
    Column("account_id", Integer, nullable=True, comment="who took it down; empty: the client"),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment, nullable=True),
)
