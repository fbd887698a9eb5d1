"""Numbers as the desk shows them: arithmetic stands here, not in templates."""

from __future__ import annotations


def share(pair: tuple[int, int]) -> str:
    """(part, whole) as whole per cent, rounded down: 100 % means everybody. The whole is not 0."""
    part, whole = pair
    return f"{100 * part // whole}%"


def per_hundred(value: float) -> str:
    """A share as per cent with one decimal, without its sign."""
    return f"{100 * value:.1f}"
