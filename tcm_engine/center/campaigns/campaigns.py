"""Campaigns: a company's or a village's days of assessment. Preparing, open for answers, closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, Outdated, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import branch as branches
from tcm_engine.records import campaign

State = Literal["preparing", "open", "closed"]
STATES: tuple[State, ...] = get_args(State)
CampaignRow = campaign.CampaignRow
HOME_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class NewCampaign:
    name: str
    employer: str
    """The company or village; may be empty."""
    instrument: str
    starts_on: date | None
    ends_on: date | None
    branch: str = ""
    """Public id; empty: the whole organisation."""


@dataclass(frozen=True, slots=True)
class Campaign:
    public_id: str
    name: str
    employer: str
    instrument: str
    starts_on: date
    ends_on: date
    state: State
    branch: str
    """Name of the branch; empty: the whole organisation."""
    branch_id: str
    version: int
    created_at: datetime
    people: int
    missing: int
    started: int
    done: int
    """Assessed, those in review included."""
    review: int

    @property
    def coverage(self) -> float:
        """Share of the people who are assessed, 0 to 1."""
        return self.done / self.people if self.people else 0.0


def campaigns(center: Center, caller: Caller) -> tuple[Campaign, ...]:
    """Those that the caller may see, the newest first. Raises NotAllowed."""
    permit(caller, "read_campaign")
    with center.records.read() as db:
        counts, names = campaign.counts(db, caller.organisation), _branches(db, caller.organisation)
        rows = campaign.of_organisation(db, caller.organisation, caller.branch)
    return tuple(_shown(row, counts.get(row.id, {}), names) for row in rows)


def get_campaign(center: Center, caller: Caller, public: str) -> Campaign:
    """Raises NotAllowed, NotFound."""
    permit(caller, "read_campaign")
    with center.records.read() as db:
        return show(db, row_of(db, caller, public))


def add_campaign(center: Center, caller: Caller, new: NewCampaign) -> str:
    """Its public id. Raises NotAllowed, InvalidInput."""
    permit(caller, "run_campaign")
    with center.records.write() as db:
        values = _checked(db, center, caller, new)
        now = center.clock()
        public = campaign.add(db, caller.organisation, {**values, "state": "preparing", "account_id": caller.account, "created_at": now})
        note(db, center, caller, "campaign_added", "campaign", public, instrument=new.instrument)
    return public


def change_campaign(center: Center, caller: Caller, public: str, version: int, new: NewCampaign) -> None:
    """The instrument stays once somebody has answered. Raises NotAllowed, NotFound, InvalidInput, Outdated."""
    permit(caller, "run_campaign")
    with center.records.write() as db:
        row = row_of(db, caller, public)
        values = _checked(db, center, caller, new)
        found = show(db, row)
        if new.instrument != row.instrument and found.done + found.started:
            raise InvalidInput([Fault("instrument", "instrument_in_use")])
        if not campaign.change(db, caller.organisation, row.id, version, values):
            raise Outdated(found)
        note(db, center, caller, "campaign_changed", "campaign", public)


def set_state(center: Center, caller: Caller, public: str, state: str) -> None:
    """Open it for answers, or close it. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "run_campaign")
    if state not in STATES:
        raise InvalidInput([Fault("state", "not_one_of", {"allowed": ", ".join(STATES)})])
    with center.records.write() as db:
        row = row_of(db, caller, public)
        campaign.change(db, caller.organisation, row.id, row.version, {"state": state})
        note(db, center, caller, f"campaign_{state}", "campaign", public)


def row_of(db: Connection, caller: Caller, public: str) -> CampaignRow:
    """Raises NotFound, for another branch's as for another organisation's."""
    row = campaign.find(db, caller.organisation, public, caller.branch)
    if row is None:
        raise NotFound
    return row


def show(db: Connection, row: CampaignRow) -> Campaign:
    return _shown(row, campaign.counts(db, row.organisation).get(row.id, {}), _branches(db, row.organisation))


def today(center: Center) -> date:
    """The day where most readers live."""
    return center.clock().astimezone(HOME_ZONE).date()


def _shown(row: CampaignRow, counts: Mapping[str, int], names: Mapping[int, tuple[str, str]]) -> Campaign:
    public, name = names.get(row.branch or 0, ("", ""))
    review = counts.get("review", 0)
    state: State = "open" if row.state == "open" else "closed" if row.state == "closed" else "preparing"
    return Campaign(
        row.public_id, row.name, row.employer, row.instrument, row.starts_on, row.ends_on, state, name, public, row.version, row.created_at,
        sum(counts.values()), counts.get("missing", 0), counts.get("started", 0), counts.get("done", 0) + review, review,
    )  # fmt: skip


def _branches(db: Connection, organisation: int) -> dict[int, tuple[str, str]]:
    return {found.id: (found.public_id, found.name) for found in branches.of_organisation(db, organisation)}


def _checked(db: Connection, center: Center, caller: Caller, new: NewCampaign) -> dict[str, object]:
    faults = [*_line("name", new.name, needed=True), *_line("employer", new.employer)]
    if new.instrument not in center.engine.knowledge.instruments:
        faults.append(Fault("instrument", "unknown_instrument", {"allowed": ", ".join(center.engine.knowledge.instruments)}))
    for path, day in (("starts_on", new.starts_on), ("ends_on", new.ends_on)):
        if day is None:
            faults.append(Fault(path, "not_a_date"))
    if new.starts_on and new.ends_on and new.ends_on < new.starts_on:
        faults.append(Fault("ends_on", "ends_before_it_starts"))
    branch = _branch(db, caller, new.branch)
    if branch == 0:
        faults.append(Fault("branch", "branch_unknown"))
    if faults:
        raise InvalidInput(faults)
    return {
        "name": new.name.strip(), "employer": new.employer.strip(), "instrument": new.instrument, "starts_on": new.starts_on,
        "ends_on": new.ends_on, "branch_id": branch,
    }  # fmt: skip


def _branch(db: Connection, caller: Caller, public: str) -> int | None:
    """Row of a branch that is open; None: the whole organisation; 0: there is none. Who is bound to a branch makes it for that."""
    if caller.branch is not None:
        return caller.branch
    if not public:
        return None
    found = branches.of_organisation(db, caller.organisation)
    return next((one.id for one in found if one.public_id == public and one.closed_at is None), 0)


def _line(path: str, text: str, needed: bool = False) -> list[Fault]:
    text = text.strip()
    if needed and not text:
        return [Fault(path, "missing")]
    if not text.isprintable():
        return [Fault(path, "unfit_text")]
    return [Fault(path, "too_long", {"maximum": campaign.LONGEST_CAMPAIGN})] if len(text) > campaign.LONGEST_CAMPAIGN else []
