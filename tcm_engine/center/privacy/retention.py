"""Records that nobody wrote into for as long as the organisation keeps them: listed for review, then erased in a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, note, permit
from tcm_engine.center.access import read_settings
from tcm_engine.records import personal

from .erasing import Erased, erase_client

MOST = 500
"""Records in a list."""


@dataclass(frozen=True, slots=True)
class DueForReview:
    public_id: str
    changed_at: datetime
    """Last entry."""


@dataclass(frozen=True, slots=True)
class RetentionList:
    years: int
    """0: the organisation has set none; nothing is listed."""
    before: datetime | None
    due: tuple[DueForReview, ...]
    """The longest untouched first, at most MOST."""


def due_for_review(center: Center, caller: Caller) -> RetentionList:
    """Records whose last entry is older than the organisation's retention. Raises NotAllowed."""
    permit(caller, "answer_rights_request")
    years = read_settings(center, caller.organisation).settings.retention_years
    before = _years_ago(center.clock(), years) if years else None
    if before is None:
        return RetentionList(0, None, ())
    with center.records.write() as db:
        due = _due(db, caller, before)
        note(db, center, caller, "retention_listed", "client", "", years=years, count=len(due))
    return RetentionList(years, before, due)


def erase_due(center: Center, caller: Caller, public_ids: Sequence[str]) -> tuple[Erased, ...]:
    """Erase those of `public_ids` that are due; one that was written into meanwhile stays. Stopped, the rest is still listed.

    Raises NotAllowed.
    """
    listed = {one.public_id for one in due_for_review(center, caller).due}
    return tuple(erase_client(center, caller, public, "retention") for public in dict.fromkeys(public_ids) if public in listed)


def _due(db: Connection, caller: Caller, before: datetime) -> tuple[DueForReview, ...]:
    return tuple(DueForReview(*found) for found in personal.untouched_since(db, caller.organisation, caller.branch, before, MOST))


def _years_ago(now: datetime, years: int) -> datetime:
    day = 28 if (now.month, now.day) == (2, 29) else now.day
    return now.replace(year=now.year - years, day=day)
