"""Horizontal bars on one scale from 0, each with its count, its share and a thin line for the interval of the share."""

from __future__ import annotations

from collections.abc import Sequence

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
    """The figure as inline SVG. `says`: its alternative text; `names`: room for the labels, in units."""
    right = width - size * 7.6
    end = next((one for one in _NICE if one >= max((bar.high or 0.0 for bar in rows), default=0.0)), 1.0)
    parts = [_scale(names, right, row * len(rows), end, palette, size)]
    parts += [_bar(bar, row * (n + 0.5), names, right, end, palette, size, width) for n, bar in enumerate(rows)]
    return picture(width, row * len(rows) + size * 1.6, says, parts, palette.font, size, class_="bars")


def _scale(left: float, right: float, bottom: float, end: float, palette: Palette, size: float) -> Markup:
    """A line at 0 and one at the scale's end, both named."""
    marks = [
        el("line", x1=x, x2=x, y1=0, y2=bottom, stroke=colour, stroke_width=0.75)
        for x, colour in ((left, palette.edge), (right, palette.line))
    ]
    words = [
        text(x, bottom + size * 1.2, f"{round(100 * value)}%", font_size=size - 1, fill=palette.ink2, text_anchor="middle")
        for x, value in ((left, 0.0), (right, end))
    ]
    return Markup("").join([*marks, *words])


def _bar(bar: BarView, y: float, left: float, right: float, end: float, palette: Palette, size: float, width: float) -> Markup:
    base = y + size * 0.36
    scale = (right - left) / end
    parts = [text(left - 6, base, bar.label, text_anchor="end", fill=palette.ink)]
    if bar.share is not None and bar.low is not None and bar.high is not None:
        parts.append(el("rect", x=left, y=y - BAR / 2, width=max(bar.share * scale, 0.5), height=BAR, fill=palette.jade, fill_opacity=0.85))
        parts.append(el("line", x1=left + bar.low * scale, x2=left + bar.high * scale, y1=y, y2=y, stroke=palette.ink, stroke_width=1))
    shown = f"{bar.count} · {bar.share_text}" if bar.share is not None else bar.count
    parts.append(text(width, base, shown, text_anchor="end", fill=palette.ink))
    return Markup("").join(parts)
