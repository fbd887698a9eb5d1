"""Which plan people of campaigns have, when plans are made many at once."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, update

from .campaign import campaign_person

_set = (
    update(campaign_person)
    .where(campaign_person.c.organisation_id == bindparam("organisation"))
    .where(campaign_person.c.assessment_id == bindparam("assessment"))
    .values(plan_id=bindparam("made"), version=campaign_person.c.version + 1)
)


def set_plan(db: Connection, organisation: int, assessment_id: int, plan_id: int) -> None:
    """In every campaign in which this assessment counts."""
    db.execute(_set, {"organisation": organisation, "assessment": assessment_id, "made": plan_id})
