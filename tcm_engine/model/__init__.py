"""The frozen nouns that everybody shares: codes and numbers, no words."""

from .assessment import CONSTITUTIONS, VERDICT_CODES, Assessment, Coded, ScaleResult, Verdict
from .faults import Fault, InvalidInput
from .plan import (
    Caution, Day, Excluded, FoodNote, Plan, PlanItem, Reason, TermPeriod, Triage, TriageFlag, Uses, canonical, fingerprint_of,
)
from .profile import Listed, Place, Profile, Sex

__all__ = [
    "CONSTITUTIONS", "VERDICT_CODES", "Assessment", "Caution", "Coded", "Day", "Excluded", "Fault", "FoodNote", "InvalidInput", "Listed",
    "Place", "Plan", "PlanItem", "Profile", "Reason", "ScaleResult", "Sex", "TermPeriod", "Triage", "TriageFlag", "Uses",
    "Verdict", "canonical", "fingerprint_of",
]
