"""What signing in needs: earlier passwords' hashes, one-time links, and counters of failures that survive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Column, Connection, Integer, LargeBinary, String, bindparam, delete, insert, select, update

from .account import account
from .organisation import PUBLIC
from .schema import Moment, belongs_to, owned
from .vault import HANDLE_BYTES, Vault, new_token

account_password = owned(
    "account_password",
    belongs_to("account"),
    Column("hash", String(200), nullable=False, comment="argon2id of an earlier password"),
    Column("set_at", Moment, nullable=False),
)

sign_in_link = owned(
    "sign_in_link",
    belongs_to("account"),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True, comment="keyed hash of the link's token"),
    Column("purpose", String(20), nullable=False, comment="set_up or reset"),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=True),
)

sign_in_failure = owned(
    "sign_in_failure",
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True, comment="keyed hash of what is counted: a login, an address"),
    Column("failures", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("locked_until", Moment, nullable=True),
)

_handles: BindParameter[bytes] = bindparam("handles", expanding=True)
_passwords = (
    select(account_password.c.hash)
    .where(account_password.c.account_id == bindparam("account"))
    .order_by(account_password.c.id.desc())
    .limit(bindparam("count"))
)
_link = (
    select(sign_in_link.c.id, sign_in_link.c.organisation_id, sign_in_link.c.account_id, account.c.login, sign_in_link.c.purpose)
    .join(account, account.c.id == sign_in_link.c.account_id)
    .where(sign_in_link.c.handle.in_(_handles) & sign_in_link.c.used_at.is_(None) & (sign_in_link.c.expires_at > bindparam("now")))
    .where(account.c.disabled_at.is_(None))
)
_close_links = (
    update(sign_in_link)
    .where((sign_in_link.c.account_id == bindparam("account")) & sign_in_link.c.used_at.is_(None))
    .values(used_at=bindparam("now"))
)
_failure = select(sign_in_failure.c.id, sign_in_failure.c.failures, sign_in_failure.c.last_at, sign_in_failure.c.locked_until).where(
    sign_in_failure.c.handle.in_(_handles)
)
_forget_failures = delete(sign_in_failure).where(sign_in_failure.c.handle.in_(_handles))
_forget_old_failures = delete(sign_in_failure).where(sign_in_failure.c.last_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class LinkRow:
    id: int
    organisation: int
    account: int
    login: str
    purpose: str


@dataclass(frozen=True, slots=True)
class FailureRow:
    id: int
    failures: int
    last_at: datetime
    locked_until: datetime | None


def add_password(db: Connection, organisation: int, account_id: int, hash_: str, now: datetime) -> None:
    db.execute(insert(account_password), {"organisation_id": organisation, "account_id": account_id, "hash": hash_, "set_at": now})


def last_passwords(db: Connection, account_id: int, count: int) -> tuple[str, ...]:
    """Hashes of the newest `count` passwords, the newest first."""
    return tuple(db.execute(_passwords, {"account": account_id, "count": count}).scalars())


def add_link(db: Connection, vault: Vault, organisation: int, account_id: int, purpose: str, now: datetime, expires_at: datetime) -> str:
    """The token of a one-time link; earlier ones of the account are closed. Shown once, stored nowhere."""
    close_links(db, account_id, now)
    token = new_token()
    row = {"organisation_id": organisation, "account_id": account_id, "handle": vault.handle(_link_place(token)), "purpose": purpose}
    db.execute(insert(sign_in_link), row | {"created_at": now, "expires_at": expires_at, "used_at": None})
    return token


def find_link(db: Connection, vault: Vault, token: str, now: datetime) -> LinkRow | None:
    """None for one that is unknown, used or expired, or whose account is disabled."""
    row = db.execute(_link, {"handles": vault.handles(_link_place(token)), "now": now}).first()
    return row and LinkRow(*row)


def close_links(db: Connection, account_id: int, now: datetime) -> None:
    db.execute(_close_links, {"account": account_id, "now": now})


def find_failures(db: Connection, vault: Vault, counted: str) -> FailureRow | None:
    """`counted`: what failures are counted of; never stored as it is."""
    row = db.execute(_failure, {"handles": vault.handles(_failure_place(counted))}).first()
    return row and FailureRow(*row)


def write_failures(db: Connection, vault: Vault, counted: str, failures: int, now: datetime, locked_until: datetime | None) -> None:
    """Set the count of failures. It belongs to the installation: a login that does not exist is counted like one that does."""
    found = find_failures(db, vault, counted)
    row = {"failures": failures, "last_at": now, "locked_until": locked_until}
    if found:
        db.execute(update(sign_in_failure).where(sign_in_failure.c.id == found.id).values(row))
    else:
        db.execute(insert(sign_in_failure), row | {"organisation_id": PUBLIC, "handle": vault.handle(_failure_place(counted))})


def forget_failures(db: Connection, vault: Vault, counted: str) -> None:
    db.execute(_forget_failures, {"handles": vault.handles(_failure_place(counted))})


def forget_old_failures(db: Connection, before: datetime) -> None:
    db.execute(_forget_old_failures, {"before": before})


def _link_place(token: str) -> str:
    return "sign_in_link:" + token


def _failure_place(counted: str) -> str:
    return "sign_in_failure:" + counted
