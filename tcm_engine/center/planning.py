"""Composing a plan from a kept assessment, keeping it, and making its document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection

from tcm_engine.model import Plan, Profile, check_profile
from tcm_engine.records import (
    AssessmentRow,
    NewPlanRow,
    add_plan,
    find_assessment,
    find_plan,
    new_public_id,
    new_token,
    person_of,
    prolong_assessment,
)
from tcm_engine.views import Letterhead, PlanView, present

from .agreed import require_standing
from .assessing import in_branch
from .center import Caller, Center
from .errors import NotFound
from .once import Made, Once, create
from .rights import permit
from .stored import PlanContent, StoredPlan, decode_assessment, decode_person, decode_plan, encode
from .trail import note

Render = Callable[[PlanView], bytes]
DRAFT = "draft"


def make_plan(
    center: Center, caller: Caller, assessment_id: str, *, on: date, lang: str, profile: Profile | None = None, once: Once | None = None
) -> StoredPlan:
    """Compose the plan of an assessment for the day `on`; `profile` stands instead of the one the assessment was made with.

    The assessment then lives at least as long as the plan. Raises NotAllowed, NotFound, ConsentMissing, InvalidInput, KeyReused.
    """
    permit(caller, "create_plan")
    now = center.clock()
    source = _source(center, caller, assessment_id)
    person = decode_person(source.person)
    if profile is not None:
        check_profile(profile, on)
    plan = center.engine.plan(decode_assessment(source.result), profile or person.profile, on=on)
    token = new_token() if source.client is None else new_public_id()
    kept = StoredPlan(token, assessment_id, plan, person.name, lang, 1, DRAFT, now, _until(center, source, now))
    token, made_now = create(center, caller, "plan", once, lambda db: _add(center, db, caller, source, kept))
    return kept if made_now else get_plan(center, caller, token)


def get_plan(center: Center, caller: Caller, id_: str) -> StoredPlan:
    """Raises NotAllowed, NotFound."""
    permit(caller, "read_plan")
    with center.records.read() as db:
        row = find_plan(db, center.records.vault, caller.organisation, id_, center.clock())
        if row is None or (caller.branch is not None and _reachable(db, center, caller, decode_plan(row.content).assessment_token) is None):
            raise NotFound
        person = person_of(db, center.records.vault, row.assessment_id)
    content = decode_plan(row.content)
    name = decode_person(person).name
    return StoredPlan(
        id_, content.assessment_token, content.plan, name, content.lang, row.version, row.state, row.created_at, row.expires_at
    )


def show_plan(center: Center, kept: StoredPlan, lang: str, letterhead: Letterhead | None = None) -> PlanView:
    """The plan in words; without a letterhead it carries the person's name alone."""
    return present(kept.plan, lang, letterhead=letterhead or Letterhead(client_name=kept.name), knowledge=center.engine.knowledge)


def plan_pdf(
    center: Center, caller: Caller, id_: str, *, lang: str, render: Render, letterhead: Callable[[str], Letterhead] | None = None
) -> bytes:
    """The document of a plan. `letterhead` makes it from the person's name. Raises NotAllowed, NotFound."""
    kept = get_plan(center, caller, id_)
    return render(show_plan(center, kept, lang, letterhead(kept.name) if letterhead else None))


def _source(center: Center, caller: Caller, id_: str) -> AssessmentRow:
    with center.records.read() as db:
        row = _reachable(db, center, caller, id_)
    if row is None:
        raise NotFound
    return row


def _reachable(db: Connection, center: Center, caller: Caller, id_: str) -> AssessmentRow | None:
    row = find_assessment(db, center.records.vault, caller.organisation, id_, center.clock())
    return row if row and in_branch(db, caller, row.client) else None


def _until(center: Center, source: AssessmentRow, now: datetime) -> datetime | None:
    return max(source.expires_at, now + center.keeping.visit) if source.expires_at else None


def _add(center: Center, db: Connection, caller: Caller, source: AssessmentRow, kept: StoredPlan) -> Made:
    vault = center.records.vault
    if kept.expires_at and not prolong_assessment(db, vault, caller.organisation, kept.assessment_id, kept.created_at, kept.expires_at):
        raise NotFound
    require_standing(db, caller.organisation, source.client)
    if source.client is not None:
        note(db, center, caller, "plan_made", "plan", kept.id)
    return Made(
        kept.id,
        kept.expires_at,
        plan_id=add_plan(db, vault, plan_row(caller.organisation, source.id, kept, of_client=source.client is not None)),
    )


def plan_row(organisation: int, source: int, kept: StoredPlan, *, of_client: bool) -> NewPlanRow:
    """`source`: row of the assessment."""
    plan: Plan = kept.plan
    return NewPlanRow(
        token=kept.id,
        organisation=organisation,
        assessment_id=source,
        version=kept.version,
        state=kept.state,
        content=encode(PlanContent(kept.assessment_id, kept.lang, plan)),
        fingerprint=plan.fingerprint,
        created_at=kept.created_at,
        expires_at=kept.expires_at,
        of_client=of_client,
    )
