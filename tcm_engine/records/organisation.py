"""Organisations. Everything a centre keeps belongs to one; public self-tests belong to the built-in one."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from .schema import Moment, metadata

PUBLIC = 1
"""Id of the built-in organisation; the first migration inserts it."""
PUBLIC_CODE = "public"

organisation = Table(
    "organisation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(60), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
)
