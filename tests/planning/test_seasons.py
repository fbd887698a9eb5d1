"""A level below 0 for the season or the solar term takes a piece out of that time, whatever the other levels say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcm_engine.model import CONSTITUTIONS, Listed
from tcm_engine.planning import DOMAINS, compile_catalogue, make_plan
from tcm_engine.planning.facts import facts_of
from tcm_engine.planning.long_summer import is_long_summer
from tcm_engine.planning.matching import match, person_of
from tcm_engine.planning.selection import EXTRA_FOR_COMPLAINTS, LEAST
from tcm_engine.planning.solar_terms import TERMS, season_of
from tests import naive_planning as naive
from tests.planning.people import PLAIN
from tests.planning.worlds import COMPLAINTS, assessment, person, world

CATALOGUES = {seed: compile_catalogue(world(seed, pieces=150)) for seed in (1, 2)}
WIDE = compile_catalogue(world(3, pieces=900))
"""So many that several pieces of a term are equal but for what a complaint's pattern adds."""
TIRED = assessment({"qi_deficiency": "yes"})
DAYS = {"spring": date(2026, 3, 20), "summer": date(2026, 7, 25), "autumn": date(2026, 8, 28), "winter": date(2026, 11, 23)}
ANSWERS = {"insomnia": {"thirsty": True}, "constipation": {"chilly": True}}


@pytest.mark.parametrize("damp", [False, True])
@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("seed", sorted(CATALOGUES))
def test_one_level_below_0_is_enough(seed, term, damp):
    catalogue, season = CATALOGUES[seed], season_of(term)
    someone = person_of(catalogue, TIRED, PLAIN, facts_of(PLAIN, DAYS[season], season, catalogue.knowledge), ())
    found = match(catalogue.advice, someone, season, term, damp)
    pieces = [catalogue.knowledge.advice[id_] for id_ in catalogue.advice.ids]
    assert found.in_season.tolist() == [not naive.out_of_season(p, season, term, damp) for p in pieces]


def test_a_fitting_season_does_not_bring_back_what_its_term_takes_out():
    """The random pieces hold every case that a sum of levels would get wrong."""
    pieces = [p for c in CATALOGUES.values() for p in c.knowledge.advice.values()]
    for season in DAYS:
        own = [t for t in TERMS if season_of(t) == season]
        assert any(p.seasons.get(season, 0) + p.solar_terms.get(t, 0) >= 0 > p.solar_terms.get(t, 0) for p in pieces for t in own)
        assert any(p.seasons.get(season, 0) < 0 < p.solar_terms.get(t, 0) for p in pieces for t in own)
    assert any(p.seasons.get("summer", 0) + p.long_summer < 0 <= p.seasons.get("summer", 0) for p in pieces)


def somebody(who: int, humidity: float | None):
    """A random person with complaints that were asked about, at a place whose air was measured or not."""
    profile = person(who)
    answered = {c: ANSWERS[c] for c in COMPLAINTS} if who % 3 else {}
    return replace(
        profile, complaints=Listed(COMPLAINTS), complaint_answers=answered, place=replace(profile.place, humidity_percent=humidity)
    )


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(sorted(CATALOGUES)),
    st.sampled_from(CONSTITUTIONS[1:]),
    st.integers(0, 10_000),
    st.sampled_from(sorted(DAYS)),
    st.sampled_from([None, 40.0, 90.0]),
)
def test_nothing_out_of_season_is_shown(seed, code, who, season, humidity):
    """Not in programmes, not in the calendar; as an item only where a domain would have fewer than two pieces."""
    catalogue, profile = CATALOGUES[seed], somebody(who, humidity)
    knowledge = catalogue.knowledge
    plan = make_plan(catalogue, assessment({code: "yes"}), profile, DAYS[season], "test")
    out = {i for i in knowledge.advice if naive.out_of_season(knowledge.advice[i], plan.season, plan.term, plan.long_summer)}
    assert not {s.item_id for programme in plan.programmes for s in programme.steps} & out
    for domain in DOMAINS:
        own = [i.id for i in plan.items if i.domain == domain]
        assert len(own) <= LEAST + EXTRA_FOR_COMPLAINTS or not out.intersection(own)
    for number, period in enumerate(plan.calendar):
        damp = _damp(period.term, profile, knowledge, now=number == 0)
        assert not [i for i in period.item_ids if naive.out_of_season(knowledge.advice[i], period.season, period.term, damp)]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(CONSTITUTIONS[1:]),
    st.integers(0, 10_000),
    st.sampled_from(sorted(DAYS)),
    st.sampled_from([None, 40.0, 90.0]),
)
def test_the_calendar_agrees_with_plain_loops(code, who, season, humidity):
    """Each term's pieces for the person as they are: their patterns in the seasons to come too, the measured air in the term that is."""
    profile, result = somebody(who, humidity), assessment({code: "yes"})
    plan = make_plan(WIDE, result, profile, DAYS[season], "test")
    days = {plan.season: DAYS[season]}
    seen: set[str] = set()
    for number, period in enumerate(plan.calendar):
        days.setdefault(period.season, _utc_day(period.begins))
        damp = _damp(period.term, profile, WIDE.knowledge, now=number == 0)
        expected = _brought(result, profile, days[period.season], period, damp, plan, seen)
        assert period.item_ids == expected, (number, period.term)
        seen |= set(expected)
    assert plan.calendar or plan.triage.stopped == "everything"


def _utc_day(moment) -> date:
    return moment.astimezone(UTC).date()


def _damp(term, profile, knowledge, *, now: bool) -> bool:
    place = profile.place
    return is_long_summer(term, knowledge.zones[place.zone] if place.zone else None, place.humidity_percent if now else None)


def _brought(result, profile, on, period, damp, plan, seen) -> tuple[str, ...]:
    knowledge, stopped = WIDE.knowledge, plan.triage.stopped_complaints
    patterns = [p.pattern.pattern for p in plan.programmes if p.pattern]
    weights = [s.constitution for s in result.scores if s.verdict == "yes"]
    fit = []
    for place, id_ in enumerate(WIDE.advice.ids):
        piece = knowledge.advice[id_]
        moment = (period.season, period.term)
        favour = 2 * piece.solar_terms.get(period.term, 0) + piece.seasons.get(period.season, 0) + (piece.long_summer if damp else 0)
        levels = [piece.benefit.get(code, 0) for code in weights]
        if favour <= 0 or min(levels) < 0 or max(levels) <= 0:
            continue
        against = (
            naive.elsewhere(piece, profile)
            or naive.out_of_season(piece, *moment, damp)
            or naive.blocking_rules(piece, profile, on, period.season, knowledge)
            or naive.vetoes(piece, result, knowledge)
            or naive.unwanted(piece, profile, knowledge)
        )
        points = naive.points(piece, result, profile, *moment, stopped, knowledge, patterns, damp)
        if points > 0 and not against:
            fit.append((-favour, -points, place, piece))
    chosen = {i.id for i in plan.items}
    shown: dict[str, str] = {}
    for *_, piece in sorted(fit, key=lambda f: f[:3]):
        free = piece.id in chosen or not naive.cautions(piece, profile, on, period.season, knowledge)
        if len(shown) < 3 and piece.domain not in shown and piece.id not in seen and free:
            shown[piece.domain] = piece.id
    return tuple(shown.values())
