"""The calendar of the next three months: each solar term with what it brings to this person."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from tcm_engine.model import Assessment, Profile, TermPeriod, Triage

from .catalogue import SEASONS, Catalogue
from .facts import facts_of
from .long_summer import is_long_summer
from .matching import Match, Person, cautions_of, match, person_of
from .solar_terms import TERMS, Period, period_at, periods, season_of

CALENDAR_DAYS = 92
"""The calendar reaches three months ahead."""
SEASONAL_SHOWN = 3
"""Pieces shown a term."""


def season_calendar(
    catalogue: Catalogue,
    assessment: Assessment,
    profile: Profile,
    moment: datetime,
    flags: Triage,
    today: Person,
    chosen: frozenset[str],
    patterns: tuple[str, ...] = (),
) -> tuple[TermPeriod, ...]:
    """The terms from `moment` on in its time zone.

    `today`: the person as the plan sees them, for the season that is; `chosen`: ids of the plan's items, which may come back with all their
    cautions; `patterns`: codes of those to which the person's answers point.
    """
    shown: list[TermPeriod] = []
    seen: set[str] = set()
    zone = catalogue.zone_of(profile.place)
    people = {season_of(period_at(moment, profile.place.hemisphere).term): today}
    for span in periods(moment, moment + timedelta(days=CALENDAR_DAYS), profile.place.hemisphere):
        season = season_of(span.term)
        if season not in people:
            people[season] = _someone(catalogue, assessment, profile, flags, span, patterns)
        # What was measured today says nothing of the weeks to come.
        measured = profile.place.humidity_percent if span.begins <= moment < span.ends else None
        found = match(catalogue.advice, people[season], season, span.term, is_long_summer(span.term, zone, measured))
        ids = _brought_by(catalogue, people[season], found, chosen, seen)
        seen |= set(ids)
        begins, ends = (at.astimezone(moment.tzinfo) for at in (span.begins, span.ends))
        shown.append(TermPeriod(span.term, season, begins, ends, ids))
    return tuple(shown)


def _someone(
    catalogue: Catalogue, assessment: Assessment, profile: Profile, flags: Triage, span: Period, patterns: tuple[str, ...]
) -> Person:
    """The person as of a season to come: some safety rules hold in one season only, and nobody stays the same age."""
    facts = facts_of(profile, span.begins.date(), season_of(span.term), catalogue.knowledge)
    return person_of(catalogue, assessment, profile, facts, flags.stopped_complaints, patterns)


def _brought_by(catalogue: Catalogue, person: Person, found: Match, chosen: frozenset[str], seen: set[str]) -> tuple[str, ...]:
    """The best safe pieces that this term, its season or its damp heat favours, one a domain, none shown in an earlier term."""
    shelf = catalogue.advice
    favour = 2 * shelf.arrays.term[TERMS.index(found.term)].astype(int) + shelf.arrays.season[SEASONS.index(found.season)]
    if found.long_summer:
        favour = favour + shelf.arrays.long_summer
    fit = np.flatnonzero(found.open_pieces & found.in_season & (favour > 0) & _serving(catalogue, person, found))
    shown: dict[str, str] = {}
    for p in sorted(fit.tolist(), key=lambda p: (-int(favour[p]), -int(found.points[p]), p)):
        id_ = shelf.ids[p]
        domain = id_.split(".", 1)[0]
        if len(shown) == SEASONAL_SHOWN:
            break
        if domain not in shown and id_ not in seen and (id_ in chosen or not cautions_of(shelf, p, person)):
            shown[domain] = id_
    return tuple(shown.values())


def _serving(catalogue: Catalogue, person: Person, found: Match) -> np.ndarray:
    """bool [P]: a piece stands in the calendar for what it does for the person, not for the season alone."""
    heard = catalogue.advice.arrays.benefit[person.weights > 0]
    return (found.points > 0) & (heard > 0).any(0) & (heard >= 0).all(0)
