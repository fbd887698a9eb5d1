"""What a piece of advice, or a food, consists of, as features that safety rules and preferences name."""

from __future__ import annotations

from .base import KnowledgeBase
from .model import Advice, Food


def features_of_food(food: Food) -> frozenset[str]:
    return frozenset(
        [
            f"food:{food.code}",
            f"nature:{food.nature}",
            f"kind:{food.kind}",
            f"animal:{food.animal}",
            f"purine:{food.purine}",
            f"sugar:{food.sugar}",
        ]
        + [f"allergen:{code}" for code in food.allergens]
        + [f"tag:{code}" for code in food.tags]
    )


def features_of_advice(piece: Advice, knowledge: KnowledgeBase) -> frozenset[str]:
    """All features of a piece: its own, and those of every food, point, movement and technique that it uses."""
    found = {f"advice:{piece.id}", f"domain:{piece.domain}"} | {f"tag:{code}" for code in piece.tags}
    if piece.recipe and piece.recipe.kind:
        found.add(f"recipe:{piece.recipe.kind}")
    for code in piece.foods():
        found |= features_of_food(knowledge.foods[code])
    found |= {f"point:{code}" for code in piece.uses.points} | {f"technique:{code}" for code in piece.uses.techniques}
    for code in piece.uses.movements:
        movement = knowledge.movements[code]
        found |= {f"movement:{code}", f"intensity:{movement.intensity}"} | {f"tag:{tag}" for tag in movement.tags}
    return frozenset(found)
