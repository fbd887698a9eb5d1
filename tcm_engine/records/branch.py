"""Branches of an organisation: an account may be bound to one, and a client record belongs to one or to the whole."""

from __future__ import annotations

from sqlalchemy import Column, String

from .schema import Moment, owned, public_id

LONGEST_BRANCH = 80
"""Characters."""

branch = owned(
    "branch",
    public_id(),
    Column("name", String(LONGEST_BRANCH), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment, nullable=True),
)
