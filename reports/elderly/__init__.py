"""The national record form, printed as the form prescribes: 33 questions, then the types with their guidance."""

from __future__ import annotations

from collections.abc import Sequence

from tcm_engine.views import RecordFormView

from ..render import render_sheet


def render(views: Sequence[RecordFormView]) -> bytes:
    """All of them in one document, in the words and with the letterhead of the first. Raises ValueError for none."""
    if not views:
        raise ValueError("no form to print")
    return render_sheet("elderly", views[0], forms=views)
