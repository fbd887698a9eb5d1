"""Organisations. Everything a centre keeps belongs to one; public self-tests belong to the built-in one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, bindparam, insert, select

from .schema import Moment, metadata

PUBLIC = 1
"""Id of the built-in organisation; the first migration inserts it."""
PUBLIC_CODE = "public"
LONGEST_ORGANISATION = 60
"""Characters."""

organisation = Table(
    "organisation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(LONGEST_ORGANISATION), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
)

_select = select(organisation.c.id).where(organisation.c.code == bindparam("code"))
_name = select(organisation.c.name).where(organisation.c.id == bindparam("organisation"))
_insert = insert(organisation).returning(organisation.c.id)


def find_organisation(db: Connection, code: str) -> int | None:
    return db.execute(_select, {"code": code}).scalar()


def organisation_name(db: Connection, organisation: int) -> str:
    """Empty for one that does not exist."""
    return db.execute(_name, {"organisation": organisation}).scalar() or ""


def add_organisation(db: Connection, code: str, name: str, now: datetime) -> int:
    """Raises sqlalchemy.exc.IntegrityError where the code is taken."""
    return int(db.execute(_insert, {"code": code, "name": name, "created_at": now}).scalar_one())
