"""What the shapes cannot say: ids that exist, lists that are complete, numbers that agree. Small functions, all problems at once."""

from __future__ import annotations

from typing import Iterator, Mapping, TYPE_CHECKING

if TYPE_CHECKING:
    from .loader import Problem
    from .model import Record

Found = Mapping[str, Mapping[str, tuple[str, "Record"]]]
"""Register -> key -> (file, entry)."""


def problems_of(found: Found) -> "list[Problem]":
    return [problem for check in CHECKS for problem in check(found)]


def _references(found: Found) -> "Iterator[Problem]":
    """Every code that a file cites exists in its register."""
    from .loader import Problem

    registers = {"foods": "foods", "points": "points", "movements": "movements", "techniques": "techniques"}
    for key, (file, piece) in found["advice"].items():
        for field, register in registers.items():
            for code in piece.foods() if field == "foods" else getattr(piece.uses, field):
                if code not in found[register]:
                    yield Problem(file, f"$.uses.{field}", f"{code} is not in the register {register}")
        for code in piece.complaints:
            if code not in found["complaints"]:
                yield Problem(file, "$.complaints", f"{code} is not in the register complaints")
        for code in piece.solar_terms:
            if code not in found["solar_terms"]:
                yield Problem(file, "$.solar_terms", f"{code} is not in the register solar_terms")


def _sources(found: Found) -> "Iterator[Problem]":
    from .loader import Problem

    for register, entries in found.items():
        for key, (file, entry) in entries.items():
            for cite in getattr(entry, "cites", ()):
                if cite.source not in found["sources"]:
                    yield Problem(file, f"{key}.cites", f"{cite.source} is not in the register sources")


def _limits(found: Found) -> "Iterator[Problem]":
    """A piece helps at most three types and at most two seasons: what suits everybody suits nobody."""
    from .loader import Problem

    for key, (file, piece) in found["advice"].items():
        strong = [c for c, level in piece.benefit.items() if level >= 2]
        if len(strong) > 3:
            yield Problem(file, "$.benefit", f"{len(strong)} types have 2 or more; at most three may")
        if len([s for s, level in piece.seasons.items() if level > 0]) > 2:
            yield Problem(file, "$.seasons", "more than two seasons are above 0; at most two may")


CHECKS = (_references, _sources, _limits)
