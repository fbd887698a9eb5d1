"""A picture to share: without health details unless its owner wants them. Drawn with the locked faces, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tcm_engine.views import Catalog

WIDTH, HEIGHT, MARGIN = 1080, 1350, 96
PAPER, INK, INK2, JADE, SOFT, LINE = "#faf9f6", "#1b2530", "#4b5a66", "#1f6650", "#e4f1ec", "#d5dce0"
LEAF = "#bcd8cd"
FINE = 2
"""Drawn so many times larger and then reduced, for smooth edges."""
ROOM = (WIDTH - 2 * MARGIN) * FINE
STATEMENT_SIZES = (96, 84, 74, 64, 54)
Fonts = tuple[Path, ...]
"""Regular and Bold."""


def draw(lang: str, statement: Sequence[str], centre: str, fonts: Fonts) -> bytes:
    """A PNG of 1080 by 1350. `statement`: the result in phrases, or empty for a card without it."""
    say = Catalog.load("web", lang).gettext
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    pen = ImageDraw.Draw(image)
    _text(pen, MARGIN, 84, say("Constitution self-test"), _font(fonts[1], 44), JADE)
    _ornament(pen, WIDTH / 2, 430, 270)
    y = _paragraph(pen, 790, _lines(pen, statement or (say("I made a test of my constitution"),), fonts[1]), INK)
    pen.rectangle(_fine(MARGIN, y + 22, MARGIN + 120, y + 28), fill=JADE)
    _wrapped(pen, y + 56, say("By the national standard: nine types, five minutes, no account."), _font(fonts[0], 40), INK2)
    pen.line(_fine(MARGIN, HEIGHT - 178, WIDTH - MARGIN, HEIGHT - 178), fill=LINE, width=2 * FINE)
    _text(pen, MARGIN, HEIGHT - 148, centre or say("Care of daily life, after traditional Chinese medicine"), _font(fonts[0], 34), INK2)
    _text(pen, MARGIN, HEIGHT - 98, say("Not a diagnosis; it does not replace a doctor."), _font(fonts[0], 34), INK2)
    out = io.BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


def _ornament(pen: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    """The year as a ring of 24 strokes around nine leaves: the mark of the pages."""
    ground = 0.76 * r
    pen.ellipse(_fine(x - ground, y - ground, x + ground, y + ground), fill=SOFT)
    for n in range(24):
        inner, width = (0.83 * r, 11) if n % 6 == 0 else (0.9 * r, 5)
        pen.line(_fine(*_at(x, y, inner, n / 24), *_at(x, y, r, n / 24)), fill=JADE, width=width * FINE)
    for n in range(9):
        pen.polygon(_fine(*_leaf(x, y, r, n / 9)), fill=LEAF, outline=JADE, width=3 * FINE)
    pen.ellipse(_fine(x - 0.07 * r, y - 0.07 * r, x + 0.07 * r, y + 0.07 * r), fill=JADE)


def _leaf(x: float, y: float, r: float, turn: float) -> list[float]:
    """Outline of a lance-shaped leaf that points away from the middle: there along one side, back along the other."""
    steps = [n / 24 for n in range(25)]
    side = [(0.13 + 0.47 * t, 0.028 * sin(pi * t) ** 0.9) for t in steps]
    outline = [_at(x, y, out * r, turn + wide) for out, wide in side] + [_at(x, y, out * r, turn - wide) for out, wide in reversed(side)]
    return [value for point in outline for value in point]


def _at(x: float, y: float, r: float, turn: float) -> tuple[float, float]:
    """The point at distance `r` from (x, y), `turn` of a whole turn clockwise from the top."""
    return x + r * sin(2 * pi * turn), y - r * cos(2 * pi * turn)


def _fine(*values: float) -> list[float]:
    return [value * FINE for value in values]


def _lines(pen: ImageDraw.ImageDraw, phrases: Sequence[str], bold: Path) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """Phrases put on lines, in the largest size in which none is wider than the card and there are at most four lines."""
    for size in STATEMENT_SIZES:
        font, lines = _font(bold, size), [""]
        for phrase in phrases:
            if lines[-1] and pen.textlength(lines[-1] + phrase, font) > ROOM:
                lines.append("")
            lines[-1] += phrase
        if len(lines) <= 4 and all(pen.textlength(line, font) <= ROOM for line in lines):
            break
    return [(line, font) for line in lines]


def _paragraph(pen: ImageDraw.ImageDraw, y: float, lines: Sequence[tuple[str, ImageFont.FreeTypeFont]], colour: str) -> float:
    for line, font in lines:
        _text(pen, MARGIN, y, line.strip(), font, colour)
        y += font.size / FINE * 1.35
    return y


def _wrapped(pen: ImageDraw.ImageDraw, y: float, text: str, font: ImageFont.FreeTypeFont, colour: str) -> float:
    pieces = [f"{word} " for word in text.split()] if text.isascii() else list(text)
    lines = [""]
    for piece in pieces:
        fits = pen.textlength((lines[-1] + piece).rstrip(), font) <= ROOM
        if fits or piece in "，。；：、！？）”":
            lines[-1] += piece
        else:
            lines.append(piece)
    return _paragraph(pen, y, [(line, font) for line in lines], colour)


def _text(pen: ImageDraw.ImageDraw, x: float, y: float, words: str, font: ImageFont.FreeTypeFont, colour: str) -> None:
    pen.text((x * FINE, y * FINE), words, font=font, fill=colour)


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size * FINE)
