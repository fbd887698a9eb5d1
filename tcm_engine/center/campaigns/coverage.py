"""How far a campaign is: who is missing, who is done, who waits for a practitioner, unit by unit; lists to remind and to invite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import campaign_person, new_token, open_json

from .campaigns import CampaignRow, row_of
from .codes import code_of, number_of

PAGE = 100
_STATES = {"missing": ("missing", "started"), "done": ("done", "review"), "review": ("review",)}


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    unit: str
    """Empty: no unit was given."""
    people: int
    done: int
    """Those in review included."""
    review: int
    started: int
    missing: int


@dataclass(frozen=True, slots=True)
class CampaignPerson:
    public_id: str
    client_id: str
    """Public id of the client record."""
    number: int
    code: str
    name: str
    sex: str | None
    birth_date: str
    phone: str
    unit: str
    staff_number: str
    state: str
    mode: str
    done_at: datetime | None
    token: str
    """Of the invitation; for links and cards alone."""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: tuple[CampaignPerson, ...]
    total: int
    page: int
    pages: int


def coverage(center: Center, caller: Caller, public: str) -> tuple[UnitCoverage, ...]:
    """Unit by unit, the largest first. Raises NotAllowed, NotFound."""
    permit(caller, "read_campaign")
    counts: dict[str, dict[str, int]] = {}
    with center.records.read() as db:
        row = row_of(db, caller, public)
        for unit, state in campaign_person.units(db, center.records.vault, caller.organisation, row.id):
            own = counts.setdefault(unit, {})
            own[state] = own.get(state, 0) + 1
    found = [
        UnitCoverage(unit, sum(own.values()), own.get("done", 0) + own.get("review", 0), own.get("review", 0), own.get("started", 0),
                     own.get("missing", 0))
        for unit, own in counts.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.people, one.unit)))


def people(
    center: Center, caller: Caller, public: str, *, state: str = "", unit: str | None = None, search: str = "", page: int = 1
) -> PeoplePage:
    """One page of a campaign's people. `state`: missing (with started), done, review or all; `search`: a name, or a code.

    Raises NotAllowed, NotFound.
    """
    permit(caller, "read_campaign")
    states, search = _STATES.get(state, ()), search.strip()
    with center.records.write() as db:
        row = row_of(db, caller, public)
        counts = campaign_person.states(db, caller.organisation, row.id)
        total = sum(count for one, count in counts.items() if not states or one in states)
        if search or unit is not None:
            found = [one for one in _people(db, center, row, states=states) if _fits(one, unit, search)]
            total = len(found)
        pages = max(1, -(-total // PAGE))
        page = min(max(page, 1), pages)
        first = (page - 1) * PAGE
        if not search and unit is None:
            shown = tuple(_people(db, center, row, states=states, limit=PAGE, offset=first))
        else:
            shown = tuple(found[first : first + PAGE])
        note(db, center, caller, "campaign_people_read", "campaign", public, people=len(shown))
    return PeoplePage(shown, total, page, pages)


def person(center: Center, caller: Caller, public: str, who: str) -> CampaignPerson:
    """Raises NotAllowed, NotFound."""
    permit(caller, "read_campaign")
    with center.records.write() as db:
        row = row_of(db, caller, public)
        found = next(_people(db, center, row, public=who), None) if who else None
        if found is None:
            raise NotFound
        note(db, center, caller, "campaign_person_read", "campaign_person", who)
    return found


def reminders(center: Center, caller: Caller, public: str, unit: str | None = None) -> tuple[CampaignPerson, ...]:
    """Everybody who has not finished, with telephone numbers. Raises NotAllowed, NotFound."""
    return _listed(center, caller, public, "reminders_exported", unit, ("missing", "started"))


def invitations(center: Center, caller: Caller, public: str, unit: str | None = None) -> tuple[CampaignPerson, ...]:
    """Everybody who has not finished, with the token of the link. Raises NotAllowed, NotFound."""
    return _listed(center, caller, public, "invitations_exported", unit, ("missing", "started"))


def everybody(center: Center, caller: Caller, public: str, unit: str | None = None) -> tuple[CampaignPerson, ...]:
    """For paper forms with names. Raises NotAllowed, NotFound."""
    return _listed(center, caller, public, "people_exported", unit, ("missing", "started", "done", "review"))


def reissue_link(center: Center, caller: Caller, public: str, who: str) -> None:
    """A new link; the old one opens nothing any more. Raises NotAllowed, NotFound."""
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        row = row_of(db, caller, public)
        found = campaign_person.find(db, center.records.vault, caller.organisation, row.id, who)
        if found is None:
            raise NotFound
        campaign_person.reissue(db, center.records.vault, found, new_token())
        note(db, center, caller, "link_reissued", "campaign_person", who)


def find_code(center: Center, caller: Caller, public: str, code: str) -> str:
    """Public id of the person with a code. Raises NotAllowed, NotFound, InvalidInput at `code`."""
    permit(caller, "read_campaign")
    number = number_of(code)
    with center.records.read() as db:
        row = row_of(db, caller, public)
        found = campaign_person.find_number(db, center.records.vault, caller.organisation, row.id, number) if number else None
    if found is None:
        raise InvalidInput([Fault("code", "code_unknown")])
    return found.public_id


def _listed(
    center: Center, caller: Caller, public: str, action: str, unit: str | None, states: tuple[str, ...]
) -> tuple[CampaignPerson, ...]:
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        row = row_of(db, caller, public)
        found = tuple(one for one in _people(db, center, row, states=states) if unit in (None, one.unit))
        note(db, center, caller, action, "campaign", public, people=len(found))
    return found


def _fits(one: CampaignPerson, unit: str | None, search: str) -> bool:
    if unit is not None and one.unit != unit:
        return False
    return not search or search in one.name or number_of(search) == one.number or search == one.staff_number


def _people(db: Connection, center: Center, row: CampaignRow, **which: Any) -> Iterator[CampaignPerson]:
    for one in campaign_person.in_campaign(db, center.records.vault, row.organisation, row.id, **which):
        identity = open_json(center.records.vault, "client", one.client_public, one.content)["identity"]
        who = one.person
        yield CampaignPerson(
            who.public_id, one.client_public, who.number, code_of(who.number), identity["name"], identity.get("sex"),
            identity.get("birth_date", ""), identity.get("phone", ""), who.unit, who.staff_number, who.state, who.mode, who.done_at,
            who.token,
        )  # fmt: skip
