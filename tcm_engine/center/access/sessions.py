"""Sessions: begun by signing in, taken up by a cookie's token, over when idle, old, ended or revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotAuthenticated
from tcm_engine.records import session

IDLE = timedelta(minutes=30)
"""Without a request for so long, a session is over."""
LONGEST = timedelta(hours=12)
_STEP = timedelta(minutes=1)
"""A session's last request is written down at most so often."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session speaks for."""

    caller: Caller
    login: str
    organisation_name: str
    session_id: str
    """Public id of the session."""
    complete: bool
    """False: the second factor is still to come, and nothing else may be done."""


def start_session(db: Connection, center: Center, organisation: int, account: int, device: str, *, second_factor: bool) -> str:
    """The token of a new session, in the transaction of who signs in; for a cookie and nowhere else."""
    now = center.clock()
    return session.add_session(db, center.records.vault, organisation, account, device, now, now + LONGEST, second_factor)


def resume_session(center: Center, token: str) -> SignedIn:
    """Raises NotAuthenticated for a session that is unknown, idle for too long, over or revoked, or whose account is disabled."""
    now = center.clock()
    with center.records.read() as db:
        found = session.find_session(db, center.records.vault, token, now)
    if found is None or now - found.seen_at > IDLE:
        raise NotAuthenticated
    if now - found.seen_at >= _STEP:
        center.records.store(lambda db: session.touch_session(db, found.id, now))
    caller = Caller(found.organisation, f"account:{found.account}", found.role, found.account, found.branch)
    return SignedIn(caller, found.login, found.organisation_name, found.public_id, found.second_factor_at is not None)


def end_session(center: Center, token: str) -> None:
    """Sign out; a session that is over already is left alone."""
    center.records.store(lambda db: session.end_session(db, center.records.vault, token, center.clock()))
