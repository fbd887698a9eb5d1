"""Drawings of the plan in the page's own colours."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from reports.figures import WEB, has_movement, movement, point, season, strip
from tcm_engine.views import AssessmentView, MovementView, PointView

STRIP_WIDTH, STRIP_TYPE = 328, 13
"""The narrowest phone's column in px, and a type size that is readable there; wider screens enlarge both."""
STRIP_COLOURS = replace(WEB, soft="var(--pill)", line="var(--pill-off)", ground="var(--paper)")


def strip_figure(view: AssessmentView) -> Markup:
    return strip(view.strip, STRIP_COLOURS, width=STRIP_WIDTH, wide_names=view.lang == "en", size=STRIP_TYPE)


def point_figure(view: PointView) -> Markup:
    return point(view, WEB)


def movement_figure(view: MovementView) -> Markup:
    """The drawing of a movement; empty where there is none."""
    return movement(view, WEB) if view.figure and has_movement(view.figure) else Markup("")


def season_figure(code: str) -> Markup:
    return season(code, WEB)
