"""Shares with their intervals.

Wilson's score interval keeps its coverage for small groups and for shares near 0 and 1, where the simple normal interval fails; the
interval of a difference is Newcombe's, made of two of them (Wilson 1927; Newcombe 1998, Statistics in Medicine 17:873, method 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
"""Quantile of the normal distribution for 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95 % interval of the share; all of them None where nobody was counted."""

    count: int
    of: int
    value: float | None
    """0..1"""
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A later share minus an earlier one, with its 95 % interval; -1..1."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def share(count: int, of: int) -> Share:
    """Raises ValueError unless 0 <= count <= of."""
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if of == 0:
        return Share(0, 0, None, None, None)
    p, square = count / of, Z * Z
    centre = (p + square / (2 * of)) / (1 + square / of)
    half = Z / (1 + square / of) * sqrt(p * (1 - p) / of + square / (4 * of * of))
    # At the ends the formula is exact but for rounding.
    return Share(count, of, p, 0.0 if count == 0 else centre - half, 1.0 if count == of else centre + half)


def difference(earlier: Share, later: Share) -> Difference | None:
    """None where one of the groups is empty. The two groups count as independent: people in both make the true interval narrower."""
    if earlier.value is None or later.value is None:
        return None
    assert earlier.low is not None and earlier.high is not None and later.low is not None and later.high is not None  # noqa: S101
    change = later.value - earlier.value
    down = sqrt((later.value - later.low) ** 2 + (earlier.high - earlier.value) ** 2)
    up = sqrt((later.high - later.value) ** 2 + (earlier.value - earlier.low) ** 2)
    return Difference(change, change - down, change + up)
