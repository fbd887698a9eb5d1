"""One-time links: by which an account gets its first password, or a new one. Nobody is ever given a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note
from tcm_engine.model import InvalidInput
from tcm_engine.records import sign_in, staff

from .passwords import hash_password, password_faults
from .settings import policy_of

LINK_LIFE = timedelta(days=3)
Purpose = Literal["set_up", "reset"]


@dataclass(frozen=True, slots=True)
class IssuedLink:
    token: str
    """For the address; shown once, stored nowhere."""
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What a page shows of a link that can be used."""

    login: str
    purpose: Purpose


def issue_link(db: Connection, center: Center, organisation: int, account: int, purpose: Purpose) -> IssuedLink:
    """A link in the transaction of who asks for it; earlier ones of the account no longer open."""
    now = center.clock()
    return IssuedLink(sign_in.add_link(db, center.records.vault, organisation, account, purpose, now, now + LINK_LIFE), now + LINK_LIFE)


def look_at_link(center: Center, token: str) -> OpenLink:
    """Raises NotFound for one that is unknown, used or expired."""
    with center.records.read() as db:
        found = sign_in.find_link(db, center.records.vault, token, center.clock())
    if found is None:
        raise NotFound
    return OpenLink(found.login, "reset" if found.purpose == "reset" else "set_up")


def use_link(center: Center, token: str, password: str) -> None:
    """Set the password; the link is used up, every session of the account is over. A reset also forgets the second factor.

    Raises NotFound, InvalidInput at `password`.
    """
    vault, now = center.records.vault, center.clock()
    with center.records.write() as db:
        link = sign_in.find_link(db, vault, token, now)
        found = staff.find(db, vault, link.organisation, link.account) if link else None
        if link is None or found is None:
            raise NotFound
        set_password(db, center, found, password)
        if link.purpose == "reset":
            staff.set_second_factor(db, vault, found.organisation, found.id, None)
        sign_in.close_links(db, found.id, now)
        who = Caller(found.organisation, f"account:{found.id}", found.role, found.id, found.branch)
        note(db, center, who, "password_set", "account", str(found.id), by_link=True)


def set_password(
    db: Connection, center: Center, found: staff.StaffRow, password: str, keep_session: int = 0, path: str = "password"
) -> None:
    """Raises InvalidInput with every reason of the organisation's policy."""
    now = center.clock()
    former = sign_in.last_passwords(db, found.id, 5)
    faults = password_faults(policy_of(db, center, found.organisation), password, found.login, former, path)
    if faults:
        raise InvalidInput(faults)
    hash_ = hash_password(password)
    staff.change(db, found.organisation, found.id, password_hash=hash_, password_set_at=now)
    sign_in.add_password(db, found.organisation, found.id, hash_, now)
    staff.end_sessions(db, found.id, now, but=keep_session)
