"""Indicators on paper: a sentence, at most four numbers, then each section's bars with its table and its definition."""

from __future__ import annotations

from tcm_engine.views import IndicatorsView

from ..render import render_sheet


def render(view: IndicatorsView) -> bytes:
    return render_sheet("indicators", view)
