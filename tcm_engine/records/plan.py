"""Plans as they are kept: state, version and fingerprint in the clear, the plan itself sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, LargeBinary, String, Table, bindparam, delete, insert, select, update

from .assessment import assessment
from .schema import PUBLIC_ID_CHARACTERS, Moment, SealedBytes, metadata
from .vault import HANDLE_BYTES, Vault

plan = Table(
    "plan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("assessment_id", ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, unique=True),
    Column("public_id", String(PUBLIC_ID_CHARACTERS), nullable=True, unique=True, comment="the id itself, of a centre's plans"),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("content", SealedBytes, nullable=False, comment="JSON: the plan, and the id and language it was asked with"),
    Column("fingerprint", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=True, index=True, comment="empty: kept until it is removed"),
)

_alive = (plan.c.expires_at.is_(None)) | (plan.c.expires_at > bindparam("now"))
_one = plan.c.handle.in_(bindparam("handles", expanding=True)) & (plan.c.organisation_id == bindparam("organisation"))
_insert = insert(plan).returning(plan.c.id)
_select = select(
    plan.c.id, plan.c.assessment_id, plan.c.handle, plan.c.version, plan.c.state, plan.c.content, plan.c.created_at, plan.c.expires_at
).where(_one & _alive)
_of_client = (
    select(plan.c.id, plan.c.public_id, plan.c.assessment_id, plan.c.version, plan.c.state, plan.c.created_at)
    .join(assessment, assessment.c.id == plan.c.assessment_id)
    .where((plan.c.organisation_id == bindparam("organisation")) & (assessment.c.client_id == bindparam("client")))
    .order_by(plan.c.created_at.desc(), plan.c.id.desc())
)
_of_assessment = (
    select(
        plan.c.id, plan.c.assessment_id, plan.c.handle, plan.c.version, plan.c.state, plan.c.content, plan.c.created_at, plan.c.expires_at
    )
    .where((plan.c.organisation_id == bindparam("organisation")) & (plan.c.assessment_id == bindparam("assessment")))
    .order_by(plan.c.id.desc())
    .limit(1)
)
_keep_all = update(plan).where(plan.c.assessment_id == bindparam("assessment"))
_delete = delete(plan).where(_one)


@dataclass(frozen=True, slots=True)
class PlanRow:
    id: int
    assessment_id: int
    version: int
    state: str
    content: bytes
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClientPlanRow:
    id: int
    public_id: str
    assessment_id: int
    version: int
    state: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewPlanRow:
    """What is written of a plan; `token` is its public id, stored for a client's alone."""

    token: str
    organisation: int
    assessment_id: int
    version: int
    state: str
    content: bytes
    fingerprint: str
    created_at: datetime
    expires_at: datetime | None
    of_client: bool = False


def add_plan(db: Connection, vault: Vault, new: NewPlanRow) -> int:
    handle = vault.handle(new.token)
    row = {
        "organisation_id": new.organisation,
        "assessment_id": new.assessment_id,
        "handle": handle,
        "version": new.version,
        "state": new.state,
        "content": vault.seal(new.content, _place(handle)),
        "fingerprint": new.fingerprint,
        "created_at": new.created_at,
        "expires_at": new.expires_at,
        "public_id": new.token if new.of_client else None,
    }
    return int(db.execute(_insert, row).scalar_one())


def find_plan(db: Connection, vault: Vault, organisation: int, token: str, now: datetime) -> PlanRow | None:
    row = db.execute(_select, {"handles": vault.handles(token), "organisation": organisation, "now": now}).first()
    if row is None:
        return None
    content = vault.open(row.content, _place(row.handle))
    return PlanRow(row.id, row.assessment_id, row.version, row.state, content, row.created_at, row.expires_at)


def newest_plan(db: Connection, vault: Vault, organisation: int, assessment_id: int) -> PlanRow | None:
    """The last plan that was made of an assessment."""
    row = db.execute(_of_assessment, {"organisation": organisation, "assessment": assessment_id}).first()
    if row is None:
        return None
    content = vault.open(row.content, _place(row.handle))
    return PlanRow(row.id, row.assessment_id, row.version, row.state, content, row.created_at, row.expires_at)


def plans_of_client(db: Connection, organisation: int, client_id: int) -> tuple[ClientPlanRow, ...]:
    """All plans of a client, the newest first."""
    return tuple(ClientPlanRow(*row) for row in db.execute(_of_client, {"organisation": organisation, "client": client_id}))


def prolong_plans(db: Connection, assessment_id: int, expires_at: datetime) -> None:
    """All plans of an assessment live as long as it does."""
    db.execute(_keep_all.values(expires_at=expires_at), {"assessment": assessment_id})


def remove_plan(db: Connection, vault: Vault, organisation: int, token: str) -> bool:
    return db.execute(_delete, {"handles": vault.handles(token), "organisation": organisation}).rowcount > 0


def _place(handle: bytes) -> bytes:
    return b"plan.content:" + handle
