"""How an organisation wants it: its face on pages and plans, its password policy, smallest cells, retention. One sealed JSON row each."""

from __future__ import annotations

from sqlalchemy import Column, Integer, UniqueConstraint

from .schema import Moment, SealedBytes, owned

organisation_setting = owned(
    "organisation_setting",
    Column("content", SealedBytes, nullable=False, comment="JSON"),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("organisation_id"),
)
