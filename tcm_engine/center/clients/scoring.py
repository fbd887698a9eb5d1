"""Assessments of clients: scored, kept with the record, and only where the client agrees to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, Sheet, StoredAssessment, add_result, note, permit
from tcm_engine.center.privacy import require_consent
from tcm_engine.model import Assessment, Person
from tcm_engine.records import client as clients

from .record import ClientRef


@dataclass(frozen=True, slots=True)
class Scored:
    row: int
    """Row of the assessment."""
    kept: StoredAssessment
    """Its `id` is the public id; `make_plan` takes it."""


def score_for_client(db: Connection, center: Center, caller: Caller, client: ClientRef, sheet: Sheet) -> Scored:
    """Score a sheet and keep the result with the client's record, in the transaction of who asks.

    Raises NotAllowed, ConsentMissing, InvalidInput (every fault of the answers).
    """
    permit(caller, "create_assessment")
    profile = sheet.person.profile
    result = center.engine.assess(
        sheet.instrument, sheet.answers, sex=profile.sex, assessed_on=sheet.on, birth_date=profile.birth_date,
        answered_in_s=sheet.answered_in_s,
    )  # fmt: skip
    return keep_for_client(db, center, caller, client, result, sheet.person)


def keep_for_client(db: Connection, center: Center, caller: Caller, client: ClientRef, result: Assessment, person: Person) -> Scored:
    """Keep a result that was scored already (in a batch, say) with the client's record. Raises NotAllowed, ConsentMissing."""
    permit(caller, "create_assessment")
    require_consent(db, client.id, "health_data")
    row, kept = add_result(db, center, caller, result, person, client.id)
    clients.touch(db, caller.organisation, client.id, center.clock())
    note(db, center, caller, "assessment_added", "assessment", kept.id, client=client.public_id, instrument=result.instrument)
    return Scored(row, kept)
