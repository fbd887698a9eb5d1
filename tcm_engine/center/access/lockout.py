"""Counting failures to sign in, by login and by address, in the database: a restart forgives nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from tcm_engine.records import Vault, sign_in

LOCK = timedelta(minutes=15)
"""How long a lock lasts, and how long a failure counts."""
MOST_OF_LOGIN, MOST_OF_ADDRESS = 5, 50
"""Failures in a row that lock a login; failures that lock an address (a centre may have one for everybody)."""


def is_locked(db: Connection, vault: Vault, counted: str, now: datetime) -> bool:
    found = sign_in.find_failures(db, vault, counted)
    return bool(found and found.locked_until and found.locked_until > now)


def count_failure(db: Connection, vault: Vault, counted: str, most: int, now: datetime) -> bool:
    """Whether this failure locks."""
    found = sign_in.find_failures(db, vault, counted)
    # A clock that jumped back makes no failure old.
    before = found.failures if found and now - found.last_at < LOCK else 0
    locks = before + 1 >= most
    sign_in.write_failures(db, vault, counted, 0 if locks else before + 1, now, now + LOCK if locks else None)
    return locks


def of_login(code: str, login: str) -> str:
    return f"login\0{code}\0{login}"


def of_address(address: str) -> str:
    return f"address\0{address}"
