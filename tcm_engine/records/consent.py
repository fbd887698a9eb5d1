"""What a client agreed to, in which version of the text, and when it was withdrawn. Rows are never changed otherwise.

A refusal is a row too: withdrawn at the moment in which it was given, so that it never counts and is never mistaken for "not asked".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, bindparam, insert, select, update

from .client import client
from .schema import Moment, belongs_to, new_public_id, owned, public_id

consent = owned(
    "consent",
    public_id(),
    belongs_to("client"),
    Column("purpose", String(30), nullable=False),
    Column("text_version", String(40), nullable=False),
    Column("means", String(20), nullable=False, comment="how it was given: paper, tablet, link, staff"),
    Column("account_id", Integer, nullable=True, comment="who took it down; empty: the client"),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment, nullable=True),
)

_of_client = (consent.c.client_id == bindparam("client")) & (consent.c.purpose == bindparam("of_purpose"))
_of_organisation = consent.c.organisation_id == bindparam("organisation")
_owner = (client.c.id == consent.c.client_id) & (client.c.organisation_id == consent.c.organisation_id)
_valid = consent.c.withdrawn_at.is_(None) & consent.c.text_version.in_(bindparam("versions", expanding=True))
_has = select(consent.c.id).join(client, _owner).where(_of_client & _valid).limit(1)
_who_have = (
    select(consent.c.client_id)
    .where(_of_organisation & (consent.c.purpose == bindparam("of_purpose")) & _valid)
    .where(consent.c.client_id.in_(bindparam("clients", expanding=True)))
    .distinct()
)
_all = (
    select(
        consent.c.public_id, consent.c.purpose, consent.c.text_version, consent.c.means, consent.c.account_id, consent.c.given_at,
        consent.c.withdrawn_at,
    )
    .where(_of_organisation & (consent.c.client_id == bindparam("client")))
    .order_by(consent.c.given_at.desc(), consent.c.id.desc())
)  # fmt: skip
_withdraw = update(consent).where(_of_organisation & _of_client & consent.c.withdrawn_at.is_(None)).values(withdrawn_at=bindparam("now"))
_find_client = select(client.c.public_id, client.c.branch_id).where(
    (client.c.organisation_id == bindparam("organisation")) & (client.c.id == bindparam("client"))
)
_MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ConsentRow:
    public_id: str
    purpose: str
    text_version: str
    means: str
    account_id: int | None
    given_at: datetime
    withdrawn_at: datetime | None

    @property
    def refused(self) -> bool:
        return self.withdrawn_at == self.given_at


def add(
    db: Connection,
    organisation: int,
    client_id: int,
    purpose: str,
    version: str,
    means: str,
    account: int | None,
    now: datetime,
    agreed: bool,
) -> str:
    """Public id of the new row; what stood for this purpose before is withdrawn."""
    withdraw(db, organisation, client_id, purpose, now)
    public = new_public_id()
    row = {"organisation_id": organisation, "public_id": public, "client_id": client_id, "purpose": purpose, "text_version": version}
    row |= {"means": means, "account_id": account, "given_at": now, "withdrawn_at": None if agreed else now}
    db.execute(insert(consent), row)
    return public


def withdraw(db: Connection, organisation: int, client_id: int, purpose: str, now: datetime) -> int:
    """How many stood until now."""
    return db.execute(_withdraw, {"organisation": organisation, "client": client_id, "of_purpose": purpose, "now": now}).rowcount


def has(db: Connection, client_id: int, purpose: str, versions: tuple[str, ...]) -> bool:
    """Whether a consent in one of these versions stands."""
    return db.execute(_has, {"client": client_id, "of_purpose": purpose, "versions": versions}).first() is not None


def who_have(db: Connection, organisation: int, purpose: str, versions: tuple[str, ...], clients: Iterable[int]) -> frozenset[int]:
    """Those of `clients` whose consent stands."""
    asked, found = list(clients), set()
    for start in range(0, len(asked), _MOST_AT_ONCE):
        key = {"organisation": organisation, "of_purpose": purpose, "versions": versions, "clients": asked[start : start + _MOST_AT_ONCE]}
        found |= set(db.execute(_who_have, key).scalars())
    return frozenset(found)


def of_client(db: Connection, organisation: int, client_id: int) -> tuple[ConsentRow, ...]:
    """Everything that was ever agreed to, refused and withdrawn, the newest first."""
    return tuple(ConsentRow(*row) for row in db.execute(_all, {"organisation": organisation, "client": client_id}))


def whose(db: Connection, organisation: int, client_id: int) -> tuple[str, int | None] | None:
    """(public id, branch) of a client, or None where the organisation has no such client."""
    row = db.execute(_find_client, {"organisation": organisation, "client": client_id}).first()
    return (row.public_id, row.branch_id) if row else None
