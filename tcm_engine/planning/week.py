"""How to begin: three things for the cover, and a first week that starts small and grows by one thing at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from knowledge_base import KnowledgeBase
from knowledge_base.model import Advice
from tcm_engine.model import Day, PlanItem

FIRST_THINGS = (("diet", "tea_medicated_food"), ("movement", "acupoint"), ("daily_living", "emotion"))
"""The three things come from three sides of life, so that a day has room for them."""
NEW_FROM_DAY = 3
MOST_A_DAY = 5
_WEEKDAYS = {1: (6,), 2: (2, 5), 3: (1, 3, 5), 4: (1, 3, 5, 7), 5: (1, 2, 4, 5, 7), 6: (1, 2, 3, 4, 5, 6)}
"""Times a week -> days of the first week (1..7) on which a thing is done; 7 and more: every day."""


def three_things(items: Sequence[PlanItem], knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Ids of the easiest strong item of each side of life; filled up from what is left."""
    easiest = sorted(items, key=lambda i: (_piece(knowledge, i).effort, len(i.cautions), -i.rank_points, i.id))
    chosen: list[str] = []
    for side in FIRST_THINGS:
        chosen += [i.id for i in easiest if i.domain in side][:1]
    chosen += [i.id for i in easiest if i.id not in chosen][: 3 - len(chosen)]
    return tuple(chosen[:3])


def first_week(items: Sequence[PlanItem], begin_with: tuple[str, ...], start: date, knowledge: KnowledgeBase) -> tuple[Day, ...]:
    """Seven days from `start`: the three things from the first day on, from the third day one new thing a day."""
    if not items:
        return ()
    later = [i.id for i in sorted(items, key=lambda i: (_piece(knowledge, i).effort, -i.rank_points, i.id)) if i.id not in begin_with]
    joined = _one_of_each_domain(later)[: 8 - NEW_FROM_DAY]
    days = []
    for number in range(1, 8):
        today = [i for i in begin_with if _falls_on(knowledge.advice[i], number)]
        today += [
            i
            for n, i in enumerate(joined)
            if number == NEW_FROM_DAY + n or (number > NEW_FROM_DAY + n and _falls_on(knowledge.advice[i], number))
        ]
        days.append(Day(start + timedelta(days=number - 1), tuple(today[:MOST_A_DAY] if today else begin_with[:1])))
    return tuple(days)


def _one_of_each_domain(ids: Sequence[str]) -> list[str]:
    first: dict[str, str] = {}
    for id_ in ids:
        first.setdefault(id_.split(".", 1)[0], id_)
    return list(first.values())


def _falls_on(piece: Advice, number: int) -> bool:
    return number in _WEEKDAYS.get(piece.times_per_week, range(1, 8))


def _piece(knowledge: KnowledgeBase, item: PlanItem) -> Advice:
    return knowledge.advice[item.id]
