"""Doing a thing once for one Idempotency-Key, however often and however simultaneously it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from tcm_engine.records import RequestKey, find_remembered, remember, request_key

from .center import Caller, Center
from .errors import KeyReused


@dataclass(frozen=True, slots=True)
class Once:
    """A caller's key, and the digest of the request that it stands for."""

    key: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """A record that was made: its public id, its row, and until when it lives."""

    token: str
    expires_at: datetime | None
    assessment_id: int | None = None
    plan_id: int | None = None


def create(center: Center, caller: Caller, kind: str, once: Once | None, make: Callable[[Connection], Made]) -> tuple[str, bool]:
    """(public id, whether it was made now) of what `make` writes, in one transaction with the key.

    Raises KeyReused where the key stands for another request. Of two that race the loser's writing is rolled back.
    """
    if once is None:
        return center.records.store(make).token, True
    key = request_key(center.records.vault, caller.organisation, f"{kind}\0{caller.scope}", once.key, once.body)
    earlier = _earlier(center, key)
    if earlier:
        return earlier, False
    try:
        made = center.records.store(lambda db: _remembered(center, db, key, make(db)))
    except IntegrityError:
        earlier = _earlier(center, key)
        if earlier is None:
            raise
        return earlier, False
    return made.token, True


def _earlier(center: Center, key: RequestKey) -> str | None:
    with center.records.read() as db:
        found = find_remembered(db, center.records.vault, key, center.clock())
    if found and found.request != key.request:
        raise KeyReused
    return found.token if found else None


def _remembered(center: Center, db: Connection, key: RequestKey, made: Made) -> Made:
    now = center.clock()
    until = now + center.keeping.request
    expires_at = min(until, made.expires_at) if made.expires_at else until
    remember(db, center.records.vault, key, made.token, expires_at, now, assessment_id=made.assessment_id, plan_id=made.plan_id)
    return made
