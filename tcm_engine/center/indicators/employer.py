"""What an employer may see of a campaign: aggregates in instalments, each frozen when it is issued, each person in one of them.

A second report on one person more would tell that person's type by subtraction. Here it cannot be asked for: what was issued stays as it
was, and who came later is counted in a new instalment, over new people alone, when there are enough of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.center.access import read_settings
from tcm_engine.center.privacy import who_consented
from tcm_engine.evaluation import TYPES, Crowd, EmployerReport, EmployerTable, cross, numbered
from tcm_engine.model import CONSTITUTIONS, Fault, InvalidInput
from tcm_engine.records import campaign as campaigns
from tcm_engine.records import employer_report, statistics

from .crowds import assessed_of
from .reading import AGES, NO_MAIN_TYPE, SEXES

if TYPE_CHECKING:
    from tcm_engine.evaluation import Publication

TYPE_CODES = (*CONSTITUTIONS, NO_MAIN_TYPE)


@dataclass(frozen=True, slots=True)
class Issued:
    public_id: str
    report: EmployerReport


@dataclass(frozen=True, slots=True)
class EmployerState:
    campaign: str
    """Name."""
    employer: str
    closed: bool
    threshold: int
    issued: tuple[Issued, ...]
    waiting: int
    """Assessed people who agreed to be counted and stand in no instalment yet."""
    not_agreed: int
    """Assessed people who have not agreed, or took it back: they are never counted."""

    @property
    def may_issue(self) -> bool:
        return self.waiting >= self.threshold


@dataclass(frozen=True, slots=True)
class _New:
    """Who would stand in the next instalment."""

    people: tuple[int, ...]
    """Rows of campaign_person."""
    units: tuple[str, ...]
    crowd: Crowd
    roster: int


def employer_state(center: Center, caller: Caller, campaign_id: str) -> EmployerState:
    """Raises NotAllowed, NotFound."""
    permit(caller, "read_indicators")
    threshold = read_settings(center, caller.organisation).settings.smallest_cell
    with center.records.read() as db:
        row = _campaign(db, caller, campaign_id)
        issued = _issued(db, center, caller, row.id)
        counted = employer_report.counted(db, caller.organisation, row.id)
        roster = list(statistics.roster(db, center.records.vault, caller.organisation, row.id, None))
        assessed = [one for one in roster if one.assessment is not None and one.id not in counted]
        waiting = len(_agreeing(db, caller, assessed))
    return EmployerState(row.name, row.employer, row.state == "closed", threshold, issued, waiting, len(assessed) - waiting)


def issue_to_employer(center: Center, caller: Caller, campaign_id: str, today: date) -> str:
    """Public id of a new instalment over everybody assessed who agreed and stands in none.

    Raises NotAllowed, NotFound, InvalidInput for too few.
    """
    from tcm_engine.evaluation import publish

    permit(caller, "issue_to_employer")
    threshold = read_settings(center, caller.organisation).settings.smallest_cell
    with center.records.write() as db:
        row = _campaign(db, caller, campaign_id)
        counted = employer_report.counted(db, caller.organisation, row.id)
        new = _new(db, center, caller, row.id, counted)
        published = publish(_tables(new), threshold)
        if published is None:
            raise InvalidInput([Fault("people", "too_few_to_issue", {"minimum": threshold})])
        number = len(_issued(db, center, caller, row.id)) + 1
        report = _report(row, new, published, threshold, number, len(counted), today)
        public = employer_report.add(
            db, center.records.vault, caller.organisation, row.id, msgspec.to_builtins(report), new.people, caller.account, center.clock()
        )
        note(db, center, caller, "employer_report_issued", "campaign", campaign_id, number=number, people=report.people)
    return public


def read_issued(center: Center, caller: Caller, campaign_id: str, report_id: str) -> EmployerReport:
    """An instalment as it was issued, for printing and exports. Raises NotAllowed, NotFound."""
    permit(caller, "read_indicators")
    with center.records.write() as db:
        row = _campaign(db, caller, campaign_id)
        found = next((one.report for one in _issued(db, center, caller, row.id) if one.public_id == report_id), None)
        if found is None:
            raise NotFound
        note(db, center, caller, "employer_report_read", "campaign", campaign_id, number=found.number)
    return found


def _campaign(db: Connection, caller: Caller, public: str) -> campaigns.CampaignRow:
    row = campaigns.find(db, caller.organisation, public, caller.branch)
    if row is None:
        raise NotFound
    return row


def _issued(db: Connection, center: Center, caller: Caller, campaign: int) -> tuple[Issued, ...]:
    rows = employer_report.of_campaign(db, center.records.vault, caller.organisation, campaign)
    return tuple(Issued(row.public_id, msgspec.convert(row.content, EmployerReport)) for row in rows)


def _new(db: Connection, center: Center, caller: Caller, campaign: int, counted: frozenset[int]) -> _New:
    vault, organisation = center.records.vault, caller.organisation
    roster = list(statistics.roster(db, vault, organisation, campaign, None))
    new = [one for one in roster if one.assessment is not None and one.id not in counted]
    waiting = {one.assessment: (one.id, one.unit) for one in _agreeing(db, caller, new)}
    rows = (row for row in statistics.assessed_in(db, vault, organisation, campaign, None) if row.id in waiting)
    found = assessed_of(rows)
    people = [waiting[row] for row in found.rows]
    return _New(tuple(person for person, _ in people), tuple(unit for _, unit in people), found.crowd, len(roster))


def _agreeing(db: Connection, caller: Caller, people: Sequence[statistics.RosterEntry]) -> list[statistics.RosterEntry]:
    """Those who agree, today, to be counted in a report to the employer."""
    agree = who_consented(db, caller.organisation, "employer_report", [one.client for one in people])
    return [one for one in people if one.client in agree]


def _groupings(new: _New) -> tuple[tuple[str, tuple[str, ...], np.ndarray], ...]:
    names, units = numbered(new.units)
    return (("unit", names, units), ("sex", SEXES, new.crowd.sex), ("age", AGES, new.crowd.age_band))


def _tables(new: _New) -> list[np.ndarray]:
    return [cross(codes, new.crowd.primary, (max(len(names), 1), TYPES + 1)) for _, names, codes in _groupings(new)]


def _report(
    row: campaigns.CampaignRow, new: _New, published: Publication, threshold: int, number: int, earlier: int, today: date
) -> EmployerReport:
    tables, given_up = [], []
    total_of = dict(zip(published.columns, published.column_totals, strict=True))
    for (by, names, codes), shown in zip(_groupings(new), published.tables, strict=True):
        if shown is not None:
            groups = tuple(tuple(names[i] for i in group) for group in shown.rows)
            totals = tuple(sum(total for one, total in total_of.items() if set(one) <= set(group)) for group in shown.columns)
            tables.append(EmployerTable(by, groups, shown.row_totals, _codes(shown.columns), totals, shown.cells))
        elif len(np.unique(codes)) > 1:
            given_up.append(by)
    columns = _codes(published.columns)
    return EmployerReport(
        row.name, row.employer, number, today, threshold, published.people, earlier, new.roster, columns, published.column_totals,
        tuple(tables), tuple(given_up),
    )  # fmt: skip


def _codes(columns: tuple[tuple[int, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(TYPE_CODES[i] for i in group) for group in columns)
