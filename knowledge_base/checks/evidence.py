"""What a statement rests on is said honestly."""

from __future__ import annotations

from collections.abc import Iterator

from ..base import Found
from ..model import Grade, Statement
from ..problem import Problem
from .walk import CHINESE, entries, place, statements

MOST_DECISIONS = 4
"""At most one statement in four may rest on a project decision alone."""
FEW = 40
"""Below so many statements the share is not judged: a toy knowledge base is no knowledge base."""
_STRENGTH = {grade: rank for rank, grade in enumerate(Grade)}


def all_statements(found: Found) -> Iterator[tuple[str, str, Statement]]:
    """(file, place, statement) of everything that carries evidence."""
    for register, key, file, entry in entries(found):
        for path, statement in statements(entry):
            yield file, place(register, key, path), statement


def _decisions(found: Found) -> Iterator[Problem]:
    for file, path, said in all_statements(found):
        if said.grade is Grade.PROJECT_DECISION and not said.decision:
            yield Problem(file, f"{path}.decision", "a project decision says why, in English; write the reason under `decision`")
        if CHINESE.search(said.decision):
            yield Problem(file, f"{path}.decision", "a decision is written in English, for those who maintain the rules")


def _grades(found: Found) -> Iterator[Problem]:
    """A grade is never stronger than the best source cited: nobody borrows the rank of a standard that is not cited."""
    for file, path, said in all_statements(found):
        ranks = [_STRENGTH[found["sources"][c.source][1].kind] for c in said.cites if c.source in found["sources"]]
        if ranks and _STRENGTH[said.grade] < min(ranks):
            best = list(Grade)[min(ranks)]
            yield Problem(
                file, f"{path}.grade", f"{said.grade} is stronger than the best cited source ({best}); take its kind or cite what says it"
            )


def _verified(found: Found) -> Iterator[Problem]:
    """Nobody verified against a source that nobody saw."""
    for file, path, said in all_statements(found):
        seen = {found["sources"][c.source][1].seen for c in said.cites if c.source in found["sources"]}
        if said.review.status == "verified" and seen == {"memory"}:
            yield Problem(file, f"{path}.review.status", "verified, but every cited source is known from memory only; say unreviewed")


def _share(found: Found) -> Iterator[Problem]:
    grades = [said.grade for _, _, said in all_statements(found)]
    ours = grades.count(Grade.PROJECT_DECISION)
    if len(grades) >= FEW and ours * MOST_DECISIONS > len(grades):
        yield Problem(".", "$", f"{ours} of {len(grades)} statements rest on a project decision alone; at most a quarter may: cite sources")


CHECKS = (_decisions, _grades, _verified, _share)
