"""Colours of our figures. A drawing takes a palette: literal colours for paper, the page's own tokens for the web."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Palette:
    ink: str
    ink2: str
    """Hints and second lines."""
    line: str
    """Guides that only decorate."""
    edge: str
    """Axes and edges that carry meaning; 3:1 on the ground."""
    jade: str
    soft: str
    """Fill behind what is chosen or now, and of interval bars."""
    ground: str
    """The ground a drawing stands on: rings around dots, fills of bodies."""
    amber: str
    font: str = ""
    """Font family of the texts; empty: as the page has it. WeasyPrint lets no page style into a drawing."""


PAPER = Palette("#1b2530", "#4b5a66", "#d5dce0", "#7b8891", "#1f6650", "#d3e6de", "#ffffff", "#8a5a00")
WEB = Palette(
    "var(--ink)", "var(--ink2)", "var(--line)", "var(--line-strong)", "var(--jade)", "var(--jade-soft)", "var(--bg)", "var(--amber)"
)

HUES: Mapping[str, str] = MappingProxyType(
    {
        "balanced": "#0f4c3c",
        "qi_deficiency": "#ae7201",
        "yang_deficiency": "#2f65c4",
        "yin_deficiency": "#84696c",
        "phlegm_dampness": "#98421c",
        "damp_heat": "#680100",
        "blood_stasis": "#544c6a",
        "qi_stagnation": "#0d9a9f",
        "special_diathesis": "#4a08a8",
    }
)
"""Identity of the nine types on a light ground; always beside the name, never instead of it."""


def paper(font: str) -> Palette:
    """The palette for paper, its texts in `font`."""
    return replace(PAPER, font=font)
