"""What somebody should read again: statements that nobody checked against their source, are disputed, or were checked long ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .base import KnowledgeBase
from .checks.walk import statements
from .model import REGISTERS, Citation, Review, Source

Reason = Literal["unreviewed", "disputed", "old"]
REASONS: tuple[Reason, ...] = ("unreviewed", "disputed", "old")
"""In the order in which they should be looked at."""
DAYS_PER_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class StaleStatement:
    register: str
    key: str
    path: str
    """Place inside the entry, as a JSON path; `$` is the entry itself."""
    locator: str
    """Where in this group's source."""
    reason: Reason
    on: date
    note: str

    def order(self) -> tuple[int, date, str, str, str]:
        return REASONS.index(self.reason), self.on, self.register, self.key, self.path


@dataclass(frozen=True, slots=True)
class StaleGroup:
    """Everything to be read again with one source open. A statement with two sources stands under both."""

    source: Source
    statements: tuple[StaleStatement, ...]

    def counts(self) -> dict[str, int]:
        return {reason: sum(one.reason == reason for one in self.statements) for reason in REASONS}


def stale(knowledge: KnowledgeBase, on: date, months: int) -> tuple[StaleGroup, ...]:
    """By source, the one with most to read first; inside it unreviewed before disputed before those last read `months` ago or earlier."""
    limit = on - timedelta(days=round(months * DAYS_PER_MONTH))
    by_source: dict[str, list[StaleStatement]] = defaultdict(list)
    for register, key, path, cites, review in _reviewed(knowledge):
        if reason := _reason(review, limit):
            for cite in cites:
                found = StaleStatement(register, key, path, cite.locator, reason, review.on, review.note)
                by_source[cite.source].append(found)
    groups = (StaleGroup(knowledge.sources[code], tuple(sorted(found, key=StaleStatement.order))) for code, found in by_source.items())
    return tuple(sorted(groups, key=lambda group: (-len(group.statements), group.source.code)))


def _reason(review: Review, limit: date) -> Reason | None:
    if review.status != "verified":
        return review.status
    return "old" if review.on <= limit else None


def _reviewed(knowledge: KnowledgeBase) -> Iterator[tuple[str, str, str, tuple[Citation, ...], Review]]:
    for register in REGISTERS:
        for key, entry in getattr(knowledge, register).items():
            for path, said in statements(entry):
                yield register, key, path, said.cites, said.review
