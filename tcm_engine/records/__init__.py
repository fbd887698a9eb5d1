"""What is kept: tables and queries, a module per noun.

The nouns of a centre are given as modules (`client.find(…)`), the older ones by the names of their functions.
"""

from . import (
    audit,
    branch,
    campaign,
    client,
    consent,
    follow_up,
    job,
    key_rotation,
    lease,
    measurement,
    organisation_setting,
    session,
    sign_in,
    staff,
    stored_file,
)
from .account import LONGEST_LOGIN, ROLES, AccountRow, Role, add_account, disable_account, find_account, list_accounts
from .api_token import (
    LONGEST_LABEL,
    Bearer,
    TokenRow,
    add_api_token,
    find_bearer,
    list_api_tokens,
    looks_like_token,
    revoke_api_tokens,
)
from .assessment import AssessmentRow, NewAssessmentRow, add_assessment, find_assessment, person_of, prolong_assessment, remove_assessment
from .database import Records
from .draft import DraftRow, add_draft, change_draft, find_draft, remove_draft
from .idempotency import Remembered, RequestKey, find_remembered, remember, request_key
from .organisation import LONGEST_ORGANISATION, PUBLIC, PUBLIC_CODE, add_organisation, find_organisation, organisation_name
from .plan import NewPlanRow, PlanRow, add_plan, find_plan, prolong_plans, remove_plan
from .purge import purge
from .schema import new_public_id
from .sealed_json import open_json, seal_json
from .upgrade import SchemaBehind, downgrade, prepare, revisions, upgrade
from .vault import CannotOpen, Vault, new_token

__all__ = [
    "LONGEST_LABEL",
    "LONGEST_LOGIN",
    "LONGEST_ORGANISATION",
    "PUBLIC",
    "PUBLIC_CODE",
    "ROLES",
    "AccountRow",
    "AssessmentRow",
    "Bearer",
    "CannotOpen",
    "DraftRow",
    "NewAssessmentRow",
    "NewPlanRow",
    "PlanRow",
    "Records",
    "Remembered",
    "RequestKey",
    "Role",
    "SchemaBehind",
    "TokenRow",
    "Vault",
    "add_account",
    "add_api_token",
    "add_assessment",
    "add_draft",
    "add_organisation",
    "add_plan",
    "audit",
    "branch",
    "campaign",
    "change_draft",
    "client",
    "consent",
    "disable_account",
    "downgrade",
    "find_account",
    "find_assessment",
    "find_bearer",
    "find_draft",
    "find_organisation",
    "find_plan",
    "find_remembered",
    "follow_up",
    "job",
    "key_rotation",
    "lease",
    "list_accounts",
    "list_api_tokens",
    "looks_like_token",
    "measurement",
    "new_public_id",
    "new_token",
    "open_json",
    "organisation_name",
    "organisation_setting",
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
    "revoke_api_tokens",
    "seal_json",
    "session",
    "sign_in",
    "staff",
    "stored_file",
    "upgrade",
]
