"""What is kept: tables and queries, a module per noun."""

from .assessment import AssessmentRow, NewAssessmentRow, add_assessment, find_assessment, person_of, prolong_assessment, remove_assessment
from .database import Records
from .draft import DraftRow, add_draft, change_draft, find_draft, remove_draft
from .idempotency import Remembered, RequestKey, find_remembered, remember, request_key
from .organisation import PUBLIC
from .plan import NewPlanRow, PlanRow, add_plan, find_plan, prolong_plans, remove_plan
from .purge import purge
from .upgrade import SchemaBehind, downgrade, prepare, revisions, upgrade
from .vault import CannotOpen, Vault, new_token

__all__ = [
    "PUBLIC",
    "AssessmentRow",
    "CannotOpen",
    "DraftRow",
    "NewAssessmentRow",
    "NewPlanRow",
    "PlanRow",
    "Records",
    "Remembered",
    "RequestKey",
    "SchemaBehind",
    "Vault",
    "add_assessment",
    "add_draft",
    "add_plan",
    "change_draft",
    "downgrade",
    "find_assessment",
    "find_draft",
    "find_plan",
    "find_remembered",
    "new_token",
    "person_of",
    "prepare",
    "prolong_assessment",
    "prolong_plans",
    "purge",
    "remember",
    "remove_assessment",
    "remove_draft",
    "remove_plan",
    "request_key",
    "revisions",
    "upgrade",
]
