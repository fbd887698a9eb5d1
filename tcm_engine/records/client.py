"""Client records: everything about the person sealed, found again by keyed hashes of what is searched for exactly."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, UniqueConstraint

from .schema import Moment, SealedBytes, belongs_to, owned, public_id
from .vault import HANDLE_BYTES

client = owned(
    "client",
    public_id(),
    belongs_to("branch", nullable=True, ondelete=None),
    Column("content", SealedBytes, nullable=False, comment="JSON: identity, contacts, profile"),
    Column("version", Integer, nullable=False, comment="counts up with every change"),
    belongs_to("client", nullable=True, ondelete=None, name="merged_into_id"),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

client_version = owned(
    "client_version",
    belongs_to("client"),
    Column("version", Integer, nullable=False),
    Column("content", SealedBytes, nullable=False, comment="JSON, as it was in that version"),
    Column("account_id", Integer, nullable=True, comment="who wrote it"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("client_id", "version"),
)

client_index = owned(
    "client_index",
    belongs_to("client"),
    Column("kind", String(20), nullable=False, comment="name, initials, phone, id_number, code"),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, comment="keyed hash of organisation, kind and value"),
    Index("ix_client_index_search", "organisation_id", "kind", "handle"),
)
