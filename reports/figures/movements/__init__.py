"""Movement figures: poses as joint angles, drawn as jointed line figures."""

from __future__ import annotations

from typing import Mapping

from markupsafe import Markup

FIGURES: Mapping[str, object] = {}


def has_movement(code: str | None) -> bool:
    """Whether there is a drawing of this code."""
    return code in FIGURES


def movement(view, palette) -> Markup:
    raise KeyError(view.figure)
