"""Records of clients: who they are, how they are, what was measured, assessed, planned and is due."""

from .background import HABITS, Background, read_background
from .doubles import Double, Merge, doubles, merge_clients, merges_of, undo_merge
from .follow_ups import KINDS, OUTCOMES, TIERS, WAYS, DueFollowUp, FollowUp, add_follow_up, close_follow_up, due_follow_ups
from .grades import LEVELS, URGENT, Grade, bmi_tenths, bounds, grades
from .identity import Identity, read_identity
from .listing import PAGE, ClientPage, Lacking, incomplete_clients, lacking, list_clients, search_clients
from .measures import MEASURES, Measure
from .missing import MISSING, missing_of
from .record import Client, ClientRef, add_client, change_client, client_in, client_of, entries_of_content, find_same, person_of_client
from .scoring import Scored, keep_for_client, score_for_client
from .standing import (
    Changes,
    KeptPlan,
    KeptResult,
    Reassessment,
    Standing,
    TypeChange,
    changes_between,
    has_plan,
    result_of,
    standing_of,
)
from .versions import Version, version_of, versions_of
from .vitals import Measured, add_measured, newest, read_measured, remove_measured, vitals_of

__all__ = [
    "HABITS",
    "KINDS",
    "LEVELS",
    "MEASURES",
    "MISSING",
    "OUTCOMES",
    "PAGE",
    "TIERS",
    "URGENT",
    "WAYS",
    "Background",
    "Changes",
    "Client",
    "ClientPage",
    "ClientRef",
    "Double",
    "DueFollowUp",
    "FollowUp",
    "Grade",
    "Identity",
    "KeptPlan",
    "KeptResult",
    "Lacking",
    "Measure",
    "Measured",
    "Merge",
    "Reassessment",
    "Scored",
    "Standing",
    "TypeChange",
    "Version",
    "add_client",
    "add_follow_up",
    "add_measured",
    "bmi_tenths",
    "bounds",
    "change_client",
    "changes_between",
    "client_in",
    "client_of",
    "close_follow_up",
    "doubles",
    "due_follow_ups",
    "entries_of_content",
    "find_same",
    "grades",
    "has_plan",
    "incomplete_clients",
    "keep_for_client",
    "lacking",
    "list_clients",
    "merge_clients",
    "merges_of",
    "missing_of",
    "newest",
    "person_of_client",
    "read_background",
    "read_identity",
    "read_measured",
    "remove_measured",
    "result_of",
    "score_for_client",
    "search_clients",
    "standing_of",
    "undo_merge",
    "version_of",
    "versions_of",
    "vitals_of",
]
