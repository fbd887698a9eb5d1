"""A picture to share: without health details unless its owner wants them. Drawn with the locked faces, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tcm_engine.views import Catalog

WIDTH, HEIGHT, MARGIN = 1080, 1350, 96
PAPER, INK, INK2, JADE, SOFT, LINE = "#faf9f6", "#1b2530", "#4b5a66", "#1f6650", "#e4f1ec", "#d5dce0"
STATEMENT_SIZES = (104, 88, 76, 64, 54)
Fonts = tuple[Path, Path]
"""Regular and Bold."""


def draw(lang: str, statement: Sequence[str], centre: str, fonts: Fonts) -> bytes:
    """A PNG of 1080 by 1350. `statement`: the result in phrases, or empty for a card without it."""
    say = Catalog.load("web", lang)
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _ornament(pen)
    _text(pen, MARGIN, 120, say("Constitution self-test"), _font(fonts[1], 44), JADE)
    y = _paragraph(pen, 560, _lines(pen, statement or (say("I made a test of my constitution"),), fonts[1]), INK)
    pen.rectangle((MARGIN, y + 28, MARGIN + 120, y + 34), fill=JADE)
    explained = say("By the national standard: nine types, five minutes, no account.")
    y = _wrapped(pen, y + 76, explained, _font(fonts[0], 42), INK2)
    pen.line((MARGIN, HEIGHT - 190, WIDTH - MARGIN, HEIGHT - 190), fill=LINE, width=2)
    _text(pen, MARGIN, HEIGHT - 160, centre or say("Care of daily life, after traditional Chinese medicine"), _font(fonts[0], 34), INK2)
    _text(pen, MARGIN, HEIGHT - 108, say("Not a diagnosis; it does not replace a doctor."), _font(fonts[0], 34), INK2)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _ornament(pen: ImageDraw.ImageDraw) -> None:
    """The year as a ring of 24 strokes, the four seasons' longer: the mark of the pages."""
    from math import cos, pi, sin

    x, y = WIDTH - 320, 330
    pen.ellipse((x - 150, y - 150, x + 150, y + 150), fill=SOFT)
    for n in range(24):
        angle, inner = n * pi / 12, 178 if n % 6 else 160
        pen.line((x + inner * sin(angle), y - inner * cos(angle), x + 206 * sin(angle), y - 206 * cos(angle)), fill=JADE, width=8 if n % 6 == 0 else 4)
    pen.ellipse((x - 26, y - 26, x + 26, y + 26), fill=JADE)


def _lines(pen: ImageDraw.ImageDraw, phrases: Sequence[str], bold: Path) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """Phrases put on lines, in the largest size in which none is wider than the card and there are at most four lines."""
    for size in STATEMENT_SIZES:
        font, lines = _font(bold, size), [""]
        for phrase in phrases:
            if lines[-1] and pen.textlength(lines[-1] + phrase, font) > WIDTH - 2 * MARGIN:
                lines.append("")
            lines[-1] += phrase
        if len(lines) <= 4 and all(pen.textlength(line, font) <= WIDTH - 2 * MARGIN for line in lines):
            break
    return [(line, font) for line in lines]


def _paragraph(pen: ImageDraw.ImageDraw, y: float, lines: Sequence[tuple[str, ImageFont.FreeTypeFont]], colour: str) -> float:
    for line, font in lines:
        _text(pen, MARGIN, y, line.strip(), font, colour)
        y += font.size * 1.35
    return y


def _wrapped(pen: ImageDraw.ImageDraw, y: float, text: str, font: ImageFont.FreeTypeFont, colour: str) -> float:
    pieces = [f"{word} " for word in text.split()] if text.isascii() else list(text)
    lines = [""]
    for piece in pieces:
        fits = pen.textlength((lines[-1] + piece).rstrip(), font) <= WIDTH - 2 * MARGIN
        if fits or piece in "，。；：、！？）”":
            lines[-1] += piece
        else:
            lines.append(piece)
    return _paragraph(pen, y, [(line, font) for line in lines], colour)


def _text(pen: ImageDraw.ImageDraw, x: float, y: float, words: str, font: ImageFont.FreeTypeFont, colour: str) -> None:
    pen.text((x, y), words, font=font, fill=colour)


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size)
