"""Contacts with a client that are due or were made."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String

from .schema import Moment, SealedBytes, belongs_to, owned, public_id

follow_up = owned(
    "follow_up",
    public_id(),
    belongs_to("client"),
    Column("due_on", Date, nullable=False),
    Column("kind", String(20), nullable=False, comment="contact, reassessment or referral"),
    Column("state", String(20), nullable=False, comment="due, done or cancelled"),
    Column("done_on", Date, nullable=True),
    Column("content", SealedBytes, nullable=False, comment="JSON: way, tier, outcome, note"),
    Column("account_id", Integer, nullable=True, comment="who made it"),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
)
