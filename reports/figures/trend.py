"""Measured values over time: dots on a true time axis. Lines join what lies close together; a long gap is dotted, not bridged silently.

The upright axis begins where the values need it and says its numbers; nothing is smoothed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from .palette import WEB, Palette
from .svg import el, picture, text

LONG_GAP = 183
"""Days between two values beyond which their line is dotted. Project decision: half a year says nothing about the time between."""
DOT = 4.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 40.0, 14.0, 26.0


@dataclass(frozen=True, slots=True)
class Series:
    """One measure, the earliest first."""

    name: str
    points: tuple[tuple[date, float, str], ...]
    """Day, value, the value in words."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A line across, with its words at the right end."""

    value: float
    words: str


def trend(
    series: Sequence[Series],
    bounds: Sequence[Bound],
    title: str,
    palette: Palette = WEB,
    *,
    width: float = 328,
    height: float = 170,
    size: float = 12,
) -> Markup:
    """The figure as inline SVG; `title` is its alternative text. Every series has at least one point."""
    days = [day for one in series for day, _value, _words in one.points]
    values = [value for one in series for _day, value, _words in one.points]
    low, high = _range(values, [bound.value for bound in bounds])
    first, last = min(days), max(days)
    span = max((last - first).days, 1)
    right, floor = width - _RIGHT, height - _BOTTOM

    def x(day: date) -> float:
        return (_LEFT + right) / 2 if first == last else _LEFT + 8 + (day - first).days / span * (right - _LEFT - 16)

    def y(value: float) -> float:
        return floor - (value - low) / (high - low) * (floor - _TOP)

    parts = [el("line", x1=_LEFT, x2=right, y1=floor, y2=floor, stroke=palette.edge, stroke_width=0.75)]
    for value in (low, high):
        parts.append(text(_LEFT - 6, y(value) + size * 0.35, f"{value:g}", text_anchor="end", fill=palette.ink2))
    labelled: list[float] = []
    for bound in bounds:
        if low < bound.value < high:
            at = y(bound.value)
            parts.append(el("line", x1=_LEFT, x2=right, y1=at, y2=at, stroke=palette.ink2, stroke_width=0.75, stroke_dasharray="3 2.5"))
            if all(abs(at - other) >= size for other in labelled):  # words on top of words say nothing
                labelled.append(at)
                parts.append(text(right + 4, at + size * 0.35, bound.words, fill=palette.ink2))
    for one in series:
        parts += _series(one, x, y, palette, named=len(series) > 1)
    parts.append(text(_LEFT, height - 6, first.isoformat(), fill=palette.ink2))
    if first != last:
        parts.append(text(right, height - 6, last.isoformat(), text_anchor="end", fill=palette.ink2))
    return picture(width, height, title, parts, palette.font, size, class_="trend")


def _series(one: Series, x: Callable[[date], float], y: Callable[[float], float], palette: Palette, named: bool) -> list[Markup]:
    parts = []
    for (day, value, _), (later, then, _more) in zip(one.points, one.points[1:], strict=False):
        dotted = "1 4" if (later - day).days > LONG_GAP else None
        parts.append(
            el("line", x1=x(day), y1=y(value), x2=x(later), y2=y(then), stroke=palette.edge, stroke_width=1.25, stroke_dasharray=dotted)
        )
    for day, value, _words in one.points:
        parts.append(el("circle", cx=x(day), cy=y(value), r=DOT, fill=palette.jade, stroke=palette.ground, stroke_width=1.5))
    day, value, words = one.points[-1]
    label = f"{one.name} {words}" if named else words
    anchor = "end" if named and len(one.points) > 1 else "middle"
    parts.append(text(x(day) + (8 if anchor == "end" else 0), y(value) - 8, label, text_anchor=anchor, font_weight=700, fill=palette.ink))
    return parts


def _range(values: Sequence[float], bounds: Sequence[float]) -> tuple[float, float]:
    """Room for all values, and for the bounds that lie near them, in steps of 1, 2 or 5."""
    low, high = min(values), max(values)
    near = [bound for bound in bounds if low - (abs(high) or 1) * 0.25 <= bound <= high + (abs(high) or 1) * 0.25]
    low, high = min([low, *near]), max([high, *near])
    room = max(high - low, abs(high) * 0.1, 0.1) / 4
    step = 10.0 ** len(str(int(room))) / 10 if room >= 1 else 0.1
    while step * 5 < room:
        step *= 5
    bottom = max(0.0, (low - room / 2) // step * step)
    top = -(-(high + room) // step) * step
    return round(bottom, 2), round(top, 2)
