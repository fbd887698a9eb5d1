"""Drawings as inline SVG: the same functions for paper and for the web, told apart by a palette."""

from .bars import bars
from .movements import has_movement, movement
from .palette import HUES, PAPER, WEB, Palette, paper
from .point import point
from .season import season
from .strip import strip
from .trend import Bound, Series, trend

__all__ = [
    "HUES",
    "PAPER",
    "WEB",
    "Bound",
    "Palette",
    "Series",
    "bars",
    "has_movement",
    "movement",
    "paper",
    "point",
    "season",
    "strip",
    "trend",
]
