"""What to put on the shopping list, and which everyday foods do not suit: the food register against the person's types."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tcm_engine.kernels.matching import NOT_RANKED
from tcm_engine.model import CONSTITUTIONS, FoodNote

from .catalogue import SEASONS, Catalogue
from .matching import Person, match

MOST = 12
WRONG_NATURE = {"summer": "nature:hot", "winter": "nature:cold"}


def food_notes(catalogue: Catalogue, person: Person, season: str, term: str) -> tuple[tuple[FoodNote, ...], tuple[FoodNote, ...]]:
    """Foods to choose (benefit 2 or more for a type that counts) and foods to avoid (-2 or worse for a type that is `yes`).

    To choose: nothing that a rule blocks or certainly limits, for a list has no room to say how much; nothing hot in summer or
    cold in winter; nothing that is out of the market now. Neither list names foods of other climate zones.
    """
    shelf = catalogue.foods
    found = match(shelf, person, season, term)
    heard = np.flatnonzero(person.weights)
    limited = [rule.features for rule, caution in person.cautions if caution.certain]
    good = [
        p
        for p in range(len(shelf.ids))
        if found.open_pieces[p]
        and found.points[p] > 0
        and shelf.arrays.benefit[heard, p].max(initial=0) >= 2
        and shelf.arrays.season[SEASONS.index(season), p] >= 0
        and WRONG_NATURE.get(season) not in shelf.features[p]
        and not any(not features.isdisjoint(shelf.features[p]) for features in limited)
    ]
    good.sort(key=lambda p: (-int(found.points[p]), p))
    yes = np.array([t for t in heard if person.yes_types >> int(t) & 1], np.intp)
    bad = [p for p in range(len(shelf.ids)) if yes.size and found.points[p] > NOT_RANKED and shelf.arrays.benefit[yes, p].min() <= -2]
    bad.sort(key=lambda p: (int(shelf.arrays.benefit[yes, p].min()), int(found.points[p]), p))
    return (
        tuple(_note(shelf.ids[p], shelf.arrays.benefit[:, p], heard, np.argmax) for p in good[:MOST]),
        tuple(_note(shelf.ids[p], shelf.arrays.benefit[:, p], yes, np.argmin) for p in bad[:MOST]),
    )


def _note(code: str, benefit: np.ndarray, types: np.ndarray, strongest: Callable[[np.ndarray], np.intp]) -> FoodNote:
    decisive = int(types[int(strongest(benefit[types]))])
    return FoodNote(code, CONSTITUTIONS[decisive], int(benefit[decisive]))
