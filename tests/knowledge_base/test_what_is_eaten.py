"""A dish's benefit agrees with what is in it, and nobody is left without something to eat or drink."""

from __future__ import annotations

from itertools import combinations

import pytest

from knowledge_base import KnowledgeBase, features_of_advice, load
from knowledge_base.model import Advice, Constitution, Domain, Season

WARMTH = {"cold": -2, "cool": -1, "neutral": 0, "warm": 1, "hot": 2}
NOT_COUNTED = frozenset(["shiyan", "caiziyou"])
"""Salt and cooking oil are in nearly every dish."""
MAIN_PART = 0.15
"""From this share of the weight on, a food speaks for the whole dish."""
EATEN = (Domain.DIET, Domain.TEA_MEDICATED_FOOD)
BIASED = tuple(Constitution)[1:]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


def dishes(knowledge: KnowledgeBase) -> list[Advice]:
    return [piece for piece in knowledge.advice.values() if piece.recipe]


def shares(piece: Advice) -> dict[str, float]:
    """Food -> share of the dish's weight, without salt and oil."""
    grams: dict[str, float] = {}
    for part in piece.recipe.ingredients:
        if part.food not in NOT_COUNTED:
            grams[part.food] = grams.get(part.food, 0) + part.grams
    return {food: weight / sum(grams.values()) for food, weight in grams.items()}


def warmth(knowledge: KnowledgeBase, piece: Advice) -> float:
    return sum(WARMTH[knowledge.foods[food].nature] * share for food, share in shares(piece).items())


def test_no_dish_helps_a_type_that_its_main_part_harms(knowledge):
    wrong = [
        (piece.id, food, code)
        for piece in dishes(knowledge)
        for food, share in shares(piece).items()
        for code, level in piece.benefit.items()
        if share > MAIN_PART and level >= 1 and knowledge.foods[food].benefit.get(code, 0) <= -2
    ]
    assert wrong == []


def test_a_warm_dish_is_not_for_heat_and_a_cold_dish_is_not_for_cold(knowledge):
    for piece in dishes(knowledge):
        degree = warmth(knowledge, piece)
        if degree > 0.75:
            assert max(piece.benefit.get(code, 0) for code in ("yin_deficiency", "damp_heat")) < 2, f"{piece.id} is warm"
        if degree < -0.5:
            assert piece.benefit.get("yang_deficiency", 0) < 1, f"{piece.id} is cool"


def open_to_a_stranger(knowledge: KnowledgeBase, domain: Domain) -> list[Advice]:
    """Pieces that no block rule takes away from a person about whom nothing is known, so that every rule counts."""
    blocked = {feature for rule in knowledge.safety.values() if rule.level == "block" for feature in rule.features}
    return [
        piece
        for piece in knowledge.advice.values()
        if piece.domain is domain
        and not features_of_advice(piece, knowledge) & blocked
        and all(one.level != "block" for one in piece.contraindications)
    ]


@pytest.mark.parametrize("domain", EATEN)
def test_a_stranger_of_any_type_finds_something_in_every_season(knowledge, domain):
    pieces = open_to_a_stranger(knowledge, domain)
    for code in Constitution:
        for season in Season:
            fit = [p for p in pieces if p.benefit.get(code, 0) >= 1 and p.seasons.get(season, 0) >= 1]
            assert len(fit) >= 2, f"{code} in {season}: {[p.id for p in fit]}"


@pytest.mark.parametrize("domain", EATEN)
def test_three_types_together_find_something_that_harms_none(knowledge, domain):
    pieces = open_to_a_stranger(knowledge, domain)
    for three in combinations(BIASED, 3):
        assert sum(all(p.benefit.get(code, 0) >= 0 for code in three) for p in pieces) >= 2, three
