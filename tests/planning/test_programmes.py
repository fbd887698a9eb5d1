"""Programmes for complaints: every step is an item of the plan, safe, in season, and the first that fits; what is unfilled is said."""

from dataclasses import replace
from datetime import date

import pytest

from tcm_engine.model import CONSTITUTIONS, Listed
from tcm_engine.planning import compile_catalogue, make_plan
from tcm_engine.planning.programmes import MOST_PROGRAMMES, SLOT_DOMAINS
from tests import naive_planning as naive
from tests.planning.people import PLAIN
from tests.planning.worlds import COMPLAINTS, assessment, person, world

ON = date(2026, 7, 25)
CATALOGUES = {seed: compile_catalogue(world(seed, pieces=150)) for seed in range(1, 6)}


def fits(piece, profile, result, knowledge, plan, patterns) -> bool:
    """By plain loops: not forbidden, not for elsewhere, not out of season, and worth more than nothing."""
    of_term = piece.solar_terms.get(plan.term, 0)
    level = piece.seasons.get(plan.season, 0) + (min(piece.long_summer, 0) if plan.long_summer else 0)
    against = naive.blocking_rules(piece, profile, ON, plan.season, knowledge) | naive.vetoes(piece, result, knowledge)
    points = naive.points(piece, result, profile, plan.season, plan.term, (), knowledge, patterns, plan.long_summer)
    out_of_season = level < 0 or of_term < 0
    return not (against or naive.unwanted(piece, profile, knowledge) or naive.elsewhere(piece, profile) or out_of_season) and points > 0


def _level(piece, patterns) -> int:
    return max((piece.patterns.get(code, 0) for code in patterns), default=0)


@pytest.mark.parametrize("seed", sorted(CATALOGUES))
def test_each_step_takes_the_first_that_fits(seed):
    catalogue, filled = CATALOGUES[seed], 0
    knowledge = catalogue.knowledge
    for who in range(150):
        profile = replace(person(who), complaints=Listed((COMPLAINTS[who % 2],)), red_flags={})
        profile = replace(profile, complaint_answers={COMPLAINTS[who % 2]: {"thirsty": who % 3 == 0, "chilly": who % 5 == 0}})
        result = assessment({CONSTITUTIONS[1 + who % 8]: "yes"})
        plan = make_plan(catalogue, result, profile, ON, "test")
        (made,) = plan.programmes
        patterns = [made.pattern.pattern] if made.pattern else []
        items = {i.id for i in plan.items}
        for step in made.steps:
            assert step.item_id in items and step.item_id.split(".")[0] in SLOT_DOMAINS[step.slot]
        wanted = knowledge.complaints[made.complaint].programme.steps[0]
        good = [id_ for id_ in wanted.pieces if fits(knowledge.advice[id_], profile, result, knowledge, plan, patterns)]
        if good:
            # Nothing is taken yet when the first step chooses, so it must be the first of those that fit the pattern best.
            best = max(_level(knowledge.advice[id_], patterns) for id_ in good)
            assert made.steps[0].item_id == next(id_ for id_ in good if _level(knowledge.advice[id_], patterns) == best)
            filled += 1
        assert {s.slot for s in made.steps} | set(made.unfilled) == set(SLOT_DOMAINS)
    assert filled >= 20


def test_not_more_programmes_than_anybody_keeps():
    knowledge = CATALOGUES[1].knowledge
    many = replace(PLAIN, complaints=Listed(tuple(knowledge.complaints)))
    plan = make_plan(CATALOGUES[1], assessment({"qi_deficiency": "yes"}), many, ON, "test")
    assert [p.complaint for p in plan.programmes] == list(many.complaints.codes)[:MOST_PROGRAMMES]


def test_an_emergency_leaves_no_programme():
    ill = replace(PLAIN, complaints=Listed(("insomnia",)), red_flags={"chest_pain": True})
    assert make_plan(CATALOGUES[1], assessment({"qi_deficiency": "yes"}), ill, ON, "test").programmes == ()
