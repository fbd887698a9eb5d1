"""API tokens. Only a keyed hash is stored, and the last four characters, by which a person recognises one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, LargeBinary, String, Table, bindparam, insert, select, update

from .account import Role, account
from .schema import Moment, metadata
from .vault import HANDLE_BYTES, Vault, new_token

PREFIX = "tcm_"
"""By which a token that was left lying about is told from other text."""
LONGEST_LABEL = 60
_SHAPE = re.compile(PREFIX + r"[A-Za-z0-9_-]{32}")

api_token = Table(
    "api_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True, comment="keyed hash of the token"),
    Column("last_four", String(4), nullable=False, comment="for recognition"),
    Column("label", String(LONGEST_LABEL), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment, nullable=True),
)

_alive = api_token.c.revoked_at.is_(None) & (api_token.c.expires_at > bindparam("now")) & account.c.disabled_at.is_(None)
_both_of_one = (account.c.id == api_token.c.account_id) & (account.c.organisation_id == api_token.c.organisation_id)
_bearer = (
    select(api_token.c.id, api_token.c.organisation_id, account.c.role)
    .join(account, _both_of_one)
    .where(api_token.c.handle.in_(bindparam("handles", expanding=True)) & _alive)
)
_insert = insert(api_token)
_of_account = api_token.c.account_id == bindparam("account")
_list = (
    select(api_token.c.account_id, api_token.c.last_four, api_token.c.label)
    .add_columns(api_token.c.created_at, api_token.c.expires_at, api_token.c.revoked_at)
    .order_by(api_token.c.id)
)
_revoke = update(api_token).where(_of_account & api_token.c.revoked_at.is_(None)).values(revoked_at=bindparam("now"))
_revoke_one = _revoke.where(api_token.c.last_four == bindparam("four"))


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token speaks for."""

    token_id: int
    organisation: int
    role: Role


@dataclass(frozen=True, slots=True)
class TokenRow:
    account_id: int
    last_four: str
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


def add_api_token(db: Connection, vault: Vault, organisation: int, account_id: int, label: str, now: datetime, expires_at: datetime) -> str:
    """A new token: shown once, stored nowhere."""
    token = PREFIX + new_token()
    row = {"organisation_id": organisation, "account_id": account_id, "handle": vault.handle(_place(token))}
    row |= {"last_four": token[-4:], "label": label, "created_at": now, "expires_at": expires_at}
    db.execute(_insert, row)
    return token


def find_bearer(db: Connection, vault: Vault, token: str, now: datetime) -> Bearer | None:
    """None for a token that is unknown, expired or revoked, or whose account is disabled."""
    row = db.execute(_bearer, {"handles": vault.handles(_place(token)), "now": now}).first()
    return row and Bearer(*row)


def looks_like_token(text: str) -> bool:
    return _SHAPE.fullmatch(text) is not None


def list_api_tokens(db: Connection) -> tuple[TokenRow, ...]:
    """Of every account: for the operator of the installation alone."""
    return tuple(TokenRow(*row) for row in db.execute(_list))


def revoke_api_tokens(db: Connection, account_id: int, last_four: str | None, now: datetime) -> int:
    """How many of an account's tokens were revoked now: those that end in `last_four`, or all."""
    key = {"account": account_id, "now": now}
    if last_four is None:
        return db.execute(_revoke, key).rowcount
    return db.execute(_revoke_one, key | {"four": last_four}).rowcount


def _place(token: str) -> str:
    # A token's handle is never the handle of a record's id.
    return "api_token:" + token
