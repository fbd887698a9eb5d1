"""Drawings as inline SVG: the same functions for paper and for the web, told apart by a palette."""

from .palette import HUES, PAPER, WEB, Palette, paper
from .strip import strip

__all__ = ["HUES", "PAPER", "WEB", "Palette", "paper", "strip"]
