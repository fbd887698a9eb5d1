"""Plain papers: consent forms to sign, a client's copy to read."""

from __future__ import annotations

from tcm_engine.views import PaperView

from ..render import render_sheet


def render(view: PaperView) -> bytes:
    return render_sheet("papers", view)
