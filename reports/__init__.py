"""A view in, HTML or PDF bytes out. Drawings are shared with the web through `reports.figures`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcm_engine.views import PlanView


def render_pdf(view: PlanView) -> bytes:
    """The plan as a tagged PDF (PDF/UA-1), A4. The same view gives the same bytes."""
    from .render import render_pdf as render

    return render(view)


def render_html(view: PlanView) -> str:
    """The plan as one HTML document, as it goes to the renderer."""
    from .render import render_html as render

    return render(view)


def typesetting() -> str:
    """Digest of the faces that documents are set in: part of the engine's version. Raises NoFont."""
    from . import fonts

    return fonts.digest()[:12]


def font_files(lang: str) -> tuple[Path, ...]:
    """The locked faces of a language, Regular and Bold. Raises NoFont."""
    from . import fonts

    return fonts.ensure(fonts.family_of(lang))


__all__ = ["font_files", "render_html", "render_pdf", "typesetting"]
