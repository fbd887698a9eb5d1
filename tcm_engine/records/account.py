"""Accounts: who works for an organisation, and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    update,
)

from .organisation import organisation
from .schema import Moment, SealedBytes, metadata

Role = Literal["client", "operator", "practitioner", "manager", "administrator", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_LOGIN = 60
"""Characters."""

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("login", String(LONGEST_LOGIN), nullable=False, comment="lower case"),
    Column("role", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment, nullable=True, comment="from then on none of its tokens is taken"),
    Column("branch_id", ForeignKey("branch.id"), nullable=True, index=True, comment="empty: the whole organisation"),
    Column("profile", SealedBytes, nullable=True, comment="JSON: name, title, licence number"),
    Column("password_hash", String(200), nullable=True, comment="argon2id; empty: nobody can sign in with it"),
    Column("password_set_at", Moment, nullable=True),
    Column("second_factor", SealedBytes, nullable=True, comment="JSON: secret of the second factor, hashes of recovery codes"),
    Column("second_factor_step", Integer, nullable=True, comment="last time step taken: a code works once"),
    UniqueConstraint("organisation_id", "login"),
    CheckConstraint("role IN ({})".format(", ".join(f"'{role}'" for role in ROLES)), name="known_role"),
)

_of_organisation = (account.c.organisation_id == bindparam("organisation")) & (account.c.login == bindparam("of_login"))
_insert = insert(account).returning(account.c.id)
_select = select(account.c.id).where(_of_organisation)
_disable = update(account).where(_of_organisation & account.c.disabled_at.is_(None)).values(disabled_at=bindparam("now"))
_list = (
    select(account.c.id, organisation.c.name, account.c.login, account.c.role, account.c.created_at, account.c.disabled_at)
    .join(organisation, organisation.c.id == account.c.organisation_id)
    .order_by(organisation.c.code, account.c.login)
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: int
    organisation: str
    """The organisation's name."""
    login: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None


def add_account(db: Connection, organisation: int, login: str, role: Role, now: datetime) -> int:
    """Raises sqlalchemy.exc.IntegrityError where the organisation has the login already."""
    row = {"organisation_id": organisation, "login": login, "role": role, "created_at": now}
    return int(db.execute(_insert, row).scalar_one())


def find_account(db: Connection, organisation: int, login: str) -> int | None:
    return db.execute(_select, {"organisation": organisation, "of_login": login}).scalar()


def disable_account(db: Connection, organisation: int, login: str, now: datetime) -> bool:
    """Whether it was enabled until now."""
    return db.execute(_disable, {"organisation": organisation, "of_login": login, "now": now}).rowcount == 1


def list_accounts(db: Connection) -> tuple[AccountRow, ...]:
    """Of every organisation: for the operator of the installation alone."""
    return tuple(AccountRow(*row) for row in db.execute(_list))
