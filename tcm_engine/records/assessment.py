"""Assessments as they are kept: codes in the clear, everything about the person sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Connection, Date, ForeignKey, Integer, LargeBinary, String, Table, bindparam, delete, insert, select, update

from .schema import PUBLIC_ID_CHARACTERS, Moment, SealedBytes, belongs_to, metadata
from .vault import HANDLE_BYTES, Vault

assessment = Table(
    "assessment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True),
    belongs_to("client", nullable=True),
    Column("public_id", String(PUBLIC_ID_CHARACTERS), nullable=True, unique=True, comment="the id itself, of a centre's assessments"),
    Column("assessed_on", Date, nullable=True, comment="of a centre's assessments"),
    Column("instrument", String(60), nullable=False),
    Column("edition", String(60), nullable=False),
    Column("person", SealedBytes, nullable=False, comment="JSON: name and profile"),
    Column("result", SealedBytes, nullable=False, comment="JSON: the assessment with its answers"),
    Column("engine_version", String(60), nullable=False),
    Column("knowledge_version", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=True, index=True, comment="empty: kept until it is removed"),
)

_alive = (assessment.c.expires_at.is_(None)) | (assessment.c.expires_at > bindparam("now"))
_one = assessment.c.handle.in_(bindparam("handles", expanding=True)) & (assessment.c.organisation_id == bindparam("organisation"))
_insert = insert(assessment)
_select = select(
    assessment.c.id, assessment.c.handle, assessment.c.person, assessment.c.result, assessment.c.created_at, assessment.c.expires_at,
    assessment.c.client_id,
).where(_one & _alive)  # fmt: skip
_of_client = (
    select(
        assessment.c.id, assessment.c.public_id, assessment.c.handle, assessment.c.result, assessment.c.assessed_on, assessment.c.created_at
    )
    .where((assessment.c.organisation_id == bindparam("organisation")) & (assessment.c.client_id == bindparam("client")))
    .order_by(assessment.c.assessed_on.desc(), assessment.c.id.desc())
)  # fmt: skip
_by_id = select(assessment.c.handle, assessment.c.person).where(assessment.c.id == bindparam("id"))
_keep = update(assessment).where(_one & _alive)
_delete = delete(assessment).where(_one)


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    id: int
    person: bytes
    result: bytes
    created_at: datetime
    expires_at: datetime | None
    client: int | None = None
    """Row of the client whose it is; None for self-tests."""


@dataclass(frozen=True, slots=True)
class ClientAssessmentRow:
    id: int
    public_id: str
    result: bytes
    assessed_on: date
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewAssessmentRow:
    """What is written of an assessment; `token` is its public id, stored for a client's alone."""

    token: str
    organisation: int
    instrument: str
    edition: str
    person: bytes
    result: bytes
    engine_version: str
    knowledge_version: str
    created_at: datetime
    expires_at: datetime | None
    client: int | None = None
    assessed_on: date | None = None
    """Of a client's."""


def add_assessment(db: Connection, vault: Vault, new: NewAssessmentRow) -> int:
    handle = vault.handle(new.token)
    row = {
        "organisation_id": new.organisation,
        "handle": handle,
        "instrument": new.instrument,
        "edition": new.edition,
        "person": vault.seal(new.person, _person_place(handle)),
        "result": vault.seal(new.result, _result_place(handle)),
        "engine_version": new.engine_version,
        "knowledge_version": new.knowledge_version,
        "created_at": new.created_at,
        "expires_at": new.expires_at,
        "client_id": new.client,
        "public_id": new.token if new.client is not None else None,
        "assessed_on": new.assessed_on,
    }
    stored = db.execute(_insert, row)
    return int(stored.inserted_primary_key[0])  # type: ignore[index]  # a row that was just inserted has a key


def find_assessment(db: Connection, vault: Vault, organisation: int, token: str, now: datetime) -> AssessmentRow | None:
    row = db.execute(_select, {"handles": vault.handles(token), "organisation": organisation, "now": now}).first()
    if row is None:
        return None
    person = vault.open(row.person, _person_place(row.handle))
    return AssessmentRow(row.id, person, vault.open(row.result, _result_place(row.handle)), row.created_at, row.expires_at, row.client_id)


def assessments_of_client(db: Connection, vault: Vault, organisation: int, client_id: int) -> tuple[ClientAssessmentRow, ...]:
    """All of a client's, the newest day first."""
    return tuple(
        ClientAssessmentRow(row.id, row.public_id, vault.open(row.result, _result_place(row.handle)), row.assessed_on, row.created_at)
        for row in db.execute(_of_client, {"organisation": organisation, "client": client_id})
    )


def assessed_clients(db: Connection, organisation: int) -> frozenset[int]:
    """Rows of the clients that have an assessment."""
    query = select(assessment.c.client_id).where(
        assessment.c.organisation_id == bindparam("organisation"), assessment.c.client_id.is_not(None)
    )
    return frozenset(db.execute(query.distinct(), {"organisation": organisation}).scalars())


def person_of(db: Connection, vault: Vault, assessment_id: int) -> bytes:
    """The sealed person of an assessment that is known to exist, opened."""
    row = db.execute(_by_id, {"id": assessment_id}).one()
    return vault.open(row.person, _person_place(row.handle))


def prolong_assessment(db: Connection, vault: Vault, organisation: int, token: str, now: datetime, expires_at: datetime) -> bool:
    key = {"handles": vault.handles(token), "organisation": organisation, "now": now}
    return db.execute(_keep.values(expires_at=expires_at), key).rowcount == 1


def remove_assessment(db: Connection, vault: Vault, organisation: int, token: str) -> bool:
    """Plans and remembered requests of the assessment go with it."""
    return db.execute(_delete, {"handles": vault.handles(token), "organisation": organisation}).rowcount > 0


def _person_place(handle: bytes) -> bytes:
    return b"assessment.person:" + handle


def _result_place(handle: bytes) -> bytes:
    return b"assessment.result:" + handle
