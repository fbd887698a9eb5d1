"""Many assessed people as arrays, one row each, and the counts that tell what the group looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

UNKNOWN, FEMALE, MALE = 0, 1, 2
TYPES = 9
NO, TENDENCY, YES, BASICALLY, UNDETERMINED = range(5)
"""Codes of verdicts, as the kernels have them."""
AGE_FROM = (0, 30, 40, 50, 60, 65, 75)
"""Each band begins here and ends before the next."""
AGE_UNKNOWN = len(AGE_FROM)
CERTAIN_FROM = (1, 2, 4)
"""Least one-step changes of answers that would give another verdict: 1; 2 or 3; 4 and more. A fourth group is undetermined."""


@dataclass(frozen=True, slots=True)
class Crowd:
    verdicts: NDArray[np.uint8]
    """[people, 9], types in the standard's order."""
    primary: NDArray[np.int8]
    """Index of the main type; TYPES where there is none."""
    margin: NDArray[np.int16]
    """Least margin over the nine types, in one-step changes; -1 where a type is undetermined."""
    sex: NDArray[np.uint8]
    age: NDArray[np.int16]
    """Whole years on the day of the assessment; -1 not known."""
    reasons: NDArray[np.bool_]
    """[people, reasons]: why a practitioner should look."""
    known: NDArray[np.bool_]
    """[people, facts]: what the record says, were it no."""

    def __len__(self) -> int:
        return len(self.primary)

    def where(self, chosen: NDArray[np.bool_]) -> Crowd:
        return Crowd(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @property
    def age_band(self) -> NDArray[np.int64]:
        """Index into AGE_FROM, or AGE_UNKNOWN."""
        bands = np.searchsorted(AGE_FROM, self.age, side="right") - 1
        return np.where(self.age < 0, AGE_UNKNOWN, bands)

    @property
    def tier(self) -> NDArray[np.int64]:
        """How certain the least certain of the nine verdicts is: index into CERTAIN_FROM, or its length for undetermined."""
        tiers = np.searchsorted(CERTAIN_FROM, np.maximum(self.margin, 1), side="right") - 1
        return np.where(self.margin < 0, len(CERTAIN_FROM), tiers)


def main_types(crowd: Crowd) -> NDArray[np.int64]:
    """[10] people by main type; the last has none: equal scores, tendencies alone, nothing applies, or undetermined."""
    return np.bincount(crowd.primary, minlength=TYPES + 1)


def verdict_counts(crowd: Crowd) -> NDArray[np.int64]:
    """[9, 5] people by type and verdict."""
    return np.stack([np.bincount(crowd.verdicts[:, one], minlength=5) for one in range(TYPES)])


def cross(rows: NDArray[np.integer], columns: NDArray[np.integer], shape: tuple[int, int]) -> NDArray[np.int64]:
    """People by two codes."""
    table = np.zeros(shape, np.int64)
    np.add.at(table, (rows, columns), 1)
    return table


def numbered(values: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The different values, the empty one last, and each one's number."""
    found = tuple(sorted(set(values), key=lambda value: (value == "", value)))
    place = {value: n for n, value in enumerate(found)}
    return found, np.array([place[value] for value in values], np.int64)
