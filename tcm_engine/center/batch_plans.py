"""Plans made many at once: what one is made of, and keeping what came of it. Where it is composed is not decided here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from tcm_engine.model import Plan
from tcm_engine.records import add_plan, campaign_plan, find_assessment, new_public_id, new_token, newest_plan

from .agreed import require_standing
from .center import Caller, Center
from .errors import NotFound
from .planning import DRAFT, plan_row
from .stored import StoredPlan, decode_person, decode_plan
from .trail import note


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What a plan is made of, as it is kept; or the plan itself, where the day's is there already."""

    row: int
    """Row of the assessment."""
    assessment_id: str
    of_client: bool
    assessment: bytes
    """JSON of a model.Assessment."""
    person: bytes
    """JSON of a model.Person."""
    name: str
    plan_row: int | None
    plan: Plan | None
    """The newest of the assessment, if it was made for the same day: it is not made twice."""


def batch_plan(center: Center, organisation: int, assessment_id: str, on: date) -> BatchPlan:
    """Raises NotFound, ConsentMissing. Whoever asked for the batch had the right to it; what is another organisation's is not found."""
    vault = center.records.vault
    with center.records.read() as db:
        row = find_assessment(db, vault, organisation, assessment_id, center.clock())
        if row is None:
            raise NotFound
        require_standing(db, organisation, row.client)
        newest = newest_plan(db, vault, organisation, row.id)
    made = decode_plan(newest.content).plan if newest else None
    same_day = made is not None and made.on == on
    return BatchPlan(
        row.id,
        assessment_id,
        row.client is not None,
        row.result,
        row.person,
        decode_person(row.person).name,
        newest.id if newest and same_day else None,
        made if same_day else None,
    )


def keep_batch_plan(db: Connection, center: Center, caller: Caller, source: BatchPlan, plan: Plan, lang: str) -> None:
    """Keep the plan, if it is not kept already, and tie it to the people of campaigns whose assessment it is made of."""
    row = source.plan_row
    if row is None:
        token = new_public_id() if source.of_client else new_token()
        kept = StoredPlan(token, source.assessment_id, plan, source.name, lang, 1, DRAFT, center.clock(), None)
        row = add_plan(db, center.records.vault, plan_row(caller.organisation, source.row, kept, of_client=source.of_client))
        if source.of_client:
            note(db, center, caller, "plan_made", "plan", token)
    campaign_plan.set_plan(db, caller.organisation, source.row, row)
