"""Sessions of signed-in accounts: a row each, so that any can be ended from the server. Only a keyed hash of the token is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, LargeBinary, String, bindparam, insert, select, update

from .account import Role, account
from .organisation import organisation
from .schema import Moment, belongs_to, new_public_id, owned, public_id
from .vault import HANDLE_BYTES, Vault, new_token

LONGEST_DEVICE = 80
"""Characters."""

session = owned(
    "session",
    belongs_to("account"),
    public_id(),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True, comment="keyed hash of the cookie's token"),
    Column("device", String(LONGEST_DEVICE), nullable=False, comment="kind of browser, for recognition"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("second_factor_at", Moment, nullable=True, comment="empty: the second factor is still to come"),
    Column("revoked_at", Moment, nullable=True),
)

_alive = session.c.revoked_at.is_(None) & (session.c.expires_at > bindparam("now")) & account.c.disabled_at.is_(None)
_one = session.c.handle.in_(bindparam("handles", expanding=True))
_find = (
    select(
        session.c.id, session.c.public_id, session.c.organisation_id, organisation.c.name, account.c.id, account.c.login, account.c.role,
        account.c.branch_id, session.c.second_factor_at, session.c.seen_at,
    )
    .join(account, (account.c.id == session.c.account_id) & (account.c.organisation_id == session.c.organisation_id))
    .join(organisation, organisation.c.id == session.c.organisation_id)
    .where(_one & _alive)
)  # fmt: skip
_end = update(session).where(_one & session.c.revoked_at.is_(None)).values(revoked_at=bindparam("now"))
_revoke = (
    update(session)
    .where((session.c.organisation_id == bindparam("organisation")) & (session.c.account_id == bindparam("account")))
    .where((session.c.public_id == bindparam("public")) & session.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"))
)
_seen = update(session).where(session.c.id == bindparam("of")).values(seen_at=bindparam("now"))


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: int
    public_id: str
    organisation: int
    organisation_name: str
    account: int
    login: str
    role: Role
    branch: int | None
    """None: the whole organisation."""
    second_factor_at: datetime | None
    seen_at: datetime


def add_session(
    db: Connection, vault: Vault, organisation: int, account_id: int, device: str, now: datetime, expires_at: datetime, second_factor: bool
) -> str:
    """The token of a new session, for a cookie: shown once, stored nowhere."""
    token = new_token()
    row = {"organisation_id": organisation, "account_id": account_id, "public_id": new_public_id(), "handle": vault.handle(_place(token))}
    row |= {"device": device[:LONGEST_DEVICE], "created_at": now, "seen_at": now, "expires_at": expires_at}
    db.execute(insert(session), row | {"second_factor_at": now if second_factor else None, "revoked_at": None})
    return token


def find_session(db: Connection, vault: Vault, token: str, now: datetime) -> SessionRow | None:
    """None for a session that is unknown, over or revoked, or whose account is disabled."""
    row = db.execute(_find, {"handles": vault.handles(_place(token)), "now": now}).first()
    return row and SessionRow(*tuple(row))


def touch_session(db: Connection, session_id: int, now: datetime) -> None:
    db.execute(_seen, {"of": session_id, "now": now})


def end_session(db: Connection, vault: Vault, token: str, now: datetime) -> None:
    db.execute(_end, {"handles": vault.handles(_place(token)), "now": now})


def revoke(db: Connection, organisation: int, account_id: int, public: str, now: datetime) -> bool:
    """Whether it was open until now."""
    return db.execute(_revoke, {"organisation": organisation, "account": account_id, "public": public, "now": now}).rowcount == 1


def _place(token: str) -> str:
    return "session:" + token
