"""What the law does not let anybody recommend as food."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base import Found
from ..model import Advice, Food
from ..problem import Problem
from .walk import entries, texts

SIZES = {"banned_health_food_59": 59, "health_food_only_114": 114, "toxic_tcm_28": 28}
"""Names per list, as their documents count them."""
PROSE = ("title", "what", "how", "recipe", "amount", "frequency", "duration")
"""Fields of a piece that tell a person what to take; a warning may name what it warns of."""


def names_of(found: Found) -> dict[str, str]:
    """Regulated name -> title of its list, for every name that no later notice moved; names in brackets count too."""
    return {
        name: entry.title.zh
        for _, _, _, entry in entries(found, "regulated")
        for written in entry.names
        if written not in entry.moved
        for name in _spellings(written)
    }


def _lists(found: Found) -> Iterator[Problem]:
    for code in SIZES:
        if code not in found["regulated"]:
            yield Problem(f"regulated/{code}.yaml", "$", f"the list {code} is missing")
    for _, code, file, entry in entries(found, "regulated"):
        if code in SIZES and len(set(entry.names)) != SIZES[code]:
            yield Problem(file, "$.names", f"{len(set(entry.names))} different names; the document has {SIZES[code]}")
        for name in sorted(set(entry.moved) - set(entry.names)):
            yield Problem(file, "$.moved", f"{name} is not among the names of the list")


def _foods(found: Found) -> Iterator[Problem]:
    """What may flavour a dish may stand in the register, so that people are warned of it; no piece may use it (`_flavouring`)."""
    names = names_of(found)
    for _, _, file, food in entries(found, "foods"):
        for name in (food.name.zh, *food.aliases):
            if name in names and food.kind != "flavouring_only":
                yield Problem(file, "$.name", f"{name} is on the list 「{names[name]}」 and no later notice moved it; remove the food")
        yield from _listing(file, food)


def _listing(file: str, food: Food) -> Iterator[Problem]:
    if food.kind != "ordinary" and food.year_listed is None:
        yield Problem(file, "$.year_listed", f"{food.kind} needs the year in which it was listed")


def _flavouring(found: Found) -> Iterator[Problem]:
    """What may only flavour a dish is never an amount to eat."""
    for _, _, file, piece in entries(found, "advice"):
        for code in piece.foods():
            if code in found["foods"] and found["foods"][code][1].kind == "flavouring_only":
                yield Problem(file, "$.uses.foods", f"{code} may only flavour a dish; a piece may not tell anybody to take it")


def _prose(found: Found) -> Iterator[Problem]:
    """No regulated name hides in words: names of registered foods are taken out first, so that 铁皮石斛 is not read as 石斛."""
    names = names_of(found)
    if not names:
        return
    allowed = sorted(
        {n for _, _, _, food in entries(found, "foods") for n in (food.name.zh, *food.aliases)} - set(names), key=len, reverse=True
    )
    known = re.compile("|".join(map(re.escape, allowed)) or r"(?!)")
    wanted = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for _, _, file, piece in entries(found, "advice"):
        for path, words in _told(piece):
            if hit := wanted.search(known.sub("·", words)):
                yield Problem(file, path, f"{hit[0]} is on the list 「{names[hit[0]]}」; no piece may name it as something to take")


def _told(piece: Advice) -> Iterator[tuple[str, str]]:
    for field in PROSE:
        value = getattr(piece, field)
        for one in value if isinstance(value, tuple) else (value,):
            yield from ((f"$.{field}{path[1:]}", text.zh) for path, text in texts(one))


def _spellings(written: str) -> list[str]:
    """砒石(红砒、白砒) -> 砒石, 红砒, 白砒."""
    return [name for name in re.split("[（）()、]", written) if name]


CHECKS = (_lists, _foods, _flavouring, _prose)
