"""The hand-written table of what must never reach a person (`tests/golden/forbidden.yaml`), held against the rules and against whole plans.

The table names foods, points, techniques and movements; neither the rules' features nor the planner's verdicts enter into it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from tcm_engine.model import Listed, Profile
from tcm_engine.planning import make_plan
from tests import naive_planning as naive
from tests.planning.people import NONE, ON, PLAIN, people, verdicts
from tests.planning.sweeping import catalogue, piece_of, shown_in

TABLE = yaml.safe_load((Path(__file__).parents[1] / "golden" / "forbidden.yaml").read_text(encoding="utf-8"))
KINDS = ("foods", "points", "techniques", "movements")
ROWS = {row["fact"]: row for row in TABLE["people"]}
EVERYBODY = TABLE["everybody"]
BORN = {"age:under_18": date(2012, 5, 1), "age:65_plus": date(1956, 5, 1), "age:80_plus": date(1941, 5, 1)}
LISTS = {"condition": "conditions", "medicine": "medicines", "allergy": "allergies"}


@cache
def names() -> dict[str, str]:
    """Chinese name or alias -> code of the food."""
    foods = catalogue().knowledge.foods
    return {a: code for code, food in foods.items() for a in food.aliases} | {food.name.zh: code for code, food in foods.items()}


def codes(row: dict, kind: str) -> frozenset[str]:
    """Codes that the row forbids, of those that the register holds."""
    written = row.get(kind, ())
    return frozenset(names()[n] for n in written if n in names()) if kind == "foods" else frozenset(written)


def person(fact: str) -> Profile:
    """A plain woman with this one fact."""
    kind, _, code = fact.partition(":")
    if kind in LISTS:
        return replace(PLAIN, **{LISTS[kind]: Listed((code,))})
    if kind == "age":
        return replace(PLAIN, birth_date=BORN[fact])
    if kind == "trimester":
        return replace(PLAIN, pregnant=True, trimester=int(code))
    return replace(PLAIN, **{kind: True})


def uses(piece) -> dict[str, frozenset[str]]:
    own = piece.uses
    return {"foods": frozenset(piece.foods()), "points": frozenset(own.points)} | {
        "techniques": frozenset(own.techniques),
        "movements": frozenset(own.movements),
    }


def features_of(kind: str, code: str) -> set[str]:
    """Features of one thing by itself, in plain words of the register."""
    knowledge = catalogue().knowledge
    if kind == "foods":
        food = knowledge.foods[code]
        own = {f"food:{code}", f"nature:{food.nature}", f"kind:{food.kind}", f"animal:{food.animal}", f"purine:{food.purine}"}
        return own | {f"sugar:{food.sugar}"} | {f"allergen:{a}" for a in food.allergens} | {f"tag:{t}" for t in food.tags}
    if kind == "movements":
        movement = knowledge.movements[code]
        return {f"movement:{code}", f"intensity:{movement.intensity}"} | {f"tag:{t}" for t in movement.tags}
    return {f"{kind.removesuffix('s')}:{code}"}


def blocked_for(profile: Profile) -> set[str]:
    """Features that some block takes away from this person for certain, by plain loops."""
    knowledge, on = catalogue().knowledge, ON["summer"]
    rules = (r for r in knowledge.safety.values() if r.level == "block")
    return {f for r in rules if naive.holds(r.when, False, profile, on, "summer", knowledge) == "certain" for f in r.features}


def shown(profile: Profile, result, season: str) -> list:
    """Every piece that a plan shows now, this week and in the year's calendar."""
    plan = make_plan(catalogue(), result, profile, ON[season], "test")
    return [piece_of(id_) for id_ in {id_ for id_, _ in shown_in(plan)}]


def test_the_table_is_wide():
    assert sum(len(row.get(kind, ())) for row in ROWS.values() for kind in KINDS) >= 600
    assert len(ROWS) == len(TABLE["people"]) >= 100
    written = {name for row in (*ROWS.values(), EVERYBODY) for name in row.get("foods", ())}
    assert sum(name in names() for name in written) >= 0.7 * len(written)


@pytest.mark.parametrize("fact", ROWS)
def test_every_pair_is_blocked_by_some_rule(fact):
    gone = blocked_for(person(fact))
    missed = {(kind, code) for kind in KINDS for code in codes(ROWS[fact], kind) if not features_of(kind, code) & gone}
    assert not missed


def test_what_nobody_gets_is_blocked_for_a_plain_person_or_not_in_the_register():
    gone = blocked_for(PLAIN)
    assert not {(k, c) for k in KINDS for c in codes(EVERYBODY, k) if not features_of(k, c) & gone}


@pytest.mark.parametrize("fact", ROWS)
def test_no_plan_holds_what_the_table_forbids(fact):
    profile, row = person(fact), ROWS[fact]
    forbidden = {kind: codes(row, kind) | codes(EVERYBODY, kind) for kind in KINDS}
    for number, result in enumerate(verdicts(most=1)):
        for piece in shown(profile, result, sorted(ON)[number % 4]):
            for kind, used in uses(piece).items():
                assert not used & forbidden[kind], (fact, piece.id)


@pytest.mark.parametrize("case", ["nothing known", "a medicine nobody knows"])
def test_who_did_not_answer_gets_nothing_that_an_answer_could_forbid(case):
    profile = people()[case]
    unknown = [row for fact, row in ROWS.items() if profile.sex is None or fact.startswith("medicine:")]
    forbidden = {kind: frozenset().union(*(codes(row, kind) for row in unknown)) for kind in KINDS}
    for number, result in enumerate(verdicts(most=2)):
        for piece in shown(profile, result, sorted(ON)[number % 4]):
            for kind, used in uses(piece).items():
                assert not used & forbidden[kind], (case, piece.id, used & forbidden[kind])


def test_what_is_kept_apart_never_meets():
    """Not within one piece, nor in one plan of a person who may have everything."""
    healthy = replace(PLAIN, sex="male", pregnant=None, lactating=None, conditions=NONE)
    groups = [({names()[n] for n in p["one"] if n in names()}, {names()[n] for n in p["other"] if n in names()}) for p in TABLE["apart"]]
    for piece in catalogue().knowledge.advice.values():
        assert not any(set(piece.foods()) & one and set(piece.foods()) & other for one, other in groups), piece.id
    for number, result in enumerate(verdicts(most=2)):
        plan = shown(healthy, result, sorted(ON)[number % 4])
        eaten = {code for piece in plan for code in piece.foods()}
        assert not any(eaten & one and eaten & other for one, other in groups), sorted(eaten)
