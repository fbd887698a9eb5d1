"""Signing in: organisation, login and password, then the second factor. What fails says the same, whatever it was."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotAuthenticated, note
from tcm_engine.records import session, staff
from tcm_engine.records import sign_in as counters

from .lockout import MOST_OF_ADDRESS, MOST_OF_LOGIN, count_failure, is_locked, of_address, of_login
from .passwords import is_expired, is_password
from .second_factor import Enrolment, enrolment, new_recovery_codes, new_secret, recovery_hash, step_of
from .sessions import SignedIn, start_session
from .settings import policy_of


class Locked(NotAuthenticated):
    """Too many failures, of a login that exists or not, or from one address."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A password that was right."""

    token: str
    """For the cookie."""
    next: Literal["second_factor", "enrol"]


def sign_in(center: Center, code: str, login: str, password: str, *, address: str, device: str) -> Entered:
    """Begin a session that waits for its second factor. Raises Locked, NotAuthenticated."""
    code, login = unicodedata.normalize("NFC", code).strip().casefold(), login.strip().lower()
    counted, from_here, now = of_login(code, login), of_address(address), center.clock()
    vault = center.records.vault
    with center.records.read() as db:
        locked = is_locked(db, vault, counted, now) or is_locked(db, vault, from_here, now)
        found = staff.find_by_login(db, vault, code, login)
    right = is_password(found.password_hash if found else None, password)
    if locked:
        raise Locked
    if found is None or not right or found.disabled_at is not None or found.role == "client":
        with center.records.write() as db:
            _failed(db, center, found, counted, from_here, now)
        raise NotAuthenticated
    with center.records.write() as db:
        token = start_session(db, center, found.organisation, found.id, device, second_factor=False)
        note(db, center, _as(found), "password_given", "account", str(found.id))
    return Entered(token, "second_factor" if _has_factor(found) else "enrol")


def give_code(center: Center, who: SignedIn, code: str) -> str:
    """Complete a session by a code of the second factor, or by a recovery code, which is then used up.

    The token of a new session; the one that waited is over. Raises Locked, NotAuthenticated.
    """
    vault, now, counted = center.records.vault, center.clock(), _of_codes(who)
    wrong = locks = False
    token = ""
    with center.records.write() as db:
        found = staff.find(db, vault, who.caller.organisation, _account(who))
        if is_locked(db, vault, counted, now) or found is None or not found.second_factor:
            raise Locked
        if _take(db, center, found, code, now):
            counters.forget_failures(db, vault, counted)
            token = _complete(db, center, who, found)
        else:
            wrong, locks = True, count_failure(db, vault, counted, MOST_OF_LOGIN, now)
            note(db, center, who.caller, "code_refused", "account", str(found.id), locked=locks)
    if wrong:
        raise Locked if locks else NotAuthenticated
    return token


def is_enrolled(center: Center, who: SignedIn) -> bool:
    """Whether a second factor is set up. Raises NotAuthenticated where the account is gone."""
    with center.records.read() as db:
        return _has_factor(_found(db, center, who))


def begin_enrolment(center: Center, who: SignedIn) -> Enrolment:
    """The secret to be put into an authenticator. The same until a first code confirms it. Raises NotAuthenticated where one is set up."""
    vault = center.records.vault
    with center.records.write() as db:
        found = _found(db, center, who)
        factor = found.second_factor or {}
        if factor.get("confirmed"):
            raise NotAuthenticated
        secret = str(factor.get("secret") or new_secret())
        if not factor:
            staff.set_second_factor(db, vault, found.organisation, found.id, {"secret": secret, "confirmed": False, "recovery": []})
    return enrolment(secret, who.login, who.organisation_name)


def confirm_enrolment(center: Center, who: SignedIn, code: str) -> tuple[str, tuple[str, ...]]:
    """(token of the completed session, recovery codes to be shown once). Raises NotAuthenticated for a code that is not right."""
    vault, now = center.records.vault, center.clock()
    with center.records.write() as db:
        found = _found(db, center, who)
        factor = found.second_factor or {}
        step = step_of(factor["secret"], code, now, None) if factor and not factor["confirmed"] else None
        if step is None:
            raise NotAuthenticated
        codes = new_recovery_codes()
        hashes = [recovery_hash(factor["secret"], one) for one in codes]
        staff.set_second_factor(db, vault, found.organisation, found.id, {**factor, "confirmed": True, "recovery": hashes})
        staff.change(db, found.organisation, found.id, second_factor_step=step)
        note(db, center, who.caller, "second_factor_set", "account", str(found.id))
        return _complete(db, center, who, found), codes


def must_change_password(center: Center, who: SignedIn) -> bool:
    """Whether the organisation's policy wants a new password before anything else."""
    with center.records.read() as db:
        found = _found(db, center, who)
        return is_expired(policy_of(db, center, found.organisation), found.password_set_at, center.clock())


def _has_factor(found: staff.StaffRow) -> bool:
    return bool(found.second_factor and found.second_factor.get("confirmed"))


def _take(db: Connection, center: Center, found: staff.StaffRow, code: str, now: datetime) -> bool:
    """Whether the code is right; it is then used up."""
    factor = found.second_factor or {}
    if not factor.get("confirmed"):
        return False
    step = step_of(factor["secret"], code, now, found.second_factor_step)
    if step is not None:
        staff.change(db, found.organisation, found.id, second_factor_step=step)
        return True
    sent = recovery_hash(factor["secret"], code)
    if sent not in factor["recovery"]:
        return False
    left = [one for one in factor["recovery"] if one != sent]
    staff.set_second_factor(db, center.records.vault, found.organisation, found.id, {**factor, "recovery": left})
    note(db, center, _as(found), "recovery_code_used", "account", str(found.id), left=len(left))
    return True


def _complete(db: Connection, center: Center, who: SignedIn, found: staff.StaffRow) -> str:
    """A new session, so that nobody who saw the waiting one's token has the complete one."""
    now, device = center.clock(), ""
    for one in staff.sessions(db, found.id, now):
        if one.public_id == who.session_id:
            device = one.device
    session.revoke(db, found.organisation, found.id, who.session_id, now)
    note(db, center, _as(found), "signed_in", "account", str(found.id))
    return start_session(db, center, found.organisation, found.id, device, second_factor=True)


def _failed(db: Connection, center: Center, found: staff.StaffRow | None, counted: str, address: str, now: datetime) -> None:
    vault = center.records.vault
    locks = count_failure(db, vault, counted, MOST_OF_LOGIN, now)
    count_failure(db, vault, address, MOST_OF_ADDRESS, now)
    if found:
        note(db, center, _as(found), "password_refused", "account", str(found.id), locked=locks)


def _found(db: Connection, center: Center, who: SignedIn) -> staff.StaffRow:
    found = staff.find(db, center.records.vault, who.caller.organisation, _account(who))
    if found is None:
        raise NotAuthenticated
    return found


def _as(found: staff.StaffRow) -> Caller:
    return Caller(found.organisation, f"account:{found.id}", found.role, found.id, found.branch)


def _account(who: SignedIn) -> int:
    assert who.caller.account is not None  # noqa: S101  # a session has one
    return who.caller.account


def _of_codes(who: SignedIn) -> str:
    return f"code\0{who.caller.organisation}\0{who.caller.account}"
