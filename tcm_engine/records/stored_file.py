"""Files that a centre keeps. They lie sealed and named by a keyed hash of their content; here stands whose they are."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, UniqueConstraint

from .schema import Moment, owned, public_id
from .vault import HANDLE_BYTES

stored_file = owned(
    "stored_file",
    public_id(),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, comment="keyed hash of organisation and content"),
    Column("path", String(120), nullable=False, comment="below the folder of stored files"),
    Column("kind", String(30), nullable=False, comment="plan_pdf, archive, report …"),
    Column("size", Integer, nullable=False, comment="bytes of the content"),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=True, index=True),
    UniqueConstraint("organisation_id", "handle"),
)
