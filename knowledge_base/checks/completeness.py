"""Lists that must be whole: nine types, four seasons, twenty-four terms, what every type needs in every season."""

from __future__ import annotations

from collections.abc import Iterator

from ..base import Found
from ..model import Constitution, Season
from ..problem import Problem
from .walk import entries

TERMS = 24
FIRST_LONGITUDE = 315
"""立春 begins at an apparent solar longitude of 315 degrees; each term is 15 degrees on (GB/T 33661-2017)."""
GENERAL_FLAGS = range(4, 11)
"""How many red flags everybody is asked: fewer miss emergencies, more are not read on a phone."""


def _constitutions(found: Found) -> Iterator[Problem]:
    for letter, code in zip("ABCDEFGHI", Constitution, strict=True):
        if code not in found["constitutions"]:
            yield Problem(f"constitutions/{code}.yaml", "$", f"{code} is missing; all nine types are needed")
        elif (entry := found["constitutions"][code])[1].letter != letter:
            yield Problem(entry[0], "$.letter", f"{entry[1].letter} should be {letter}, after the standard's order")


def _seasons(found: Found) -> Iterator[Problem]:
    for season in Season:
        if season not in found["seasons"]:
            yield Problem(f"seasons/{season}.yaml", "$", f"{season} is missing; all four seasons are needed")
        for code in Constitution:
            if f"{code}.{season}" not in found["season_needs"]:
                yield Problem(f"season_needs/{code}.yaml", "$.needs", f"what {code} needs in {season} is missing")


def _terms(found: Found) -> Iterator[Problem]:
    orders: dict[int, str] = {}
    for _, code, file, term in entries(found, "solar_terms"):
        longitude = (FIRST_LONGITUDE + 15 * (term.order - 1)) % 360
        if term.longitude != longitude:
            yield Problem(file, "$.longitude", f"{term.longitude} should be {longitude} for term {term.order} of the year")
        if term.order in orders:
            yield Problem(file, "$.order", f"{term.order} is also the order of {orders[term.order]}; each term has its own")
        orders[term.order] = code
        if (expected := list(Season)[(term.order - 1) // 6]) != term.season:
            yield Problem(file, "$.season", f"{term.season} should be {expected} for term {term.order} of the year")
    if missing := [n for n in range(1, TERMS + 1) if n not in orders]:
        yield Problem("solar_terms", "$", f"{len(orders)} of {TERMS} solar terms; missing by order: {', '.join(map(str, missing))}")


def _red_flags(found: Found) -> Iterator[Problem]:
    asked = {code for _, _, _, flag in entries(found, "red_flags") for code in flag.complaints}
    for _, code, file, _ in entries(found, "complaints"):
        if code not in asked:
            yield Problem(file, "$", f"no red flag belongs to {code}; a complaint without its warning signs is not safe")
    general = sum(not flag.complaints for _, _, _, flag in entries(found, "red_flags"))
    if general not in GENERAL_FLAGS:
        limit = f"{GENERAL_FLAGS.start} to {GENERAL_FLAGS.stop - 1}"
        yield Problem("red_flags", "$", f"{general} red flags are asked of everybody; {limit} can be read and answered on a phone")


CHECKS = (_constitutions, _seasons, _terms, _red_flags)
