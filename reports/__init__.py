"""A view in, HTML or PDF bytes out. Drawings are shared with the web through `reports.figures`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcm_engine.views import CampaignSheet, IndicatorsView, PaperView, PlanView, RecordFormView


def render_pdf(view: PlanView) -> bytes:
    """The plan as a tagged PDF (PDF/UA-1), A4. The same view gives the same bytes."""
    from .render import render_pdf as render

    return render(view)


def render_html(view: PlanView) -> str:
    """The plan as one HTML document, as it goes to the renderer."""
    from .render import render_html as render

    return render(view)


def render_record_forms(views: Sequence[RecordFormView]) -> bytes:
    """The national record form of one resident or of many, each on pages of its own, as a tagged PDF. Raises ValueError for none."""
    from .elderly import render

    return render(views)


def render_indicators(view: IndicatorsView) -> bytes:
    """Indicators of a period, a campaign or an employer's instalment as a tagged PDF, A4."""
    from .indicators import render

    return render(view)


def render_campaign_sheet(view: CampaignSheet) -> bytes:
    """Cards, paper forms or a list of a campaign as PDF, A4."""
    from .sheets import render

    return render(view)


def render_document(content: bytes) -> bytes:
    """PDF of a document that comes as JSON: {"what": "indicators", "view"} or {"what": "record_forms", "views"}; for a worker elsewhere."""
    from .documents import render

    return render(content)


def typesetting() -> str:
    """Digest of the faces that documents are set in: part of the engine's version. Raises NoFont."""
    from . import fonts

    return fonts.digest()[:12]


def font_files(lang: str) -> tuple[Path, ...]:
    """The locked faces of a language, Regular and Bold. Raises NoFont."""
    from . import fonts

    return fonts.ensure(fonts.family_of(lang))


def render_paper(view: PaperView) -> bytes:
    """A plain paper, to read or to sign, as a tagged PDF (PDF/UA-1), A4."""
    from .papers import render

    return render(view)


__all__ = [
    "font_files",
    "render_campaign_sheet",
    "render_document",
    "render_html",
    "render_indicators",
    "render_paper",
    "render_pdf",
    "render_record_forms",
    "typesetting",
]
