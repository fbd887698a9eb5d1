"""Indicators of a period or a campaign: every number with what it counts, of how many, and how many could not be counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, note, permit
from tcm_engine.evaluation import (
    AGE_FROM,
    CERTAIN_FROM,
    TYPES,
    Crowd,
    GroupRates,
    GroupTable,
    Indicators,
    Line,
    Section,
    cross,
    difference,
    main_types,
    numbered,
    share,
    verdict_counts,
)
from tcm_engine.model import CONSTITUTIONS
from tcm_engine.records import statistics

from .crowds import FACTS, REASONS, Assessed, assessed_of
from .scope import Place, Scope, check_scope, place_of

SIGNED = frozenset({"signed", "amended"})
NO_MAIN_TYPE = "none"
Units = tuple[tuple[str, int | None], ...]
"""Of everybody on a roster: unit, and row of the assessment."""
SEXES = ("unknown", "female", "male")
AGES = (*(f"age_{first}" for first in AGE_FROM), "unknown")
TIERS = (*(f"steps_{first}" for first in CERTAIN_FROM), "undetermined")


def read_indicators(center: Center, caller: Caller, scope: Scope, today: date) -> Indicators:
    """Raises NotAllowed, InvalidInput, NotFound."""
    permit(caller, "read_indicators")
    check_scope(scope)
    return count(center, caller, scope, today)


def count(center: Center, caller: Caller, scope: Scope, today: date) -> Indicators:
    """The same for long work, whose right was asked for when it was ordered. Raises NotFound."""
    with center.records.write() as db:
        note(db, center, caller, "indicators_read", "campaign" if scope.campaign else "organisation", scope.campaign, by=scope.by)
    with center.records.read() as db:
        place = place_of(db, caller, scope)
        found = _indicators(db, center, caller, scope, place, today)
        if scope.compare is None:
            return found
        earlier_scope = replace(scope, begins=scope.compare[0], ends=scope.compare[1], campaign="", compare=None, by="none")
        earlier = _indicators(db, center, caller, earlier_scope, replace(place, campaign=None), today)
    return _compared(found, earlier)


def _indicators(db: Connection, center: Center, caller: Caller, scope: Scope, place: Place, today: date) -> Indicators:
    vault, organisation = center.records.vault, caller.organisation
    units: Units = ()
    roster: int | None = None
    if place.campaign:
        people = list(statistics.roster(db, vault, organisation, place.campaign.id, place.branch))
        roster, units = len(people), tuple((one.unit, one.assessment) for one in people)
        rows = statistics.assessed_in(db, vault, organisation, place.campaign.id, place.branch)
    else:
        rows = statistics.assessed(db, vault, organisation, scope.begins, scope.ends, place.branch)
    found = assessed_of(rows)
    states = statistics.plans(db, organisation)
    sections = (
        *_taking_part(found, roster),
        *_types(found.crowd),
        _care(found, states),
        *_following(db, organisation, scope, place, today),
        _complete(found.crowd),
        _quality(found.crowd),
    )
    of, grouped = place.campaign, _grouped(scope, place, found, units)
    groups, rates = _groups(scope.by, found, grouped), _rates(scope.by, found, grouped, states)
    return Indicators(
        scope.begins, scope.ends, scope.compare, place.branch_name, of.name if of else "", of.employer if of else "", today,
        len(found.crowd), found.sittings, roster, found.instruments, sections, groups, rates,
    )  # fmt: skip


def _taking_part(found: Assessed, roster: int | None) -> tuple[Section, ...]:
    if roster is None:
        return ()
    return (Section("coverage", (Line("assessed", share(len(found.crowd), roster)),)),)


def _types(crowd: Crowd) -> tuple[Section, ...]:
    size, counts = len(crowd), verdict_counts(crowd)
    main = main_types(crowd)
    yes, tendency = counts[:, 2] + counts[:, 3], counts[:, 1]
    unsure = int((crowd.verdicts == 4).any(axis=1).sum())
    return (
        Section(
            "main_type", (*(_line(code, main[n], size) for n, code in enumerate(CONSTITUTIONS)), _line(NO_MAIN_TYPE, main[TYPES], size))
        ),
        Section("applies", tuple(_line(code, yes[n], size) for n, code in enumerate(CONSTITUTIONS)), unsure),
        # The balanced type has no tendency: the standards know "basically" instead, which applies.
        Section("tendency", tuple(_line(code, tendency[n], size) for n, code in enumerate(CONSTITUTIONS) if n), unsure),
        Section("certainty", tuple(_line(code, n, size) for code, n in zip(TIERS, np.bincount(crowd.tier, minlength=4), strict=True))),
    )


def _care(found: Assessed, states: Mapping[int, frozenset[str]]) -> Section:
    have = [states.get(row, frozenset()) for row in found.rows]
    planned, signed = sum(bool(one) for one in have), sum(bool(one & SIGNED) for one in have)
    return Section("plans", (Line("planned", share(planned, len(have))), Line("signed", share(signed, planned))))


def _following(db: Connection, organisation: int, scope: Scope, place: Place, today: date) -> tuple[Section, ...]:
    if place.campaign:
        return ()  # a follow-up belongs to a client, not to a campaign
    rows = statistics.follow_ups(db, organisation, scope.begins, scope.ends, place.branch)
    due = [row for row in rows if row.state != "cancelled"]
    done = sum(row.state == "done" for row in due)
    overdue = sum(row.state != "done" and row.due_on < today for row in due)
    referrals = [row for row in due if row.kind == "referral"]
    return (
        Section("follow_ups", (
            Line("done", share(done, len(due))),
            Line("overdue", share(overdue, len(due))),
            Line("waiting", share(len(due) - done - overdue, len(due))),
        )),
        Section("referrals", (Line("answered", share(sum(row.state == "done" for row in referrals), len(referrals))),)),
    )  # fmt: skip


def _complete(crowd: Crowd) -> Section:
    return Section("completeness", tuple(_line(fact, crowd.known[:, n].sum(), len(crowd)) for n, fact in enumerate(FACTS)))


def _quality(crowd: Crowd) -> Section:
    flagged = int(crowd.reasons.any(axis=1).sum())
    lines = [_line(code, crowd.reasons[:, n].sum(), len(crowd)) for n, code in enumerate(REASONS)]
    return Section("quality", (_line("any", flagged, len(crowd)), *lines))


def _line(code: str, count: int | np.integer, of: int) -> Line:
    return Line(code, share(int(count), of))


@dataclass(frozen=True, slots=True)
class _Grouped:
    """People by group, in the order of the crowd."""

    names: tuple[str, ...]
    codes: NDArray[np.integer]
    roster: tuple[int, ...]
    """Of each group on the campaign's roster; empty where that is not known."""


