"""Long work: what is to do and what is done, row by row; and the lease of the one process that hands it out."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, UniqueConstraint

from .schema import Moment, SealedBytes, belongs_to, owned, public_id

job = owned(
    "job",
    public_id(),
    belongs_to("campaign", nullable=True),
    Column("kind", String(30), nullable=False),
    Column("content", SealedBytes, nullable=False, comment="JSON: what was asked for"),
    Column("state", String(20), nullable=False, comment="waiting, running, stopped, done or failed"),
    Column("total", Integer, nullable=False),
    Column("account_id", Integer, nullable=True, comment="who asked for it"),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment, nullable=True),
    Column("ended_at", Moment, nullable=True),
    Column("stop_asked_at", Moment, nullable=True),
)

job_item = owned(
    "job_item",
    belongs_to("job"),
    Column("key", String(80), nullable=False, comment="the same thing has the same key: it is never done twice"),
    Column("state", String(20), nullable=False, comment="waiting, done or failed"),
    Column("attempts", Integer, nullable=False),
    Column("error", String(60), nullable=False, comment="a code; empty where there is none"),
    belongs_to("stored_file", nullable=True, ondelete="SET NULL"),
    Column("ended_at", Moment, nullable=True),
    UniqueConstraint("job_id", "key"),
    Index("ix_job_item_state", "job_id", "state"),
)

lease = owned(
    "lease",
    Column("name", String(40), nullable=False, unique=True),
    Column("holder", String(80), nullable=False),
    Column("expires_at", Moment, nullable=False),
)
