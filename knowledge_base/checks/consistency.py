"""What two places say of one thing agrees: a food and its nature, a dish and its ingredients, a programme and its pieces, a pattern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..base import Found
from ..model import Advice, Constitution, Food
from ..problem import Problem
from .walk import entries

STRONG, ENOUGH, HARMS = 2, 1, -2
"""A dish helps a type strongly from `STRONG`; then an ingredient helps it with `ENOUGH`; one at `HARMS` speaks against any help."""
PINCH_G = 5.0
"""An ingredient of less is a seasoning, and does not turn a dish."""
SLOTS = {
    "food": frozenset({"diet", "tea_medicated_food"}),
    "point": frozenset({"acupoint"}),
    "movement": frozenset({"movement"}),
    "living": frozenset({"daily_living", "emotion", "dwelling", "clothing", "music"}),
}
"""Slot of a programme -> domains of its pieces."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What nature or flavour lead to for one type: the level lies within `low` and `high`."""

    because: str
    constitution: Constitution
    low: int = -3
    high: int = 3

    def holds(self, level: int) -> bool:
        return self.low <= level <= self.high

    def bounds(self) -> str:
        return f"{self.high} or less" if self.low == -3 else f"{self.low} or more"

    def limit(self) -> str:
        return f"<= {self.high}" if self.low == -3 else f">= {self.low}"


_YANG, _YIN, _HEAT = Constitution.YANG_DEFICIENCY, Constitution.YIN_DEFICIENCY, Constitution.DAMP_HEAT
_PHLEGM, _STAGNATION = Constitution.PHLEGM_DAMPNESS, Constitution.QI_STAGNATION


def expected_of(food: Food) -> tuple[Expected, ...]:
    """Warm feeds cold types and burdens hot ones, cool the reverse; sugar burdens damp ones; what holds in does not set free."""
    found: list[Expected] = []
    because = f"nature:{food.nature}"
    if food.nature in ("warm", "hot"):
        most = -1 if food.nature == "hot" else 0
        found += [Expected(because, _YIN, high=most), Expected(because, _HEAT, high=most), Expected(because, _YANG, low=0)]
    if food.nature in ("cool", "cold"):
        most = -1 if food.nature == "cold" else 0
        found += [Expected(because, _YANG, high=most), Expected(because, _YIN, low=0), Expected(because, _HEAT, low=0)]
    if food.sugar == "high":
        found += [Expected("sugar:high", _PHLEGM, high=0), Expected("sugar:high", _HEAT, high=0)]
    if "astringent" in food.flavours:
        found.append(Expected("flavour:astringent", _STAGNATION, high=0))
    if "bland" in food.flavours:
        found.append(Expected("flavour:bland", _PHLEGM, low=0))
    return tuple(found)


def _foods(found: Found) -> Iterator[Problem]:
    for _, _, file, food in entries(found, "foods"):
        for one in expected_of(food) if not food.differs else ():
            level = food.benefit.get(one.constitution, 0)
            if not one.holds(level):
                told = f"{level} for {one.constitution}, but {one.because} leads to {one.bounds()}"
                yield Problem(file, "$.benefit", f"{told}; correct one of them, or say under `differs` why")


def _recipes(found: Found) -> Iterator[Problem]:
    for _, _, file, piece in entries(found, "advice"):
        if piece.recipe and piece.recipe.kind is None:
            yield Problem(file, "$.recipe.kind", "missing; one of congee, soup, dish, staple, drink, sweet")
        if piece.recipe and not piece.recipe.differs:
            for type_, level in piece.benefit.items():
                if against := _against(found, piece, type_, level):
                    told = f"{level} for {type_}, but {against}"
                    yield Problem(file, "$.benefit", f"{told}; correct one of them, or say under `recipe.differs` why")


def _against(found: Found, piece: Advice, type_: Constitution, level: int) -> str:
    """What among the ingredients speaks against a piece's level for a type; empty where nothing does."""
    foods = found["foods"]
    parts = (
        [(i.food, i.grams, foods[i.food][1].benefit.get(type_, 0)) for i in piece.recipe.ingredients if i.food in foods]
        if piece.recipe
        else []
    )
    if level >= STRONG and parts and all(own < ENOUGH for _, _, own in parts):
        return f"no ingredient has {ENOUGH} or more"
    harmful = [f"{grams:g} g {code} has {own}" for code, grams, own in parts if own <= HARMS and grams >= PINCH_G]
    return ", ".join(harmful) if level > 0 else ""


def _programmes(found: Found) -> Iterator[Problem]:
    """Every alternative of a step serves the complaint and is of a domain of its slot."""
    for _, code, file, complaint in entries(found, "complaints"):
        for index, step in enumerate(complaint.programme.steps if complaint.programme else ()):
            for id_ in step.pieces:
                if (known := found["advice"].get(id_)) is None:
                    continue
                path, piece = f"$.programme.steps[{index}].pieces", known[1]
                if piece.domain not in SLOTS[step.slot]:
                    yield Problem(
                        file, path, f"{id_} is of the domain {piece.domain}, not of the slot {step.slot}; move it or take another"
                    )
                if code not in piece.complaints:
                    yield Problem(file, path, f"{id_} does not serve {code}; name the complaint in the piece or take another piece")


def _pattern_names(found: Found) -> Iterator[Problem]:
    """One pattern has one English name; `references` says the same of the Chinese one."""
    names: dict[str, tuple[str, str]] = {}
    for _, code, file, complaint in entries(found, "complaints"):
        for pattern in complaint.patterns:
            name, first = names.setdefault(pattern.code, (pattern.name.en, code))
            if name != pattern.name.en:
                yield Problem(file, "$.patterns", f"{pattern.code} is named {pattern.name.en} here and {name} in {first}; use one name")


CHECKS = (_foods, _recipes, _programmes, _pattern_names)
