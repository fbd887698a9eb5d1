"""Every combination of verdicts times every safety condition on the shipped knowledge: a plan, and nothing in it that is forbidden.

What is forbidden is read twice, and never from the planner: here from the rules by plain loops (`tests/naive_planning.py`), and in
`test_forbidden.py` from the foods, points, techniques and movements themselves against a table written by hand.
"""

from __future__ import annotations

import pytest

from tcm_engine.planning import DOMAINS, make_plan
from tests import naive_planning as naive
from tests.planning.people import COMPLAINTS, ON, PLAIN, people, verdicts, with_complaint
from tests.planning.sweeping import catalogue, forbidden, own_features, shown_in

SEVEN = ("emotion", "diet", "daily_living", "clothing", "dwelling", "movement", "acupoint")


@pytest.mark.parametrize("case", sorted(people()))
def test_no_plan_holds_forbidden_content_and_none_is_empty(case):
    profile, seasons = people()[case], sorted(ON)
    for number, result in enumerate(verdicts()):
        season = seasons[number % 4]
        plan = make_plan(catalogue(), result, profile, ON[season], "test")
        for id_, then in shown_in(plan):
            piece = catalogue().knowledge.advice[id_]
            assert not own_features(id_) & forbidden(case, then), (id_, own_features(id_) & forbidden(case, then))
            assert not naive.vetoes(piece, result, catalogue().knowledge), id_
        for note in plan.foods_to_choose:
            food = catalogue().knowledge.foods[note.code]
            assert not set(food.allergens) & {a.removeprefix("allergen:") for a in forbidden(case, season) if a.startswith("allergen:")}
            assert f"food:{note.code}" not in forbidden(case, season)
        counts = {d: sum(i.domain == d for i in plan.items) for d in DOMAINS}
        assert min(counts.values()) >= 2, (case, season, {s.constitution: s.verdict for s in result.scores}, counts)


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_every_complaint_is_served_for_a_plain_person(complaint):
    for number, result in enumerate(verdicts(most=1)):
        season = sorted(ON)[number % 4]
        plan = make_plan(catalogue(), result, with_complaint(PLAIN, complaint), ON[season], "test")
        serving = [i.id for i in plan.items if catalogue().knowledge.advice[i.id].complaints.get(complaint)]
        assert len(serving) >= 2, (complaint, {s.constitution: s.verdict for s in result.scores}, serving)


@pytest.mark.parametrize("season", sorted(ON))
def test_three_fitting_pieces_for_each_type_season_and_domain(season):
    """The promise of coverage, by counting pieces: benefit of 2 or more for the type, the season above 0."""
    for constitution in catalogue().knowledge.constitutions:
        for domain in SEVEN:
            fitting = [
                a.id
                for a in catalogue().knowledge.advice.values()
                if a.domain == domain and a.benefit.get(constitution, 0) >= 2 and a.seasons.get(season, 0) >= 1
            ]
            assert len(fitting) >= 3, (constitution, season, domain, fitting)


@pytest.mark.parametrize("season", sorted(ON))
def test_the_planner_finds_them(season):
    """... and they are what the planner ranks first for a plain person of that type alone."""
    for result in verdicts(most=1):
        yes = [s.constitution for s in result.scores if s.verdict == "yes"]
        if len(yes) == 1:
            plan = make_plan(catalogue(), result, PLAIN, ON[season], "test")
            for domain in SEVEN:
                own = [catalogue().knowledge.advice[i.id] for i in plan.items if i.domain == domain]
                assert sum(a.benefit.get(yes[0], 0) >= 2 for a in own) >= 3, (yes, season, domain, [a.id for a in own])
