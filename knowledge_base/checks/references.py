"""Every code that a file cites exists in its register."""

from __future__ import annotations

from collections.abc import Iterator

from ..base import Found
from ..model import When
from ..problem import Problem
from .vocabulary import ORGANS, wrong_fact, wrong_feature
from .walk import entries, parts, place, with_classes

ADVICE = {"complaints": "complaints", "solar_terms": "solar_terms", "zones": "zones", "tags": "tags"}
"""Field of a piece -> register of its codes."""
USES = ("foods", "points", "movements", "techniques")
CLASSED = ("conditions", "medicines", "allergens", "preferences")


def _missing(found: Found, file: str, path: str, register: str, code: str) -> Iterator[Problem]:
    if code not in found[register]:
        yield Problem(file, path, f"{code} is not in the register {register}; add its file or correct the code")


def _sources(found: Found) -> Iterator[Problem]:
    for register, key, file, entry in entries(found):
        for path, part in parts(entry):
            for index, cite in enumerate(getattr(part, "cites", ())):
                yield from _missing(found, file, f"{place(register, key, path)}.cites[{index}]", "sources", cite.source)


def _advice(found: Found) -> Iterator[Problem]:
    patterns = {pattern.code for _, _, _, complaint in entries(found, "complaints") for pattern in complaint.patterns}
    for _, _, file, piece in entries(found, "advice"):
        for register in USES:
            for code in piece.foods() if register == "foods" else getattr(piece.uses, register):
                yield from _missing(found, file, f"$.uses.{register}", register, code)
        for field, register in ADVICE.items():
            for code in getattr(piece, field):
                yield from _missing(found, file, f"$.{field}", register, code)
        for code in sorted(set(piece.patterns) - patterns):
            yield Problem(file, "$.patterns", f"{code} is a pattern of no complaint; add it there or correct the code")


def _foods_and_movements(found: Found) -> Iterator[Problem]:
    for register, _, file, entry in entries(found, "foods", "movements"):
        for code in entry.tags:
            yield from _missing(found, file, "$.tags", "tags", code)
        for code in entry.allergens if register == "foods" else ():
            yield from _missing(found, file, "$.allergens", "allergens", code)
        for organ in sorted(set(getattr(entry, "meridians", ())) - ORGANS):
            yield Problem(file, "$.meridians", f"{organ} is no organ; one of {', '.join(sorted(ORGANS))}")


def _food_places(found: Found) -> Iterator[Problem]:
    for _, _, file, entry in entries(found, "foods"):
        for code in entry.zones:
            yield from _missing(found, file, "$.zones", "zones", code)
    for _, _, file, entry in entries(found, "zones"):
        for code in entry.damp_terms:
            yield from _missing(found, file, "$.damp_terms", "solar_terms", code)


def _complaints(found: Found) -> Iterator[Problem]:
    """Questions speak for the complaint's own patterns, a programme names pieces, and one pattern code has one name."""
    names: dict[str, tuple[str, str]] = {}
    for _, code, file, entry in entries(found, "complaints"):
        own = {pattern.code for pattern in entry.patterns}
        for index, question in enumerate(entry.questions):
            for pattern in sorted(set(question.speaks_for) - own):
                yield Problem(file, f"$.questions[{index}].speaks_for", f"{pattern} is no pattern of {code}; add it or correct the code")
        for index, step in enumerate(entry.programme.steps if entry.programme else ()):
            for piece in step.pieces:
                yield from _missing(found, file, f"$.programme.steps[{index}].pieces", "advice", piece)
        for pattern in entry.patterns:
            other = names.setdefault(pattern.code, (pattern.name.zh, code))
            if other[0] != pattern.name.zh:
                yield Problem(
                    file, "$.patterns", f"{pattern.code} is named {pattern.name.zh} here and {other[0]} in {other[1]}; use one name"
                )


def _classes(found: Found) -> Iterator[Problem]:
    """A class is an entry of the same register, and no entry is a member of itself over any number of steps."""
    for register, key, file, entry in entries(found, *CLASSED):
        for code in entry.member_of:
            yield from _missing(found, file, "$.member_of", register, code)
        if any(key in with_classes(found, register, code) for code in entry.member_of):
            yield Problem(file, "$.member_of", f"{key} is a member of itself; remove it from one of its classes")


def _facts(found: Found) -> Iterator[Problem]:
    for register, key, file, entry in entries(found, "safety", "advice", "red_flags"):
        for path, part in parts(entry):
            for fact in (*part.any, *part.all) if isinstance(part, When) else ():
                if why := wrong_fact(found, fact):
                    yield Problem(file, place(register, key, path), why)


def _features(found: Found) -> Iterator[Problem]:
    for register, key, file, entry in entries(found, "safety", "preferences"):
        for field in ("features",) if register == "safety" else ("avoids", "favours"):
            for feature in getattr(entry, field):
                if why := wrong_feature(found, feature):
                    yield Problem(file, place(register, key, f"$.{field}"), why)


def _red_flags(found: Found) -> Iterator[Problem]:
    for _, key, file, flag in entries(found, "red_flags"):
        for code in flag.complaints:
            yield from _missing(found, file, f"{key}.complaints", "complaints", code)


CHECKS = (_sources, _advice, _foods_and_movements, _food_places, _complaints, _classes, _facts, _features, _red_flags)
