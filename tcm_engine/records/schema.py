"""What all tables share: names of constraints, moments in UTC, encrypted columns."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

from .vault import Sealed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment with a zone, kept as UTC; one without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedBytes(TypeDecorator[bytes]):
    """A column of personal data. It takes nothing but what the vault has sealed, so that no one forgets to."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Any) -> bytes | None:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError("an encrypted column takes only what Vault.seal returned")
        return None if value is None else bytes(value)


PUBLIC_ID_CHARACTERS = 40
"""Widest of the ids that stand in addresses."""


def new_public_id() -> str:
    """An id for addresses: it can't be guessed, says nothing, and opens nothing by itself: who asks must be of the organisation."""
    return secrets.token_hex(10)


def owned(name: str, *columns: SchemaItem) -> Table:
    """A table whose rows belong to an organisation."""
    owner: Column[int] = Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True)
    return Table(name, metadata, Column("id", Integer, primary_key=True), owner, *columns)


def public_id() -> Column[str]:
    return Column("public_id", String(PUBLIC_ID_CHARACTERS), nullable=False, unique=True)


def belongs_to(table: str, *, nullable: bool = False, ondelete: str | None = "CASCADE", name: str = "") -> Column[int]:
    """A reference to a row of another table; with `ondelete="CASCADE"` the row goes with it."""
    return Column(name or f"{table}_id", ForeignKey(f"{table}.id", ondelete=ondelete), nullable=nullable, index=True)


def place(table: str, public: str, column: str = "content") -> bytes:
    """Where a sealed value belongs: moved to another row or column it no longer opens."""
    return f"{table}.{column}:{public}".encode()
