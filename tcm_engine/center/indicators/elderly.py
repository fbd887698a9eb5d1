"""The national TCM service for residents of 65 and over: who is due in a year, who was served, and the service rate.

Norm: 国家基本公共卫生服务规范 (third edition), 老年人中医药健康管理服务. Once a year each permanent resident of 65 and over gets the
constitution identified by the 33 questions, and guidance by it. Rate = residents served in the year / residents in the year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, Outdated, note, permit
from tcm_engine.evaluation import Share, share
from tcm_engine.model import Fault, InvalidInput, day_of
from tcm_engine.records import branch, elderly, statistics

from .reading import SIGNED

INSTRUMENT = "elderly_33"
FIRST_AGE = 65
FIRST_YEAR = 2013
"""The service began with 国卫基层发〔2013〕7号."""
MOST_PEOPLE = 10_000_000
WHOLE = 0
"""Area of an organisation without regard to branches."""

State = Literal["served", "without_guidance", "due"]
STATES: tuple[State, ...] = ("due", "without_guidance", "served")


@dataclass(frozen=True, slots=True)
class Resident:
    client: str
    """Public id."""
    name: str
    code: str
    birth_date: date
    age: int
    """Whole years on the last day of the year."""
    state: State
    assessment: str
    """Public id of the last elderly form of the year; empty where there is none."""
    assessed_on: date | None
    guided_on: date | None


@dataclass(frozen=True, slots=True)
class ElderlyYear:
    year: int
    residents: tuple[Resident, ...]
    """In the records, due ones first."""
    unknown_age: int
    """Client records without a birth date: nobody can say whether they belong here."""
    population: elderly.PopulationRow | None
    """Permanent residents as the manager entered them."""
    rate: Share
    of_population: bool
    """Whether the rate's denominator is the number entered; else it is the records of residents."""
    branch: str

    def count(self, state: State) -> int:
        return sum(one.state == state for one in self.residents)


def elderly_year(center: Center, caller: Caller, year: int, today: date, branch_id: str = "") -> ElderlyYear:
    """Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "read_client")
    _check_year(year, today)
    vault, organisation = center.records.vault, caller.organisation
    with center.records.write() as db:
        note(db, center, caller, "elderly_list_read", "organisation", "", year=year)
    with center.records.read() as db:
        area, name = _area(db, caller, branch_id)
        forms = _forms(db, center, caller, year, area)
        guided = _guided(db, center, organisation)
        people, unknown = [], 0
        for entry in statistics.clients(db, vault, organisation, area):
            born = day_of(str(entry.content.get("birth_date") or ""))
            unknown += born is None
            if born is not None and year - born.year >= FIRST_AGE:
                people.append(_resident(entry, born, year, forms.get(entry.id, ()), guided))
        population = elderly.find_population(db, organisation, year, area or WHOLE)
    people.sort(key=lambda one: (STATES.index(one.state), one.birth_date, one.client))
    served = sum(one.state == "served" for one in people)
    by_number = population is not None and population.people >= served
    rate = share(served, population.people if population is not None and by_number else len(people))
    return ElderlyYear(year, tuple(people), unknown, population, rate, by_number, name)


def set_population(center: Center, caller: Caller, year: int, people: int, version: int, today: date, branch_id: str = "") -> None:
    """The number of permanent residents of 65 and over. Raises NotAllowed, NotFound, InvalidInput, Outdated."""
    permit(caller, "set_population")
    _check_year(year, today)
    if not 1 <= people <= MOST_PEOPLE:
        raise InvalidInput([Fault("people", "out_of_range", {"minimum": 1, "maximum": MOST_PEOPLE})])
    with center.records.write() as db:
        area = _area(db, caller, branch_id)[0] or WHOLE
        if not elderly.write_population(db, caller.organisation, year, area, people, version, caller.account, center.clock()):
            raise Outdated(elderly.find_population(db, caller.organisation, year, area))
        note(db, center, caller, "population_set", "organisation", branch_id, year=year, people=people)


def _check_year(year: int, today: date) -> None:
    if not FIRST_YEAR <= year <= today.year:
        raise InvalidInput([Fault("year", "out_of_range", {"minimum": FIRST_YEAR, "maximum": today.year})])


def _area(db: Connection, caller: Caller, branch_id: str) -> tuple[int | None, str]:
    """(row of the branch or None for the whole organisation, its name)."""
    found = branch.of_organisation(db, caller.organisation)
    wanted = caller.branch
    if branch_id:
        wanted = next((one.id for one in found if one.public_id == branch_id), None)
        if wanted is None or caller.branch not in (None, wanted):
            raise NotFound
    return wanted, next((one.name for one in found if one.id == wanted), "")


_Form = tuple[int, str, date]
"""Row and public id of an assessment, its day."""


def _forms(db: Connection, center: Center, caller: Caller, year: int, area: int | None) -> Mapping[int, tuple[_Form, ...]]:
    """Client -> its elderly forms of the year, the oldest first."""
    found: dict[int, tuple[_Form, ...]] = {}
    for row in statistics.assessed_days(db, caller.organisation, date(year, 1, 1), date(year, 12, 31), INSTRUMENT, area):
        found[row.client] = (*found.get(row.client, ()), (row.id, row.public_id, row.assessed_on))
    return found


def _guided(db: Connection, center: Center, organisation: int) -> Mapping[int, date]:
    """Row of an assessment -> the day of guidance: as written on the form, else that of a signed plan made from it."""
    return statistics.signed_days(db, organisation, tuple(SIGNED)) | elderly.guidance_days(db, organisation)


def _resident(entry: statistics.ClientEntry, born: date, year: int, forms: tuple[_Form, ...], guided: Mapping[int, date]) -> Resident:
    """With the last form after which guidance was given in the year, else with the last one."""
    complete = [form for form in forms if form[0] in guided and guided[form[0]].year == year]
    form = (complete or forms or (None,))[-1]
    state: State = "served" if complete else "without_guidance" if forms else "due"
    content: Mapping[str, Any] = entry.content
    return Resident(
        entry.public_id, str(content.get("name") or ""), str(content.get("code") or ""), born, year - born.year, state,
        form[1] if form else "", form[2] if form else None, guided.get(form[0]) if form and complete else None,
    )  # fmt: skip
