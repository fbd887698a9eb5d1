"""Every complaint in plans of every kind of person: nothing forbidden, nothing out of season, no slot of a programme lost.

Full: each complaint with each result (no biased type, each alone, every pair with at least one `yes`). In turn, in an order drawn for each
complaint: the people of `people.py`, each three times or more a complaint, in three or more seasons; the climate zone, and the pattern to
which the answers point. `make sweep` does the full product of complaints, people, seasons and results.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcm_engine.model import ProgrammeStep
from tests import naive_planning as naive
from tests.planning import sweeping
from tests.planning.people import COMPLAINTS, ON, people
from tests.planning.sweeping import Case, catalogue, faults, in_turn, may_have, piece_of

SEASONS_EACH = 3


def test_the_complaints_are_those_of_the_knowledge_base():
    assert set(COMPLAINTS) == set(catalogue().knowledge.complaints)


def test_the_turns_reach_everybody_in_several_seasons():
    for complaint in COMPLAINTS:
        met = {(case.who, case.season) for case in in_turn(complaint)}
        for who in people():
            assert sum(name == who for name, _ in met) >= SEASONS_EACH or not may_have(who, complaint), (complaint, who)


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_no_plan_for_a_complaint_is_wrong(complaint):
    found = [(kind, what, case) for case in in_turn(complaint) for kind, what in faults(case, case.plan())]
    assert not found, found[:5]


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_no_slot_stays_empty_for_a_plain_person(complaint):
    for result in range(0, len(sweeping.results()), 5):
        plan = Case(complaint, "plain", sorted(ON)[result % 4], result).plan()
        assert [p.unfilled for p in plan.programmes] == [()], (result, plan.season)


# What the sweep would say of plans that are wrong: each kind of fault, planted.

CASE = Case("insomnia", "pregnant", "summer", next(i for i, r in enumerate(sweeping.results()) if r.scores[2].verdict == "yes"))


def kinds(plan) -> set[str]:
    return {kind for kind, _ in faults(CASE, plan)}


def another(wrong) -> str:
    """Id of a piece that is wrong in this way."""
    return next(id_ for id_ in catalogue().advice.ids if wrong(id_))


def bad_pieces(plan) -> dict[str, str]:
    return {
        "forbidden": another(lambda i: sweeping.own_features(i) & sweeping.forbidden("pregnant", "summer")),
        "forbidden by itself": another(lambda i: sweeping.forbids_itself(i, "pregnant", "summer")),
        "harms a type": another(lambda i: sweeping.vetoed(i, CASE.result)),
        "for another zone": another(lambda i: naive.elsewhere(piece_of(i), CASE.profile())),
    }


@pytest.mark.parametrize("place", ["items", "this_week", "calendar", "programmes"])
def test_a_wrong_piece_is_found_wherever_it_stands(place):
    plan = CASE.plan()
    assert not kinds(plan)
    for kind, id_ in bad_pieces(plan).items():
        if place == "items":
            wrong = replace(plan, items=(replace(plan.items[0], id=id_), *plan.items[1:]))
        elif place == "this_week":
            wrong = replace(plan, this_week=(id_,))
        elif place == "calendar":
            wrong = replace(plan, calendar=(replace(plan.calendar[0], item_ids=(id_,)),))
        else:
            (programme,) = plan.programmes
            wrong = replace(plan, programmes=(replace(programme, steps=(ProgrammeStep("living", 1, id_), *programme.steps)),))
        assert kind in kinds(wrong), (kind, id_)


def test_what_is_out_of_season_and_what_is_lost_is_found():
    plan = CASE.plan()
    (programme,) = plan.programmes
    late = another(lambda i: naive.out_of_season(piece_of(i), plan.season, plan.term))
    slot = programme.steps[0].slot
    lost = replace(programme, steps=tuple(s for s in programme.steps if s.slot != slot))
    crowd = next(i for i in plan.items if sum(o.domain == i.domain for o in plan.items) > 3)
    late_there = another(lambda i: piece_of(i).domain == crowd.domain and naive.out_of_season(piece_of(i), plan.season, plan.term))
    assert "calendar out of season" in kinds(replace(plan, calendar=(replace(plan.calendar[0], item_ids=(late,)),)))
    assert "item out of season" in kinds(replace(plan, items=tuple(replace(i, id=late_there) if i is crowd else i for i in plan.items)))
    assert "slot empty without a word" in kinds(replace(plan, programmes=(lost,)))
    assert "slot empty without a word" not in kinds(replace(plan, programmes=(replace(lost, unfilled=(slot,)),)))
    assert "programme missing" in kinds(replace(plan, programmes=()))
    assert "step is no item" in kinds(replace(plan, items=()))
