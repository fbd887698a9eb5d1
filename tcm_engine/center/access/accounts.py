"""Accounts of an organisation, kept by its administrators; and what everybody does with their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from tcm_engine.center import ROLES, Caller, Center, NotAuthenticated, NotFound, Role, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import LONGEST_LOGIN, Records, add_account, add_organisation, audit, session, sign_in, staff

from .links import LINK_LIFE, IssuedLink, issue_link, set_password
from .passwords import is_password
from .sessions import SignedIn

_LOGIN = re.compile(rf"[a-z0-9._@+-]{{1,{LONGEST_LOGIN}}}")
LONGEST_NAME = 80
FIRST_ORGANISATION, FIRST_LOGIN = "centre", "admin"


@dataclass(frozen=True, slots=True)
class NewAccount:
    login: str
    role: Role
    name: str = ""
    title: str = ""
    licence: str = ""
    branch: str = ""
    """Public id; empty: the whole organisation."""


@dataclass(frozen=True, slots=True)
class Member:
    """An account as its administrators see it."""

    id: int
    login: str
    role: Role
    profile: Mapping[str, str]
    branch: int | None
    created_at: datetime
    disabled_at: datetime | None
    can_sign_in: bool
    second_factor: bool


@dataclass(frozen=True, slots=True)
class OwnSession:
    public_id: str
    device: str
    created_at: datetime
    seen_at: datetime
    current: bool


def first_link(center: Center) -> IssuedLink | None:
    """Where nobody has chosen a password yet: the link by which the first administrator does. None where somebody has.

    An installation without accounts gets an organisation with its administrator; one whose link was never used gets a new link.
    """
    now, vault = center.clock(), center.records.vault
    with center.records.write() as db:
        if staff.is_empty(db):
            organisation = add_organisation(db, FIRST_ORGANISATION, FIRST_ORGANISATION, now)
            account = add_account(db, organisation, FIRST_LOGIN, "administrator", now)
            by = Caller(organisation, "", "administrator", account)
            note(db, center, by, "account_added", "account", str(account), role="administrator")
            return issue_link(db, center, organisation, account, "set_up")
        first = staff.find_by_login(db, vault, FIRST_ORGANISATION, FIRST_LOGIN)
        if first is None or first.disabled_at is not None or staff.has_passwords(db):
            return None
        return issue_link(db, center, first.organisation, first.id, "set_up")


def link_for(records: Records, organisation: str, login: str, now: datetime) -> IssuedLink:
    """For the operator of the installation: a link to set a new password and second factor. Raises InvalidInput."""
    with records.write() as db:
        found = staff.find_by_login(db, records.vault, organisation.strip().casefold(), login.strip().lower())
        if found is None:
            raise InvalidInput([Fault("login", "login_unknown")])
        staff.end_sessions(db, found.id, now)
        token = sign_in.add_link(db, records.vault, found.organisation, found.id, "reset", now, now + LINK_LIFE)
        audit.add_audit(db, records.vault, found.organisation, "system", "account_reset", "account", str(found.id), now, {})
        return IssuedLink(token, now + LINK_LIFE)


def members(center: Center, caller: Caller) -> tuple[Member, ...]:
    """Raises NotAllowed."""
    permit(caller, "manage_accounts")
    with center.records.read() as db:
        return tuple(_member(row) for row in staff.of_organisation(db, center.records.vault, caller.organisation))


def add_member(center: Center, caller: Caller, new: NewAccount) -> tuple[Member, IssuedLink]:
    """An account with the link by which its owner sets a password. Raises NotAllowed, InvalidInput."""
    permit(caller, "manage_accounts")
    login = new.login.strip().lower()
    faults = _faults(new.role, {"name": new.name, "title": new.title, "licence": new.licence})
    if not _LOGIN.fullmatch(login):
        faults.append(Fault("login", "login_unfit", {"maximum": LONGEST_LOGIN}))
    try:
        with center.records.write() as db:
            branch = _branch(db, caller, new.branch, faults)
            if faults:
                raise InvalidInput(faults)
            account = add_account(db, caller.organisation, login, new.role, center.clock())
            profile = _profile(new.name, new.title, new.licence)
            staff.set_profile(db, center.records.vault, caller.organisation, account, profile)
            staff.change(db, caller.organisation, account, branch_id=branch)
            note(db, center, caller, "account_added", "account", str(account), role=new.role)
            link = issue_link(db, center, caller.organisation, account, "set_up")
            return _member(_found(db, center, caller, account)), link
    except IntegrityError:
        raise InvalidInput([Fault("login", "login_taken")]) from None


def change_member(center: Center, caller: Caller, account: int, *, role: Role, branch: str, name: str, title: str, licence: str) -> Member:
    """Role, branch and face of an account; a new role or branch ends its sessions.

    Raises NotAllowed, NotFound, InvalidInput (also for the last administrator).
    """
    permit(caller, "manage_accounts")
    faults = _faults(role, {"name": name, "title": title, "licence": licence})
    with center.records.write() as db:
        found, of_branch = _found(db, center, caller, account), _branch(db, caller, branch, faults)
        faults += _last_administrator(db, found, role)
        if faults:
            raise InvalidInput(faults)
        staff.change(db, caller.organisation, account, role=role, branch_id=of_branch)
        staff.set_profile(db, center.records.vault, caller.organisation, account, _profile(name, title, licence))
        if (role, of_branch) != (found.role, found.branch):
            staff.end_sessions(db, account, center.clock())
        note(db, center, caller, "account_changed", "account", str(account), role=role)
        return _member(_found(db, center, caller, account))


def disable_member(center: Center, caller: Caller, account: int) -> None:
    """Sessions and tokens of the account are over at once. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "manage_accounts")
    with center.records.write() as db:
        found = _found(db, center, caller, account)
        faults = _last_administrator(db, found, None)
        if faults:
            raise InvalidInput(faults)
        staff.change(db, caller.organisation, account, disabled_at=center.clock())
        staff.end_sessions(db, account, center.clock())
        note(db, center, caller, "account_disabled", "account", str(account))


