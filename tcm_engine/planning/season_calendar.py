"""The calendar of the next three months: each solar term with what it brings to this person."""

from __future__ import annotations

from datetime import datetime, timedelta

from tcm_engine.model import Assessment, Profile, TermPeriod, Triage

from .catalogue import SEASONS, Catalogue
from .facts import facts_of
from .matching import Match, Person, cautions_of, match, person_of
from .solar_terms import TERMS, Period, periods, season_of

CALENDAR_DAYS = 92
"""The calendar reaches three months ahead."""
SEASONAL_SHOWN = 3
"""Pieces shown a term."""


def season_calendar(
    catalogue: Catalogue, assessment: Assessment, profile: Profile, moment: datetime, flags: Triage, chosen: frozenset[str]
) -> tuple[TermPeriod, ...]:
    """The terms from `moment` on in its time zone. `chosen`: ids of the plan's items, which may come back with all their cautions."""
    shown: list[TermPeriod] = []
    seen: set[str] = set()
    for span in periods(moment, moment + timedelta(days=CALENDAR_DAYS), profile.place.hemisphere):
        season = season_of(span.term)
        ids = _brought_by(catalogue, _someone(catalogue, assessment, profile, flags, span), season, span.term, chosen, seen)
        seen |= set(ids)
        begins, ends = (at.astimezone(moment.tzinfo) for at in (span.begins, span.ends))
        shown.append(TermPeriod(span.term, season, begins, ends, ids))
    return tuple(shown)


def _someone(catalogue: Catalogue, assessment: Assessment, profile: Profile, flags: Triage, span: Period) -> Person:
    """The person as of that term: some safety rules hold in one season only, and nobody stays the same age."""
    facts = facts_of(profile, span.begins.date(), season_of(span.term), catalogue.knowledge)
    return person_of(catalogue, assessment, profile, facts, flags.stopped_complaints)


def _brought_by(catalogue: Catalogue, person: Person, season: str, term: str, chosen: frozenset[str], seen: set[str]) -> tuple[str, ...]:
    """The best safe pieces that this term or its season favours, one a domain, none shown in an earlier term."""
    shelf, found = catalogue.advice, match(catalogue.advice, person, season, term)
    favour = 2 * shelf.arrays.term[TERMS.index(term)].astype(int) + shelf.arrays.season[SEASONS.index(season)]
    fit = [int(p) for row in found.chosen for p in row if p >= 0 and favour[p] > 0 and shelf.ids[p] not in seen]
    fit = [p for p in fit if _serves(catalogue, person, found, p) and (shelf.ids[p] in chosen or not cautions_of(shelf, p, person))]
    shown: dict[str, str] = {}
    for p in sorted(fit, key=lambda p: (-int(favour[p]), -int(found.points[p]), p)):
        shown.setdefault(shelf.ids[p].split(".", 1)[0], shelf.ids[p])
    return tuple(shown.values())[:SEASONAL_SHOWN]


def _serves(catalogue: Catalogue, person: Person, found: Match, piece: int) -> bool:
    """A piece stands in the calendar for what it does for the person, not for the season alone."""
    benefit = catalogue.advice.arrays.benefit[:, piece]
    heard = person.weights > 0
    return bool(found.points[piece] > 0 and (benefit[heard] > 0).any() and (benefit[heard] > -1).all())
