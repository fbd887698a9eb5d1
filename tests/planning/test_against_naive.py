"""The planner's arrays against plain loops over the knowledge, on random knowledge bases and people."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcm_engine.kernels.matching import NOT_RANKED
from tcm_engine.model import CONSTITUTIONS
from tcm_engine.planning import DOMAINS, compile_catalogue, make_plan
from tcm_engine.planning.facts import facts_of
from tcm_engine.planning.matching import match, person_of, rejected_by
from tests import naive_planning as naive
from tests.planning.worlds import PATTERNS, ZONES, assessment, person, world

ON = date(2026, 11, 23)
CATALOGUES = {seed: compile_catalogue(world(seed)) for seed in (1, 2)}
VERDICTS = st.dictionaries(st.sampled_from(CONSTITUTIONS[1:]), st.sampled_from(["yes", "tendency"]), max_size=3)
RAWS = st.dictionaries(st.sampled_from(CONSTITUTIONS[1:]), st.integers(21, 40), max_size=3)


def matched(catalogue, result, profile, season, term, stopped=(), patterns=(), damp=False):
    facts = facts_of(profile, ON, season, catalogue.knowledge)
    someone = person_of(catalogue, result, profile, facts, stopped, patterns)
    return someone, match(catalogue.advice, someone, season, term, damp)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(CATALOGUES)),
    VERDICTS,
    RAWS,
    st.integers(0, 10_000),
    st.sampled_from(["winter", "summer"]),
    st.sets(st.sampled_from(PATTERNS)),
    st.booleans(),
)
def test_points_and_admission_agree_with_plain_loops(seed, verdicts, raws, who, season, patterns, damp):
    catalogue, profile, term = CATALOGUES[seed], person(who), {"winter": "xiaoxue", "summer": "dashu"}[season]
    result = assessment(verdicts, {c: r for c, r in raws.items() if verdicts.get(c) == "yes"})
    someone, found = matched(catalogue, result, profile, season, term, (), patterns, damp)
    knowledge = catalogue.knowledge
    for p, id_ in enumerate(catalogue.advice.ids):
        piece = knowledge.advice[id_]
        if naive.elsewhere(piece, profile):
            assert not found.open_pieces[p] and found.points[p] == NOT_RANKED, id_
            continue
        assert found.points[p] == naive.points(piece, result, profile, season, term, (), knowledge, patterns, damp), id_
        blocked = naive.blocking_rules(piece, profile, ON, season, knowledge)
        against = blocked | naive.vetoes(piece, result, knowledge) | naive.unwanted(piece, profile, knowledge)
        assert found.open_pieces[p] == (not against), (id_, against)
        if against:
            rule, certain = rejected_by(catalogue.advice, p, someone, catalogue)
            assert rule in (blocked or against)
            if rule in knowledge.safety:
                state = naive.holds(knowledge.safety[rule].when, True, profile, ON, season, knowledge)
                assert certain == (state == "certain")


@pytest.mark.parametrize("seed", sorted(CATALOGUES))
def test_the_best_of_a_domain_are_those_a_full_sort_finds(seed):
    catalogue = CATALOGUES[seed]
    result, profile = assessment({"qi_deficiency": "yes", "damp_heat": "tendency"}), person(3)
    _, found = matched(catalogue, result, profile, "winter", "xiaoxue")
    starts = catalogue.advice.arrays.domain_starts
    for d in range(len(DOMAINS)):
        own = range(starts[d], starts[d + 1])
        fit = sorted((p for p in own if found.open_pieces[p]), key=lambda p: (-found.points[p], p))
        out = sorted((p for p in own if not found.open_pieces[p] and found.points[p] > 0), key=lambda p: (-found.points[p], p))
        keep = found.chosen.shape[1]
        assert [p for p in found.chosen[d] if p >= 0] == fit[:keep]
        assert [p for p in found.rejected[d] if p >= 0] == out[:keep]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(CATALOGUES)), VERDICTS, st.integers(0, 10_000))
def test_no_plan_holds_what_a_plain_reading_forbids(seed, verdicts, who):
    catalogue, profile, result = CATALOGUES[seed], person(who), assessment(verdicts)
    plan = make_plan(catalogue, result, profile, ON, "test")
    now = {i.id for i in plan.items} | {i for d in plan.first_week for i in d.item_ids}
    shown = {(id_, ON, plan.season) for id_ in now}
    shown |= {(id_, term.begins.date(), term.season) for term in plan.calendar for id_ in term.item_ids}
    for id_, day, season in shown:
        piece = catalogue.knowledge.advice[id_]
        assert (
            not naive.vetoes(piece, result, catalogue.knowledge)
            and not naive.elsewhere(piece, profile)
            and not naive.unwanted(piece, profile, catalogue.knowledge)
        ), id_
        assert not naive.blocking_rules(piece, profile, day, season, catalogue.knowledge), id_


def test_the_random_people_cover_the_cases():
    """The tests above would prove little if nobody were pregnant, unknown, on a medicine outside the register."""
    people = [person(n) for n in range(400)]
    assert {p.place.zone for p in people} == {None, *ZONES}
    assert any(p.pregnant for p in people) and any(p.pregnant is None and p.sex is None for p in people)
    assert any(p.medicines and p.medicines.words for p in people) and any(p.conditions is None for p in people)
    assert any(p.medicines and "warfarin" in p.medicines.codes for p in people)


def test_who_turns_65_after_the_term_began_is_65_in_its_calendar():
    """小雪 began on 22 November; somebody born on the 23rd is 65 on the day of the plan, and rules for 65 and over hold at once."""
    profile = replace(person(3), birth_date=date(1961, 11, 23))
    for seed in range(1, 16):
        catalogue = compile_catalogue(world(seed))
        for code in CONSTITUTIONS[1:]:
            plan = make_plan(catalogue, assessment({code: "yes"}), profile, ON, "test")
            for id_ in plan.calendar[0].item_ids if plan.calendar else ():
                assert not naive.blocking_rules(catalogue.knowledge.advice[id_], profile, ON, plan.season, catalogue.knowledge), (seed, id_)
