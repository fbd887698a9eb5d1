"""A batch in numbers. No names, no ids: what may be shown to whoever asked for the batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..kernels import concluding
from ..model import CONSTITUTIONS, VERDICT_CODES, Fault
from .manifest import Made
from .plan_task import Terms
from .score_block import ScoredBlock

NO_PRIMARY = "none"
_LED_BY_BALANCED = (concluding.BALANCED, concluding.BASICALLY_BALANCED)
_LED_BY_FIRST = (concluding.SINGLE, concluding.COMBINED)


@dataclass(slots=True)
class Counts:
    """Counted while the rows are read."""

    rows: int = 0
    scored: int = 0
    failed: int = 0
    verdicts: np.ndarray = field(default_factory=lambda: np.zeros((len(CONSTITUTIONS), len(VERDICT_CODES)), np.int64))
    """int64 [9, 5]: how many of the scored rows have each verdict of each type."""
    primary: np.ndarray = field(default_factory=lambda: np.zeros(len(CONSTITUTIONS) + 1, np.int64))
    """int64 [10]: how many are led by each type; the last by none."""
    faults: Counter[str] = field(default_factory=Counter)
    """Code of a fault -> rows that have it."""

    def add(self, scored: ScoredBlock) -> None:
        good = scored.scores.status == 0
        self.rows += scored.block.count
        self.scored += int(good.sum())
        for s in range(len(CONSTITUTIONS)):
            self.verdicts[s] += np.bincount(scored.scores.verdict[s][good], minlength=len(VERDICT_CODES))
        self.primary += np.bincount(_leaders(scored.conclusions)[good], minlength=self.primary.shape[0])

    def fail(self, faults: Iterable[Fault]) -> None:
        """A row with these faults; nothing where there are none."""
        codes = {fault.code for fault in faults}
        self.failed += bool(codes)
        self.faults.update(codes)


@dataclass(frozen=True, slots=True)
class Summary:
    terms: Terms
    rows: int
    scored: int
    plans: int
    failed: int
    """Rows in errors.csv."""
    verdicts: Mapping[str, Mapping[str, int]]
    """Constitution -> verdict -> scored rows."""
    primary: Mapping[str, int]
    """Constitution, or `none` -> scored rows."""
    to_review: int
    """Plans that a practitioner should look at."""
    review_reasons: Mapping[str, int]
    """Code -> plans."""
    faults: Mapping[str, int]
    """Code -> rows."""
    breakdowns: Mapping[str, int]
    """Where the program broke down over a plan, in its own terms -> plans."""


def summary_of(terms: Terms, counts: Counts, made: Iterable[Made], breakdowns: Iterable[str]) -> Summary:
    reviews = [entry.review for entry in made]
    return Summary(
        terms,
        counts.rows,
        counts.scored,
        len(reviews),
        counts.failed,
        {code: dict(zip(VERDICT_CODES, map(int, row), strict=True)) for code, row in zip(CONSTITUTIONS, counts.verdicts, strict=True)},
        dict(zip((*CONSTITUTIONS, NO_PRIMARY), map(int, counts.primary), strict=True)),
        sum(bool(review) for review in reviews),
        _sorted(Counter(code for review in reviews for code in set(review))),
        _sorted(counts.faults),
        _sorted(Counter(breakdowns)),
    )


def _sorted(counted: Counter[str]) -> dict[str, int]:
    """Most frequent first; equal ones by name."""
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))


def _leaders(conclusions: Any) -> np.ndarray:
    """int64 [N]: index of the leading type, 9 where none leads; as `assessment.primary_of` has it for one person."""
    leaders = np.full(conclusions.kind.shape, len(CONSTITUTIONS), np.int64)
    leaders[np.isin(conclusions.kind, _LED_BY_BALANCED)] = 0
    first = np.isin(conclusions.kind, _LED_BY_FIRST)
    leaders[first] = conclusions.ranked[0][first]
    return leaders
