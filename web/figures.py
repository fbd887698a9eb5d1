"""Drawings in the page's own colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import cos, pi, sin

from markupsafe import Markup

from reports.figures import WEB, has_movement, movement, point, season, strip
from tcm_engine.views import AssessmentView, MovementView, PointView

TERMS = 24
STRIP_WIDTH, STRIP_WIDTH_LARGE, STRIP_TYPE = 328, 272, 13
"""The narrowest phone's column in px, and a type size that is readable there; with large type fewer units fill the same column."""
STRIP_COLOURS = replace(WEB, soft="var(--pill)", line="var(--pill-off)", ground="var(--paper)")


def strip_figure(view: AssessmentView, large: bool) -> Markup:
    wide = view.lang == "en"
    return strip(
        view.strip, STRIP_COLOURS, width=STRIP_WIDTH_LARGE if large and not wide else STRIP_WIDTH, wide_names=wide, size=STRIP_TYPE
    )


def point_figure(view: PointView) -> Markup:
    return point(view, WEB)


def movement_figure(view: MovementView) -> Markup:
    """The drawing of a movement; empty where there is none."""
    return movement(view, WEB) if view.figure and has_movement(view.figure) else Markup("")


def season_figure(code: str) -> Markup:
    return season(code, WEB)


def qr_figure(text: str, title: str) -> Markup:
    """A QR code in black on white, whatever the page's colours: cameras want contrast. `title` is what a screen reader says."""
    import segno

    drawn = segno.make(text, error="m").svg_inline(scale=4, border=4, light="#fff", dark="#000", title=title, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704  # drawn by segno from modules alone; the title is escaped by it


def ring_figure(names: Sequence[str], lang: str) -> Markup:
    """The year as a ring: 24 solar terms, the spring equinox on top, around nine leaves. An ornament, hidden from screen readers."""
    strokes = {"minor": [n for n in range(TERMS) if n % 6], "major": [n for n in range(TERMS) if n % 6 == 0]}
    parts = [Markup('<circle class="ring-ground" cx="200" cy="200" r="106"/>')]
    parts.append(Markup('<path class="ring-leaf" d="{}"/>').format("".join(_leaf(n / 9) for n in range(9))))
    parts += [
        Markup('<path class="ring-{}" d="{}"/>').format(kind, "".join(_stroke(n / TERMS, 128 if kind == "minor" else 118) for n in turns))
        for kind, turns in strokes.items()
    ]
    parts.append(Markup('<circle class="ring-heart" cx="200" cy="200" r="9"/>'))
    labels = [Markup('<text x="{}" y="{}">{}</text>').format(*_place(170, n / TERMS, 6), name) for n, name in enumerate(names)]
    parts.append(Markup('<g class="ring-terms" lang="{}">{}</g>').format(lang, Markup("").join(labels)))
    return Markup('<svg class="ring" viewBox="0 0 400 400" aria-hidden="true" focusable="false">{}</svg>').format(Markup("").join(parts))


def _stroke(turn: float, inner: float) -> str:
    return "M{} {}L{} {}".format(*_place(inner, turn), *_place(142, turn))


def _leaf(turn: float) -> str:
    return "M{} {}Q{} {} {} {}Q{} {} {} {}Z".format(
        *_place(18, turn), *_place(44, turn - 0.041), *_place(84, turn), *_place(44, turn + 0.041), *_place(18, turn)
    )


def _place(radius: float, turn: float, down: float = 0) -> tuple[str, str]:
    """Where a point lies at `turn` of a whole turn clockwise from the top."""
    angle = 2 * pi * turn
    return f"{200 + radius * sin(angle):.1f}", f"{200 - radius * cos(angle) + down:.1f}"
