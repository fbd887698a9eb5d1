"""Plans of a whole campaign: composed, printed and packed by the work process; asked for and watched here."""

from __future__ import annotations

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, permit
from tcm_engine.center.work import Progress, request_job
from tcm_engine.center.work import jobs as all_jobs
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import campaign_person

from .campaigns import row_of, today

KINDS = ("plan_pdfs", "archive", "print")
"""Documents one by one; all of them in one ZIP; all of them in one file for the printer."""


def request_batch(center: Center, caller: Caller, public: str, kind: str, lang: str) -> str:
    """Public id of the job that makes the plans of everybody who is assessed; asked for twice it is the same.

    Raises NotAllowed, NotFound, InvalidInput where nobody is assessed yet.
    """
    permit(caller, "run_campaign")
    if kind not in KINDS:
        raise InvalidInput([Fault("kind", "not_one_of", {"allowed": ", ".join(KINDS)})])
    with center.records.write() as db:
        row = row_of(db, caller, public)
        keys = _keys(db, caller, row.id)
        content = {"lang": lang, "on": today(center).isoformat()}
        return request_job(db, center, caller, kind, content, keys, campaign_id=row.id)


def batches(center: Center, caller: Caller, public: str) -> tuple[Progress, ...]:
    """Jobs of a campaign, the newest first. Raises NotAllowed, NotFound."""
    permit(caller, "run_campaign")
    with center.records.read() as db:
        row_of(db, caller, public)
    return tuple(one for one in all_jobs(center, caller) if one.campaign == public)


def _keys(db: Connection, caller: Caller, campaign: int) -> list[str]:
    """Public ids of the assessments, in the order of the people."""
    return [assessment for *_, assessment in campaign_person.done(db, caller.organisation, campaign) if assessment]
