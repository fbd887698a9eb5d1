"""Scoring a sheet and keeping the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from tcm_engine.model import Assessment, Person
from tcm_engine.records import NewAssessmentRow, add_assessment, find_assessment, new_public_id, new_token
from tcm_engine.records import client as clients

from .center import Caller, Center
from .errors import NotFound
from .once import Made, Once, create
from .rights import permit
from .sheets import Sheet
from .stored import StoredAssessment, decode_assessment, decode_person, encode


def assess(center: Center, caller: Caller, sheet: Sheet, *, once: Once | None = None) -> StoredAssessment:
    """Score a sheet and keep the result: a self-test's for the visit, an organisation's until it is removed.

    Raises NotAllowed, InvalidInput (every fault of the answers), KeyReused.
    """
    permit(caller, "create_assessment")
    profile = sheet.person.profile
    result = center.engine.assess(
        sheet.instrument,
        sheet.answers,
        sex=profile.sex,
        assessed_on=sheet.on,
        birth_date=profile.birth_date,
        answered_in_s=sheet.answered_in_s,
    )
    now = center.clock()
    kept = StoredAssessment(new_token(), result, sheet.person, now, center.until(caller, now))
    token, made_now = create(center, caller, "assessment", once, lambda db: _add(center, db, caller, kept))
    return kept if made_now else get_assessment(center, caller, token)


def get_assessment(center: Center, caller: Caller, id_: str) -> StoredAssessment:
    """Raises NotAllowed, NotFound."""
    permit(caller, "read_assessment")
    with center.records.read() as db:
        row = find_assessment(db, center.records.vault, caller.organisation, id_, center.clock())
        if row is None or not in_branch(db, caller, row.client):
            raise NotFound
    return StoredAssessment(id_, decode_assessment(row.result), decode_person(row.person), row.created_at, row.expires_at)


def in_branch(db: Connection, caller: Caller, client: int | None) -> bool:
    """Whether a caller who is bound to a branch may see what belongs to this client; None: to nobody's record."""
    if caller.branch is None:
        return True
    return client is not None and clients.branch_of(db, caller.organisation, client) == caller.branch


def add_result(
    db: Connection, center: Center, caller: Caller, result: Assessment, person: Person, client: int
) -> tuple[int, StoredAssessment]:
    """(row, assessment) of a client's result, written in the transaction of who asks. Rights and consent are theirs to ask for."""
    kept = StoredAssessment(new_public_id(), result, person, center.clock(), None)
    row = _row(kept.id, caller.organisation, result, person, kept.created_at, None)
    return add_assessment(db, center.records.vault, replace(row, client=client, assessed_on=result.assessed_on)), kept


def _add(center: Center, db: Connection, caller: Caller, kept: StoredAssessment) -> Made:
    row = _row(kept.id, caller.organisation, kept.assessment, kept.person, kept.created_at, kept.expires_at)
    return Made(kept.id, kept.expires_at, assessment_id=add_assessment(db, center.records.vault, row))


def _row(
    token: str, organisation: int, result: Assessment, person: Person, created_at: datetime, expires_at: datetime | None
) -> NewAssessmentRow:
    return NewAssessmentRow(
        token=token,
        organisation=organisation,
        instrument=result.instrument,
        edition=result.edition,
        person=encode(person),
        result=encode(result),
        engine_version=result.engine_version,
        knowledge_version=result.knowledge_version,
        created_at=created_at,
        expires_at=expires_at,
    )
