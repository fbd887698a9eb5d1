"""Accounts of organisations and their tokens, kept by the operator of an installation; and telling who a token speaks for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import (
    LONGEST_LABEL,
    LONGEST_LOGIN,
    LONGEST_ORGANISATION,
    PUBLIC_CODE,
    AccountRow,
    Records,
    Role,
    TokenRow,
    add_api_token,
    add_organisation,
    find_account,
    find_bearer,
    find_organisation,
    list_api_tokens,
    looks_like_token,
    revoke_api_tokens,
)
from tcm_engine.records import add_account as add_account_row
from tcm_engine.records import disable_account as disable_account_row
from tcm_engine.records import list_accounts as list_account_rows

from .center import Caller, Center
from .errors import NotAuthenticated

_LOGIN = re.compile(rf"[a-z0-9._@+-]{{1,{LONGEST_LOGIN}}}")


@dataclass(frozen=True, slots=True)
class IssuedToken:
    token: str
    """To be shown once; only its keyed hash is kept."""
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccountEntry:
    account: AccountRow
    tokens: tuple[TokenRow, ...]


def authenticate(center: Center, token: str) -> Caller:
    """On whose behalf the bearer of a token asks. Raises NotAuthenticated."""
    bearer = None
    if looks_like_token(token):
        with center.records.read() as db:
            bearer = find_bearer(db, center.records.vault, token, center.clock())
    if bearer is None:
        raise NotAuthenticated
    return Caller(bearer.organisation, f"token:{bearer.token_id}", bearer.role)


def add_account(
    records: Records,
    organisation: str,
    login: str,
    role: Role,
    now: datetime,
    *,
    label: str = "",
    days: int,
    new_organisation: bool = False,
) -> IssuedToken:
    """An account with its first token, living `days`. Raises InvalidInput, with a fault at `organisation`, `login` or `label`."""
    code, login = _checked(organisation, login)
    label = _label(label)
    try:
        with records.write() as db:
            owner = _new_organisation(db, code, organisation, now) if new_organisation else _organisation(db, code)
            if find_account(db, owner, login) is not None:
                raise _fault("login", "login_taken")
            account = add_account_row(db, owner, login, role, now)
            return _issue(db, records, owner, account, label, now, days)
    except IntegrityError:  # somebody else was quicker between our look and our writing
        raise _fault("login", "login_taken") from None


def add_token(records: Records, organisation: str, login: str, now: datetime, *, label: str = "", days: int) -> IssuedToken:
    """One more token of an account; earlier ones stay as they are. Raises InvalidInput."""
    code, login = _checked(organisation, login)
    label = _label(label)
    with records.write() as db:
        owner = _organisation(db, code)
        return _issue(db, records, owner, _account(db, owner, login), label, now, days)


def revoke_tokens(records: Records, organisation: str, login: str, now: datetime, last_four: str | None = None) -> int:
    """How many were revoked: those of an account that end in `last_four`, or all. Raises InvalidInput."""
    code, login = _checked(organisation, login)
    with records.write() as db:
        return revoke_api_tokens(db, _account(db, _organisation(db, code), login), last_four, now)


def disable_account(records: Records, organisation: str, login: str, now: datetime) -> None:
    """From now on none of its tokens is taken; its records stay. Raises InvalidInput."""
    code, login = _checked(organisation, login)
    with records.write() as db:
        owner = _organisation(db, code)
        _account(db, owner, login)
        disable_account_row(db, owner, login, now)


def list_accounts(records: Records) -> tuple[AccountEntry, ...]:
    """Every account of every organisation, with its tokens."""
    with records.read() as db:
        accounts, tokens = list_account_rows(db), list_api_tokens(db)
    return tuple(AccountEntry(one, tuple(token for token in tokens if token.account_id == one.id)) for one in accounts)


def _issue(db: Connection, records: Records, owner: int, account: int, label: str, now: datetime, days: int) -> IssuedToken:
    expires_at = now + timedelta(days=days)
    return IssuedToken(add_api_token(db, records.vault, owner, account, label, now, expires_at), expires_at)


def _checked(organisation: str, login: str) -> tuple[str, str]:
    """The organisation's code and the login, as they are kept. Raises InvalidInput with the faults of both."""
    code, login = _one_line(organisation).casefold(), login.strip().lower()
    faults = []
    if not code or not code.isprintable():
        faults.append(Fault("organisation", "unfit_text"))
    if len(code) > LONGEST_ORGANISATION:
        faults.append(Fault("organisation", "too_long", {"maximum": LONGEST_ORGANISATION}))
    if code == PUBLIC_CODE:
        faults.append(Fault("organisation", "organisation_built_in"))
    if not _LOGIN.fullmatch(login):
        faults.append(Fault("login", "login_unfit", {"maximum": LONGEST_LOGIN}))
    if faults:
        raise InvalidInput(faults)
    return code, login


def _label(label: str) -> str:
    label = _one_line(label)
    if not label.isprintable():
        raise _fault("label", "unfit_text")
    if len(label) > LONGEST_LABEL:
        raise InvalidInput([Fault("label", "too_long", {"maximum": LONGEST_LABEL})])
    return label


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _organisation(db: Connection, code: str) -> int:
    found = find_organisation(db, code)
    if found is None:
        raise _fault("organisation", "organisation_unknown")
    return found


def _new_organisation(db: Connection, code: str, name: str, now: datetime) -> int:
    if find_organisation(db, code) is not None:
        raise _fault("organisation", "organisation_exists")
    return add_organisation(db, code, _one_line(name), now)


def _account(db: Connection, owner: int, login: str) -> int:
    found = find_account(db, owner, login)
    if found is None:
        raise _fault("login", "login_unknown")
    return found


def _fault(path: str, code: str) -> InvalidInput:
    return InvalidInput([Fault(path, code)])