def enable_member(center: Center, caller: Caller, account: int) -> None:
    """Raises NotAllowed, NotFound."""
    permit(caller, "manage_accounts")
    with center.records.write() as db:
        _found(db, center, caller, account)
        staff.change(db, caller.organisation, account, disabled_at=None)
        note(db, center, caller, "account_enabled", "account", str(account))


def reset_member(center: Center, caller: Caller, account: int) -> IssuedLink:
    """A link for a new password and a new second factor. Sessions are over, the old password is gone. Raises NotAllowed, NotFound."""
    permit(caller, "manage_accounts")
    with center.records.write() as db:
        found = _found(db, center, caller, account)
        staff.change(db, caller.organisation, account, password_hash=None)
        staff.end_sessions(db, account, center.clock())
        note(db, center, caller, "account_reset", "account", str(account))
        return issue_link(db, center, caller.organisation, found.id, "reset")


def own_sessions(center: Center, who: SignedIn) -> tuple[OwnSession, ...]:
    account, now = _own(who), center.clock()
    with center.records.read() as db:
        found = staff.sessions(db, account, now)
    return tuple(OwnSession(s.public_id, s.device, s.created_at, s.seen_at, s.public_id == who.session_id) for s in found)


def end_own_session(center: Center, who: SignedIn, public_id: str) -> None:
    """Raises NotFound."""
    with center.records.write() as db:
        if not session.revoke(db, who.caller.organisation, _own(who), public_id, center.clock()):
            raise NotFound
        note(db, center, who.caller, "session_ended", "session", public_id)


def change_own_password(center: Center, who: SignedIn, old: str, new: str) -> None:
    """Every other session is over. Raises InvalidInput at `old` or `password`."""
    vault = center.records.vault
    with center.records.write() as db:
        found = staff.find(db, vault, who.caller.organisation, _own(who))
        if found is None or not is_password(found.password_hash, old):
            raise InvalidInput([Fault("old", "password_wrong")])
        current = [s.id for s in staff.sessions(db, found.id, center.clock()) if s.public_id == who.session_id]
        set_password(db, center, found, new, keep_session=current[0] if current else 0)
        note(db, center, who.caller, "password_set", "account", str(found.id), by_link=False)


def _found(db: Connection, center: Center, caller: Caller, account: int) -> staff.StaffRow:
    found = staff.find(db, center.records.vault, caller.organisation, account)
    if found is None:
        raise NotFound
    return found


def _member(row: staff.StaffRow) -> Member:
    factor = bool(row.second_factor and row.second_factor.get("confirmed"))
    return Member(
        row.id, row.login, row.role, row.profile, row.branch, row.created_at, row.disabled_at, row.password_hash is not None, factor
    )


def _own(who: SignedIn) -> int:
    if who.caller.account is None:
        raise NotAuthenticated
    return who.caller.account


def _profile(name: str, title: str, licence: str) -> dict[str, str]:
    given = {"name": name.strip(), "title": title.strip(), "licence": licence.strip()}
    return {key: value for key, value in given.items() if value}


def _faults(role: str, texts: Mapping[str, str]) -> list[Fault]:
    faults = (
        []
        if role in ROLES and role != "client"
        else [Fault("role", "not_one_of", {"allowed": ", ".join(r for r in ROLES if r != "client")})]
    )
    for name, text in texts.items():
        if not text.isprintable():
            faults.append(Fault(name, "unfit_text"))
        elif len(text) > LONGEST_NAME:
            faults.append(Fault(name, "too_long", {"maximum": LONGEST_NAME}))
    return faults


def _branch(db: Connection, caller: Caller, public: str, faults: list[Fault]) -> int | None:
    found = staff.branch_ids(db, caller.organisation).get(public) if public else None
    if public and found is None:
        faults.append(Fault("branch", "branch_unknown"))
    return found


def _last_administrator(db: Connection, found: staff.StaffRow, role: Role | None) -> list[Fault]:
    """Without an administrator nobody could ever make one again."""
    is_one = found.role == "administrator" and found.disabled_at is None
    if not is_one or role == "administrator" or staff.count_administrators(db, found.organisation) > 1:
        return []
    return [Fault("role", "last_administrator")]
