"""Four weeks for a complaint: for each step of its programme the first alternative that is safe, in season and fitting for this person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from knowledge_base.model import ProgrammeStep as Step
from tcm_engine.model import PatternCandidate, ProgrammePlan, ProgrammeStep

from .catalogue import DOMAINS, Catalogue, Shelf
from .matching import Match, Person
from .selection import same_thing

MOST_PROGRAMMES = 3
"""Programmes in one plan, for the complaints that a person named first: nobody keeps more habits than that. The others are served by single
pieces, and the plan says so."""
SLOT_DOMAINS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "food": ("diet", "tea_medicated_food"),
        "point": ("acupoint",),
        "movement": ("movement",),
        "living": ("daily_living", "emotion", "dwelling", "clothing", "music"),
    }
)


@dataclass(frozen=True, slots=True)
class Composed:
    """A programme with indexes of pieces on the advice shelf."""

    complaint: str
    pattern: PatternCandidate | None
    steps: tuple[tuple[str, int, int], ...]
    """(slot, from week, piece)"""
    unfilled: tuple[str, ...]

    def as_plan(self, shelf: Shelf) -> ProgrammePlan:
        steps = tuple(ProgrammeStep(slot, week, shelf.ids[piece]) for slot, week, piece in self.steps)
        return ProgrammePlan(self.complaint, self.pattern, steps, self.unfilled)


def compose_programmes(
    catalogue: Catalogue, person: Person, found: Match, complaints: Sequence[str], patterns: Mapping[str, PatternCandidate]
) -> tuple[Composed, ...]:
    """Programmes for the first of `complaints` that have one; `patterns`: complaint -> candidate, where the answers point to one."""
    composed: list[Composed] = []
    taken: list[int] = []
    for code in [c for c in complaints if catalogue.knowledge.complaints[c].programme][:MOST_PROGRAMMES]:
        programme = _compose(catalogue, person, found, code, patterns.get(code), taken)
        composed.append(programme)
        taken += [piece for _, _, piece in programme.steps if piece not in taken]
    return tuple(composed)


def pieces_of(programmes: Iterable[Composed]) -> list[int]:
    """Places of all their pieces, each once, in order."""
    return list(dict.fromkeys(piece for programme in programmes for _, _, piece in programme.steps))


def _compose(
    catalogue: Catalogue, person: Person, found: Match, complaint: str, pattern: PatternCandidate | None, taken: Sequence[int]
) -> Composed:
    programme = catalogue.knowledge.complaints[complaint].programme
    steps: list[tuple[str, int, int]] = []
    unfilled: list[str] = []
    for step in programme.steps if programme else ():
        here = [*taken, *(piece for _, _, piece in steps)]
        own = {piece for _, _, piece in steps}
        piece = next((p for p in _ranked(catalogue, found, complaint, step, pattern, here) if p not in own), None)
        if piece is None:
            unfilled.append(step.slot)
        else:
            steps.append((step.slot, step.from_week, piece))
    return Composed(complaint, pattern, tuple(steps), tuple(dict.fromkeys(unfilled)))


def _ranked(
    catalogue: Catalogue, found: Match, complaint: str, step: Step, pattern: PatternCandidate | None, taken: Sequence[int]
) -> Iterator[int]:
    """Fitting pieces of a step: its own alternatives, those of the person's pattern and those already taken first; then whatever else
    of the slot serves the complaint."""
    shelf = catalogue.advice
    named = [shelf.index[id_] for id_ in step.pieces]
    level = shelf.arrays.need[catalogue.needs.index(("pattern", pattern.pattern))] if pattern else np.zeros(len(shelf.ids), np.int8)
    yield from sorted((p for p in named if _fits(shelf, found, p, taken)), key=lambda p: (-int(level[p]), p not in taken, named.index(p)))
    serves = shelf.arrays.need[catalogue.needs.index(("complaint", complaint))]
    others = [p for d in SLOT_DOMAINS[step.slot] for p in shelf.of_domain(DOMAINS.index(d)) if serves[p] > 0 and p not in named]
    yield from sorted((p for p in others if _fits(shelf, found, p, taken)), key=lambda p: (-int(serves[p]), -int(found.points[p]), p))


def _fits(shelf: Shelf, found: Match, piece: int, taken: Sequence[int]) -> bool:
    if not found.open_pieces[piece] or not found.in_season[piece] or found.points[piece] <= 0:
        return False
    return piece in taken or not any(same_thing(shelf, piece, other) for other in taken)
