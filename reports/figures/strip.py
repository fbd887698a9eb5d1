"""The result figure: eight types as dots with pale interval bars on one scale, the balanced type apart below.

Why not a radar: the area of a radar's polygon follows the order of its axes, not the data; its cut-offs crowd in the middle; the
balanced type runs the other way. Dots on one scale show which types cross a line, and survive grey print.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from tcm_engine.views import CutOff, Strip, StripRow

from .palette import PAPER, Palette
from .svg import el, picture, text

DOT, BAR = 4.6, 9.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value lies on the drawing."""

    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


def strip(
    view: Strip, palette: Palette = PAPER, *, width: float = 418, wide_names: bool = False, size: float = 10.5, row: float = 17
) -> Markup:
    """The figure as inline SVG, `width` units wide, `row` units a type. `wide_names` leaves room for English names."""
    left, right = (118.0 if wide_names else 52.0), width - (92.0 if wide_names else 74.0)
    scale = Scale(view.low, view.high, left, right)
    apart = Scale(view.apart_low, view.apart_high, left, right)
    top = 16.0
    bottom = top + row * len(view.rows)
    below = bottom + (44.0 if wide_names else 31.0)  # long names: the words above and the cut-off label need a line each
    parts = [_cut_off(c, scale, top - 4, bottom, palette, size, side) for c, side in zip(view.cut_offs, ("end", "start"), strict=False)]
    parts += [_row(shown, scale, top + row * (n + 0.5), width, palette, size) for n, shown in enumerate(view.rows)]
    parts.append(el("line", x1=0, x2=width, y1=bottom + 5, y2=bottom + 5, stroke=palette.line, stroke_width=0.5))
    parts.append(text(0, bottom + 18, view.apart_words, font_size=size - 1, fill=palette.ink2))
    parts += [_cut_off(c, apart, below - 8, below + row, palette, size, "start") for c in view.apart_cut_offs]
    parts.append(_row(view.apart, apart, below + row / 2, width, palette, size))
    return picture(width, below + row + 2, view.text, parts, palette.font, size, class_="strip")


def _cut_off(cut: CutOff, scale: Scale, top: float, bottom: float, palette: Palette, size: float, side: str) -> Markup:
    x = scale.x(cut.value)
    line = el(
        "line", x1=x, x2=x, y1=top, y2=bottom, stroke=palette.ink2, stroke_width=0.75, stroke_dasharray=None if cut.solid else "3 2.5"
    )
    words = text(x + (5 if side == "start" else -5), top + 3, cut.words, font_size=size - 1, fill=palette.ink2, text_anchor=side)
    return Markup("").join((line, words))


def _row(row: StripRow, scale: Scale, y: float, width: float, palette: Palette, size: float) -> Markup:
    weight = 700 if row.strong else 400
    base = y + size * 0.36
    parts = [
        text(0, base, row.name, font_weight=weight, fill=palette.ink),
        el("line", x1=scale.left, x2=scale.right, y1=y, y2=y, stroke=palette.line, stroke_width=0.75),
    ]
    if row.low is not None and row.high is not None:
        x1, x2 = scale.x(row.low), scale.x(row.high)
        fill = palette.soft if row.strong else palette.line
        parts.append(el("rect", x=x1, y=y - BAR / 2, width=max(x2 - x1, 1), height=BAR, rx=BAR / 2, fill=fill, fill_opacity=0.8))
    if row.value is not None:
        parts.append(
            el(
                "circle",
                cx=scale.x(row.value),
                cy=y,
                r=DOT,
                fill=palette.jade if row.strong else palette.edge,
                stroke=palette.ground,
                stroke_width=1.5,
            )
        )
    number = scale.right + 30
    parts.append(text(number, base, row.value_text, text_anchor="end", font_weight=weight, fill=palette.ink))
    parts.append(text(number + 6, base, row.word, font_weight=weight, fill=palette.ink if row.strong else palette.ink2))
    return Markup("").join(parts)
