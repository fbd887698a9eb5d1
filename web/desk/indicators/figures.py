"""Bars in the page's own colours."""

from __future__ import annotations

from flask import g
from markupsafe import Markup

from reports.figures import WEB, bars
from tcm_engine.views import SectionView

WIDTH, NAMES, NAMES_EN = 340, 118, 150
"""Units; the narrowest phone's column is 328 px."""


def bars_figure(section: SectionView) -> Markup:
    english = g.display.lang == "en"
    says = f"{section.title}{': ' if english else '：'}{section.finding}"
    return bars(section.bars, says, WEB, width=WIDTH + 60 * english, names=NAMES_EN if english else NAMES, size=12, row=24)
