"""Deleting what has expired, from every table that expires."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete

from .assessment import assessment
from .draft import draft
from .idempotency import idempotency_key
from .plan import plan

_deletes = tuple(delete(table).where(table.c.expires_at <= bindparam("now")) for table in (idempotency_key, plan, assessment, draft))


def purge(db: Connection, now: datetime) -> int:
    """Number of rows deleted. Rows without an expiry stay."""
    return sum(db.execute(statement, {"now": now}).rowcount for statement in _deletes)
