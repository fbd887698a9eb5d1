"""An ornament a season: plum blossom, willow, lotus, ginkgo. Line drawings, made of a few petals and leaves."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from markupsafe import Markup

from .palette import PAPER, Palette
from .svg import XY, el, num, picture, smooth

WIDTH, HEIGHT = 150.0, 190.0


def season(code: str, palette: Palette = PAPER, title: str = " ") -> Markup:
    """The ornament of `spring`, `summer`, `autumn` or `winter`, 150 by 190 units."""
    draw = {"spring": _willow, "summer": _lotus, "autumn": _ginkgo, "winter": _plum}[code]
    return picture(WIDTH, HEIGHT, title, draw(palette), class_="ornament", fill="none", stroke_linecap="round", stroke_linejoin="round")


def _turned(points: Sequence[XY], at: XY, degrees: float, scale: float = 1.0) -> list[XY]:
    c, s = cos(degrees * pi / 180) * scale, sin(degrees * pi / 180) * scale
    return [(at[0] + x * c - y * s, at[1] + x * s + y * c) for x, y in points]


def _leaf(at: XY, degrees: float, length: float, width: float, palette: Palette, fill: str | None = None) -> Markup:
    """A lance-shaped leaf from `at` in a direction."""
    (x0, y0), (cx1, cy1), (x1, y1), (cx2, cy2) = _turned([(0, 0), (length * 0.4, -width), (length, 0), (length * 0.4, width)], at, degrees)
    path = f"M{num(x0)} {num(y0)}Q{num(cx1)} {num(cy1)} {num(x1)} {num(y1)}Q{num(cx2)} {num(cy2)} {num(x0)} {num(y0)}Z"
    return el("path", d=path, fill=fill or palette.soft, stroke=palette.jade, stroke_width=0.75)


def _stem(points: list[XY], palette: Palette, width: float = 1.2) -> Markup:
    return el("path", d=smooth(points), stroke=palette.edge, stroke_width=width)


def _plum(palette: Palette) -> list[Markup]:
    parts = [
        _stem([(152, 8), (128, 26), (104, 36), (84, 58), (56, 66), (34, 84)], palette, 2.2),
        _stem([(104, 36), (92, 24), (72, 20)], palette),
        _stem([(84, 58), (84, 80), (72, 98)], palette),
        _stem([(128, 26), (126, 52), (112, 74)], palette),
    ]
    for x, y, r, turn in ((72, 18, 7, 10), (96, 40, 9.5, 40), (112, 76, 8.5, 5), (60, 64, 8, 60), (126, 50, 6.5, 20)):
        parts += _blossom((x, y), r, turn, palette)
    parts += [
        el("circle", cx=x, cy=y, r=2.6, fill=palette.soft, stroke=palette.jade, stroke_width=0.75)
        for x, y in ((34, 85), (70, 100), (84, 78), (44, 74), (116, 32))
    ]
    parts += [_petal(x, y, turn, palette) for x, y, turn in ((40, 128, 20), (84, 142, 70), (112, 120, 130))]
    return parts


def _petal(x: float, y: float, turn: float, palette: Palette) -> Markup:
    return _leaf((x, y), turn, 8, 4.5, palette)


def _blossom(at: XY, r: float, turn: float, palette: Palette) -> list[Markup]:
    """Five round petals, five stamens."""
    angles = [turn + 72 * n for n in range(5)]
    petals = [_turned([(r * 0.62, 0)], at, a)[0] for a in angles]
    parts = [el("circle", cx=x, cy=y, r=r * 0.52, fill=palette.ground, stroke=palette.jade, stroke_width=0.9) for x, y in petals]
    parts += [el("circle", cx=x, cy=y, r=r * 0.5, fill=palette.soft) for x, y in petals]
    for a in angles:
        (x0, y0), (x1, y1) = _turned([(r * 0.12, 0), (r * 0.5, 0)], at, a + 36)
        parts.append(el("path", d=f"M{num(x0)} {num(y0)}L{num(x1)} {num(y1)}", stroke=palette.jade, stroke_width=0.6))
        parts.append(el("circle", cx=x1, cy=y1, r=0.8, fill=palette.jade))
    return parts


def _willow(palette: Palette) -> list[Markup]:
    parts = []
    for x, bend, length in ((138, -8, 150), (116, -14, 128), (96, -18, 92), (128, -26, 112), (148, -20, 96)):
        strand = [(x, 0), (x + bend * 0.35, length * 0.33), (x + bend, length * 0.68), (x + bend * 0.8, length)]
        parts.append(_stem(strand, palette, 0.75))
        for n in range(3, 12):
            share = n / 12
            px, py = x + bend * (share * 1.4 - share * share * 0.6), length * share
            side = 1 if n % 2 else -1
            parts.append(_leaf((px, py), 90 - side * 32, 13, 2.6, palette))
        parts.append(_leaf(strand[-1], 88, 12, 2.4, palette))
    return parts


def _lotus(palette: Palette) -> list[Markup]:
    parts = [_stem([(96, 74), (100, 120), (92, 186)], palette), _stem([(40, 128), (52, 150), (56, 186)], palette)]
    for turn, length, width in ((-152, 34, 9), (-28, 34, 9), (-130, 42, 11), (-50, 42, 11), (-110, 47, 12), (-70, 47, 12), (-90, 49, 12)):
        parts.append(_leaf((96, 74), turn, length, width, palette, palette.ground if turn != -90 else None))
    parts.append(
        el(
            "path",
            d=smooth([(4, 124), (18, 112), (42, 108), (66, 113), (78, 126), (60, 136), (38, 138), (16, 134)], True),
            fill=palette.soft,
            stroke=palette.jade,
            stroke_width=0.9,
        )
    )
    parts += [
        el("path", d=f"M41 123L{x} {y}", stroke=palette.jade, stroke_width=0.5)
        for x, y in ((10, 122), (22, 113), (42, 110), (62, 114), (74, 125), (56, 134), (38, 136), (20, 132))
    ]
    parts += [el("path", d=f"M{x} 178q12 4 24 0", stroke=palette.edge, stroke_width=0.6) for x in (44, 84, 112)]
    return parts


def _ginkgo(palette: Palette) -> list[Markup]:
    parts = [_stem([(152, 10), (128, 22), (98, 24), (70, 38)], palette, 1.8)]
    for x, y, turn, size in (
        (126, 22, 70, 1.05),
        (98, 24, 110, 1.2),
        (70, 38, 140, 1.0),
        (112, 24, -60, 0.8),
        (46, 112, 60, 0.9),
        (96, 130, 150, 0.8),
        (30, 158, 100, 0.7),
    ):
        parts += _fan((x, y), turn, size, palette)
    return parts


def _fan(at: XY, turn: float, size: float, palette: Palette) -> list[Markup]:
    """A ginkgo leaf on its stalk: a fan with a notch."""
    edge = [(14, 0), (24, -15), (31, -14), (37, -7), (37, -2), (33, 0), (37, 2), (37, 7), (31, 14), (24, 15)]
    outline = _turned(edge, at, turn, size)
    stalk = _turned([(0, 0), (14, 0)], at, turn, size)
    veins = [_turned([(15, 0), (33, y)], at, turn, size) for y in (-9, -4.5, 4.5, 9)]
    parts = [
        el("path", d=f"M{num(stalk[0][0])} {num(stalk[0][1])}L{num(stalk[1][0])} {num(stalk[1][1])}", stroke=palette.edge, stroke_width=0.9)
    ]
    parts.append(el("path", d=smooth(outline, True, 0.7), fill=palette.soft, stroke=palette.jade, stroke_width=0.9))
    parts += [el("path", d=f"M{num(a[0])} {num(a[1])}L{num(b[0])} {num(b[1])}", stroke=palette.jade, stroke_width=0.4) for a, b in veins]
    return parts
