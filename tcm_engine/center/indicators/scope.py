"""What an indicator is about: a period or a campaign, of the whole organisation or of one branch, told apart by groups or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import branch
from tcm_engine.records import campaign as campaigns

GroupBy = Literal["none", "branch", "unit", "sex", "age"]
GROUPS: tuple[GroupBy, ...] = get_args(GroupBy)
LONGEST_PERIOD = timedelta(days=366 * 5)


@dataclass(frozen=True, slots=True)
class Scope:
    begins: date
    ends: date
    """Both days included."""
    branch: str = ""
    """Public id; empty: all that the caller may see."""
    campaign: str = ""
    """Public id; then the campaign's people are looked at, whenever they were assessed."""
    by: GroupBy = "none"
    compare: tuple[date, date] | None = None
    """An earlier period to compare with, both days included."""

    @property
    def days(self) -> int:
        return (self.ends - self.begins).days + 1

    def before(self) -> tuple[date, date]:
        """As many days, just before."""
        return self.begins - timedelta(days=self.days), self.begins - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scope looks: rows of branch and campaign, found to be the organisation's own."""

    branch: int | None
    branch_name: str
    campaign: campaigns.CampaignRow | None
    names: dict[int, str]
    """Row of a branch -> its name, of the whole organisation."""


def check_scope(scope: Scope) -> None:
    """Raises InvalidInput with every fault."""
    faults = []
    periods = [("ends", scope.begins, scope.ends)] + ([("compare_ends", *scope.compare)] if scope.compare else [])
    for path, begins, ends in periods:
        if ends < begins:
            faults.append(Fault(path, "period_backwards"))
        elif ends - begins > LONGEST_PERIOD:
            faults.append(Fault(path, "period_too_long", {"maximum": 5}))
    if scope.compare and scope.compare[1] >= scope.begins and scope.compare[1] >= scope.compare[0]:
        faults.append(Fault("compare_ends", "period_overlaps"))
    if scope.by not in GROUPS:
        faults.append(Fault("by", "not_one_of", {"allowed": ", ".join(GROUPS)}))
    if scope.by == "unit" and not scope.campaign:
        faults.append(Fault("by", "units_need_a_campaign"))
    if faults:
        raise InvalidInput(faults)


def place_of(db: Connection, caller: Caller, scope: Scope) -> Place:
    """Raises NotFound for a branch or campaign that the caller may not see."""
    branches = branch.of_organisation(db, caller.organisation)
    names = {one.id: one.name for one in branches}
    wanted = caller.branch
    if scope.branch:
        wanted = next((one.id for one in branches if one.public_id == scope.branch), None)
        if wanted is None or caller.branch not in (None, wanted):
            raise NotFound
    of = campaigns.find(db, caller.organisation, scope.campaign, caller.branch) if scope.campaign else None
    if scope.campaign and of is None:
        raise NotFound
    return Place(wanted, names.get(wanted, "") if wanted is not None else "", of, names)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a scope can be chosen from: (public id, name) each."""

    branches: tuple[tuple[str, str], ...]
    campaigns: tuple[tuple[str, str], ...]


def offered(center: Center, caller: Caller) -> Offered:
    """Branches and campaigns that the caller may look at. Raises NotAllowed."""
    permit(caller, "read_indicators")
    with center.records.read() as db:
        places = branch.of_organisation(db, caller.organisation)
        held = campaigns.of_organisation(db, caller.organisation, caller.branch)
    return Offered(
        tuple((one.public_id, one.name) for one in places if caller.branch in (None, one.id)),
        tuple((one.public_id, one.name) for one in held),
    )


def note_export(center: Center, caller: Caller, what: str, campaign: str = "", **detail: str | int) -> None:
    """Write down that counts left the house as a file. Raises NotAllowed."""
    permit(caller, "read_indicators")
    with center.records.write() as db:
        note(db, center, caller, "indicators_exported", "campaign" if campaign else "organisation", campaign, what=what, **detail)
