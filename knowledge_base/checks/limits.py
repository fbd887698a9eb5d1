"""Numbers and lengths that have a limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..base import Found
from ..problem import Problem
from .walk import chinese_length, entries

STRONG, MOST_STRONG, MOST_SEASONS = 2, 3, 2
LENGTHS = (("advice", "title", 16), ("constitutions", "aim", 20), ("solar_terms", "theme", 14))
"""Register, field, most Chinese characters: what must fit on a card, a cover, a calendar's cell."""


def _benefit(found: Found) -> Iterator[Problem]:
    """A piece helps at most three types and at most two seasons: what suits everybody suits nobody."""
    for _, _, file, piece in entries(found, "advice"):
        strong = [code for code, level in piece.benefit.items() if level >= STRONG]
        if len(strong) > MOST_STRONG:
            yield Problem(file, "$.benefit", f"{len(strong)} types have {STRONG} or more; at most {MOST_STRONG} may")
        if not any(level > 0 for level in piece.benefit.values()):
            yield Problem(file, "$.benefit", "helps no type; name at least one with 1 or more")
        if len([season for season, level in piece.seasons.items() if level > 0]) > MOST_SEASONS:
            yield Problem(file, "$.seasons", f"more than two seasons are above 0; at most {MOST_SEASONS} may")


def _lengths(found: Found) -> Iterator[Problem]:
    for register, field, most in LENGTHS:
        for _, _, file, entry in entries(found, register):
            if (length := chinese_length(getattr(entry, field).zh)) > most:
                yield Problem(file, f"$.{field}.zh", f"{length} Chinese characters; at most {most} fit")


def _daily_limits(found: Found) -> Iterator[Problem]:
    """A serving stays within the daily limit of each food in it; the same food twice is added up."""
    for _, _, file, piece in entries(found, "advice"):
        if piece.recipe is None:
            continue
        grams: dict[str, float] = defaultdict(float)
        for ingredient in piece.recipe.ingredients:
            grams[ingredient.food] += ingredient.grams / piece.recipe.servings
        for code, amount in grams.items():
            limit = found["foods"][code][1].daily_limit_g if code in found["foods"] else None
            if limit is not None and amount > limit:
                yield Problem(file, "$.recipe.ingredients", f"{code}: {amount:g} g a serving; the daily limit is {limit:g} g")


CHECKS = (_benefit, _lengths, _daily_limits)
