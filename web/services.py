"""What the pages are given by the composition root. Pages know these names and nothing of storage or rendering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from knowledge_base import KnowledgeBase
from tcm_engine.center import Center
from tcm_engine.views import CampaignSheet, IndicatorsView, Letterhead, PaperView, PlanView, RecordFormView


@dataclass(frozen=True, slots=True)
class Services:
    center: Center
    render_pdf: Callable[[PlanView], bytes]
    today: Callable[[], date]
    """The day where most readers live; a test is dated with it."""
    font_files: Callable[[str], tuple[Path, ...]]
    """Language -> the locked faces, Regular and Bold, for pictures."""
    render_indicators: Callable[[IndicatorsView], bytes]
    render_record_forms: Callable[[Sequence[RecordFormView]], bytes]
    render_campaign_sheet: Callable[[CampaignSheet], bytes]
    """Cards, paper forms and lists."""
    render_paper: Callable[[PaperView], bytes]
    """Consent forms and copies."""
    letterhead: Letterhead = field(default_factory=Letterhead)
    """Of the centre; never with a client's name."""
    default_lang: str = "zh-Hans"
    secure_cookies: bool = False
    cache: Path = field(default_factory=lambda: Path("var/cache"))
    """Folder for the fitted search index."""
    public_url: str = ""
    """Address for private links; empty: as requested."""

    @property
    def knowledge(self) -> KnowledgeBase:
        return self.center.engine.knowledge

    @property
    def visit_minutes(self) -> int:
        return int(self.center.keeping.visit.total_seconds() // 60)

    @property
    def link_days(self) -> int:
        return self.center.keeping.link.days
