"""Accounts as an organisation sees them: who they are, how they sign in. The account's own table stands in `account`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from .account import Role, account
from .branch import branch
from .organisation import organisation
from .sealed_json import open_json, seal_json
from .session import session
from .vault import Vault

_columns = (
    account.c.id, account.c.organisation_id, account.c.login, account.c.role, account.c.branch_id, account.c.profile,
    account.c.password_hash, account.c.password_set_at, account.c.second_factor, account.c.second_factor_step,
    account.c.created_at, account.c.disabled_at,
)  # fmt: skip
_one = (account.c.organisation_id == bindparam("organisation")) & (account.c.id == bindparam("of"))
_by_login = (
    select(*_columns)
    .join(organisation, organisation.c.id == account.c.organisation_id)
    .where((organisation.c.code == bindparam("code")) & (account.c.login == bindparam("login")))
)
_of_organisation = select(*_columns).where(account.c.organisation_id == bindparam("organisation")).order_by(account.c.login)
_administrators = select(func.count()).where(
    (account.c.organisation_id == bindparam("organisation")) & (account.c.role == "administrator") & account.c.disabled_at.is_(None)
)
_any = select(func.count()).select_from(account)
_with_password = select(func.count()).select_from(account).where(account.c.password_hash.is_not(None))
_end_sessions = (
    update(session)
    .where((session.c.account_id == bindparam("account")) & session.c.revoked_at.is_(None) & (session.c.id != bindparam("but")))
    .values(revoked_at=bindparam("now"))
)
_sessions = (
    select(session.c.id, session.c.public_id, session.c.device, session.c.created_at, session.c.seen_at)
    .where((session.c.account_id == bindparam("account")) & session.c.revoked_at.is_(None) & (session.c.expires_at > bindparam("now")))
    .order_by(session.c.seen_at.desc())
)


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: int
    organisation: int
    login: str
    role: Role
    branch: int | None
    profile: Mapping[str, str]
    """`name`, `title`, `licence`; what nobody gave is absent."""
    password_hash: str | None
    password_set_at: datetime | None
    second_factor: Mapping[str, Any] | None
    """`secret`, `confirmed`, `recovery`: hexadecimal keyed hashes of unused codes."""
    second_factor_step: int | None
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenSession:
    id: int
    public_id: str
    device: str
    created_at: datetime
    seen_at: datetime


def find_by_login(db: Connection, vault: Vault, code: str, login: str) -> StaffRow | None:
    row = db.execute(_by_login, {"code": code, "login": login}).first()
    return _staff(vault, row) if row else None


def find(db: Connection, vault: Vault, organisation: int, account_id: int) -> StaffRow | None:
    row = db.execute(select(*_columns).where(_one), {"organisation": organisation, "of": account_id}).first()
    return _staff(vault, row) if row else None


def of_organisation(db: Connection, vault: Vault, organisation: int) -> tuple[StaffRow, ...]:
    return tuple(_staff(vault, row) for row in db.execute(_of_organisation, {"organisation": organisation}))


def count_administrators(db: Connection, organisation: int) -> int:
    return int(db.execute(_administrators, {"organisation": organisation}).scalar_one())


def is_empty(db: Connection) -> bool:
    """Whether nobody has an account yet, in any organisation."""
    return not db.execute(_any).scalar_one()


def has_passwords(db: Connection) -> bool:
    """Whether anybody, in any organisation, has chosen a password."""
    return bool(db.execute(_with_password).scalar_one())


def change(db: Connection, organisation: int, account_id: int, **values: Any) -> None:
    """Set plain columns of an account."""
    db.execute(update(account).where(_one).values(values), {"organisation": organisation, "of": account_id})


def set_profile(db: Connection, vault: Vault, organisation: int, account_id: int, profile: Mapping[str, str]) -> None:
    change(db, organisation, account_id, profile=seal_json(vault, "account", str(account_id), dict(profile), "profile"))


def set_second_factor(db: Connection, vault: Vault, organisation: int, account_id: int, content: Mapping[str, Any] | None) -> None:
    sealed = None if content is None else seal_json(vault, "account", str(account_id), dict(content), "second_factor")
    change(db, organisation, account_id, second_factor=sealed)


def end_sessions(db: Connection, account_id: int, now: datetime, but: int = 0) -> int:
    """How many were ended: all of the account's, but one."""
    return db.execute(_end_sessions, {"account": account_id, "now": now, "but": but}).rowcount


def sessions(db: Connection, account_id: int, now: datetime) -> tuple[OpenSession, ...]:
    return tuple(OpenSession(*row) for row in db.execute(_sessions, {"account": account_id, "now": now}))


def branch_ids(db: Connection, organisation: int) -> dict[str, int]:
    """Public id -> id of every branch of an organisation."""
    rows = db.execute(select(branch.c.public_id, branch.c.id).where(branch.c.organisation_id == organisation))
    return {row.public_id: row.id for row in rows}


def _staff(vault: Vault, row: Any) -> StaffRow:
    profile = open_json(vault, "account", str(row.id), row.profile, "profile") if row.profile else {}
    factor = open_json(vault, "account", str(row.id), row.second_factor, "second_factor") if row.second_factor else None
    plain = {name: getattr(row, name) for name in ("id", "login", "role", "password_hash", "password_set_at", "second_factor_step")}
    times = {"created_at": row.created_at, "disabled_at": row.disabled_at}
    return StaffRow(organisation=row.organisation_id, branch=row.branch_id, profile=profile, second_factor=factor, **plain, **times)
