"""What the interface is given by the composition root. It knows these names and nothing of storage or rendering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tcm_engine.center import Center
from tcm_engine.views import Letterhead, PlanView


@dataclass(frozen=True, slots=True)
class Services:
    center: Center
    render_pdf: Callable[[PlanView], bytes]
    today: Callable[[], date]
    """The day where most callers live; what is dated later lies in the future."""
    letterhead: Callable[[str], Letterhead]
    """The centre's letterhead with a client's name."""
    cache: Path
    """Folder for the fitted search index."""
    default_lang: str = "zh-Hans"
