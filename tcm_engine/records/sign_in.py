"""What signing in needs: earlier passwords' hashes, one-time links, and counters of failures that survive a restart."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String

from .schema import Moment, belongs_to, owned
from .vault import HANDLE_BYTES

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
