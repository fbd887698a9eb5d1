"""Use cases: what a centre does. Each owns its transaction and returns a frozen dataclass; none knows Flask.

Here stands what every use case shares, and the self-test. The centre's own work lies in wings, each with a front of its own:
`access`, `clients`, `campaigns`, `work`, `privacy`, `indicators`. A wing imports this front; this front imports no wing.
"""

from tcm_engine.planning import CHILDBEARING, MOST_PROGRAMMES, sign_concerns
from tcm_engine.records import ROLES, Role, SchemaBehind

from .accounts import AccountEntry, IssuedToken, add_account, add_token, authenticate, disable_account, list_accounts, revoke_tokens
from .assessing import add_result, assess, get_assessment, in_branch
from .batch_plans import BatchPlan, batch_plan, keep_batch_plan
from .center import ANYONE, Caller, Center, Keeping, open_center, open_records
from .drafts import KeptDraft, drop_draft, edit_draft, read_draft, start_draft
from .errors import ConsentMissing, KeyReused, NotAllowed, NotAuthenticated, NotFound, Outdated
from .keeping import forget, keep, sweep
from .once import Once
from .planning import get_plan, make_plan, plan_pdf, show_plan
from .rights import OF_ALL, RIGHTS, SELF_TEST, Right, permit, rights_of
from .sheets import Sheet, read_sheet, sheet_reasons
from .stored import StoredAssessment, StoredPlan
from .stored import decode_assessment as read_result
from .stored import encode as encode_kept
from .trail import note

__all__ = [
    "ANYONE",
    "CHILDBEARING",
    "MOST_PROGRAMMES",
    "OF_ALL",
    "RIGHTS",
    "ROLES",
    "SELF_TEST",
    "AccountEntry",
    "BatchPlan",
    "Caller",
    "Center",
    "ConsentMissing",
    "IssuedToken",
    "Keeping",
    "KeptDraft",
    "KeyReused",
    "NotAllowed",
    "NotAuthenticated",
    "NotFound",
    "Once",
    "Outdated",
    "Right",
    "Role",
    "SchemaBehind",
    "Sheet",
    "StoredAssessment",
    "StoredPlan",
    "add_account",
    "add_result",
    "add_token",
    "assess",
    "authenticate",
    "batch_plan",
    "disable_account",
    "drop_draft",
    "edit_draft",
    "encode_kept",
    "forget",
    "get_assessment",
    "get_plan",
    "in_branch",
    "keep",
    "keep_batch_plan",
    "list_accounts",
    "make_plan",
    "note",
    "open_center",
    "open_records",
    "permit",
    "plan_pdf",
    "read_draft",
    "read_result",
    "read_sheet",
    "revoke_tokens",
    "rights_of",
    "sheet_reasons",
    "show_plan",
    "sign_concerns",
    "start_draft",
    "sweep",
]