def _grouped(scope: Scope, place: Place, found: Assessed, units: Units) -> _Grouped | None:
    if scope.by == "none" or not len(found.crowd):
        return None
    if scope.by == "sex":
        return _Grouped(SEXES, found.crowd.sex, ())
    if scope.by == "age":
        return _Grouped(AGES, found.crowd.age_band, ())
    if scope.by == "branch":
        names, codes = numbered([place.names.get(one or 0, "") for one in found.branches])
        return _Grouped(names, codes, ())
    names, _ = numbered([unit for unit, _ in units])
    place_of_name = {name: n for n, name in enumerate(names)}
    unit_of = {assessment: unit for unit, assessment in units if assessment is not None}
    codes = np.array([place_of_name[unit_of.get(row, "")] for row in found.rows], np.int64)
    return _Grouped(names, codes, tuple(sum(unit == name for unit, _ in units) for name in names))


def _groups(by: str, found: Assessed, grouped: _Grouped | None) -> GroupTable | None:
    if grouped is None:
        return None
    table = cross(grouped.codes, found.crowd.primary, (len(grouped.names), TYPES + 1))
    rows = [(name, row) for name, row in zip(grouped.names, table, strict=True) if row.sum()]
    counts = tuple(tuple(int(one) for one in row) for _, row in rows)
    return GroupTable(by, tuple(name for name, _ in rows), (*CONSTITUTIONS, NO_MAIN_TYPE), counts)


def _rates(by: str, found: Assessed, grouped: _Grouped | None, states: Mapping[int, frozenset[str]]) -> GroupRates | None:
    """Of each group: who has a plan, a signed one, a result that needs a look, one that a single answer would change."""
    if grouped is None:
        return None
    have = [states.get(row, frozenset()) for row in found.rows]
    marks = {
        "plans.planned": np.array([bool(one) for one in have]),
        "plans.signed": np.array([bool(one & SIGNED) for one in have]),
        "quality.any": found.crowd.reasons.any(axis=1),
        "certainty.steps_1": found.crowd.tier == 0,
    }
    rows = []
    for n, name in enumerate(grouped.names):
        here = grouped.codes == n
        roster = (grouped.roster[n],) if grouped.roster else ()
        if here.any() or any(roster):
            rows.append((name, (*roster, int(here.sum()), *(int((mark & here).sum()) for mark in marks.values()))))
    columns = (*(("roster",) if grouped.roster else ()), "people", *marks)
    return GroupRates(by, tuple(name for name, _ in rows), columns, tuple(counts for _, counts in rows))


def _compared(now: Indicators, earlier: Indicators) -> Indicators:
    before = {(section.code, line.code): line.share for section in earlier.sections for line in section.lines}

    def changed(section: Section) -> Section:
        lines = (
            replace(line, change=difference(before[section.code, line.code], line.share) if (section.code, line.code) in before else None)
            for line in section.lines
        )
        return replace(section, lines=tuple(lines))

    return replace(now, sections=tuple(map(changed, now.sections)), compared_people=earlier.people)
