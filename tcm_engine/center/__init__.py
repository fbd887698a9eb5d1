"""Use cases: what a centre does. Each owns its transaction and returns a frozen dataclass; none knows Flask."""

from tcm_engine.records import SchemaBehind

from .assessing import assess, get_assessment
from .center import ANYONE, Caller, Center, Keeping, open_center
from .drafts import KeptDraft, drop_draft, edit_draft, read_draft, start_draft
from .errors import KeyReused, NotFound
from .keeping import forget, keep, sweep
from .once import Once
from .planning import get_plan, make_plan, plan_pdf, show_plan
from .sheets import Sheet, read_sheet, sheet_reasons
from .stored import StoredAssessment, StoredPlan

__all__ = [
    "ANYONE",
    "Caller",
    "Center",
    "Keeping",
    "KeptDraft",
    "KeyReused",
    "NotFound",
    "Once",
    "SchemaBehind",
    "Sheet",
    "StoredAssessment",
    "StoredPlan",
    "assess",
    "drop_draft",
    "edit_draft",
    "forget",
    "get_assessment",
    "get_plan",
    "keep",
    "make_plan",
    "open_center",
    "plan_pdf",
    "read_draft",
    "read_sheet",
    "sheet_reasons",
    "show_plan",
    "start_draft",
    "sweep",
]
