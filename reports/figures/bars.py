"""Horizontal bars on one scale from 0, each with its count, its share and a thin line for the interval of the share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tcm_engine.views import BarView

from .palette import PAPER, Palette
from .svg import el, picture, text

BAR = 10.0
_NICE = (0.05, 0.1, 0.2, 0.25, 0.5, 0.75, 1.0)
"""Where the scale may end; the ends of the bars' intervals fit in."""


def bars(
    rows: Sequence[BarView],
    says: str,
    palette: Palette = PAPER,
    *,
    width: float = 418,
    names: float = 104,
    size: float = 10.5,
    row: float = 19,
) -> Markup:
    """The figure as inline SVG. `says`: its alternative text; `names`: room for the labels, in units.

    Where a label needs more room than that, every label stands above its bar.
    """
    above = max((_width(bar.label, size) for bar in rows), default=0.0) > names - 8
    left, step = (1.0, row + size * 1.2) if above else (names, row)
    frame = _Frame(left, width - size * 7.6, width, next((one for one in _NICE if one >= _longest(rows)), 1.0), above)
    parts = [_scale(frame, step * len(rows), palette, size)]
    parts += [_bar(bar, step * n, step, row, frame, palette, size) for n, bar in enumerate(rows)]
    return picture(width, step * len(rows) + size * 1.6, says, parts, palette.font, size, class_="bars")


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    """Where 0 and the end of the scale lie."""
    width: float
    end: float
    """Share at the end of the scale."""
    above: bool

    @property
    def scale(self) -> float:
        return (self.right - self.left) / self.end


def _longest(rows: Sequence[BarView]) -> float:
    return max((bar.high or 0.0 for bar in rows), default=0.0)


def _width(words: str, size: float) -> float:
    """About: a Chinese character is as wide as high, a Latin letter a little more than half."""
    return sum(size if ord(sign) > 0x2E7F else size * 0.56 for sign in words)


def _scale(frame: _Frame, bottom: float, palette: Palette, size: float) -> Markup:
    """A line at 0 and one at the scale's end, both named."""
    lines = [
        el("line", x1=x, x2=x, y1=0, y2=bottom, stroke=colour, stroke_width=0.75)
        for x, colour in ((frame.left, palette.edge), (frame.right, palette.line))
    ]
    words = [
        text(x, bottom + size * 1.2, f"{round(100 * value)}%", font_size=size - 1, fill=palette.ink2, text_anchor=anchor)
        for x, value, anchor in ((frame.left, 0.0, "start" if frame.above else "middle"), (frame.right, frame.end, "middle"))
    ]
    return Markup("").join([*lines, *words])


def _bar(bar: BarView, top: float, step: float, row: float, frame: _Frame, palette: Palette, size: float) -> Markup:
    y = top + step - row / 2
    base, left = y + size * 0.36, frame.left
    if frame.above:
        parts = [text(left + 4, top + size * 1.15, bar.label, fill=palette.ink)]
    else:
        parts = [text(left - 6, base, bar.label, text_anchor="end", fill=palette.ink)]
    if bar.share is not None and bar.low is not None and bar.high is not None:
        long = max(bar.share * frame.scale, 0.5)
        parts.append(el("rect", x=left, y=y - BAR / 2, width=long, height=BAR, fill=palette.jade, fill_opacity=0.85))
        ends = {"x1": left + bar.low * frame.scale, "x2": left + bar.high * frame.scale}
        parts.append(el("line", **ends, y1=y, y2=y, stroke=palette.ink, stroke_width=1))
    shown = f"{bar.count} · {bar.share_text}" if bar.share is not None else bar.count
    parts.append(text(frame.width, base, shown, text_anchor="end", fill=palette.ink))
    return Markup("").join(parts)
