"""How long things stay, as their owner chooses: the visit, a private link, or not at all."""

from __future__ import annotations

from datetime import datetime

from tcm_engine.records import find_assessment, prolong_assessment, prolong_plans, purge, remove_assessment

from .center import Caller, Center
from .errors import NotFound
from .rights import permit


def keep(center: Center, caller: Caller, assessment_id: str) -> datetime:
    """Keep an assessment and its plans for a private link; until when. Raises NotAllowed, NotFound."""
    permit(caller, "keep_by_link")
    now = center.clock()
    until = now + center.keeping.link
    with center.records.write() as db:
        row = find_assessment(db, center.records.vault, caller.organisation, assessment_id, now)
        if row is None:
            raise NotFound
        prolong_assessment(db, center.records.vault, caller.organisation, assessment_id, now, until)
        prolong_plans(db, row.id, until)
    return until


def forget(center: Center, caller: Caller, assessment_id: str) -> None:
    """Delete an assessment with its plans now. What is already gone is no error. Raises NotAllowed."""
    permit(caller, "forget")
    with center.records.write() as db:
        remove_assessment(db, center.records.vault, caller.organisation, assessment_id)


def sweep(center: Center) -> int:
    """Delete everything that has expired; how many records."""
    with center.records.write() as db:
        return purge(db, center.clock())
