"""The frozen nouns that everybody shares: codes and numbers, no words."""

from .assessment import CONSTITUTIONS, VERDICT_CODES, Assessment, Coded, ScaleResult, Verdict
from .faults import Fault, InvalidInput
from .person import LISTS, MOST_WORDS, PRINTABLE, VITALS, Person, PersonInput, Registers, check_profile, day_of, read_person, time_zones
from .plan import (
    Caution,
    Day,
    Excluded,
    FoodNote,
    PatternCandidate,
    Plan,
    PlanItem,
    ProgrammePlan,
    ProgrammeStep,
    Reason,
    TermPeriod,
    Triage,
    TriageFlag,
    Uses,
    canonical,
    fingerprint_of,
)
from .profile import Listed, Place, Profile, Sex
from .shape_faults import key_in_path, shape_faults
from .strict_json import read_strict
from .vocabulary import Vocabulary

__all__ = [
    "CONSTITUTIONS",
    "LISTS",
    "MOST_WORDS",
    "PRINTABLE",
    "VERDICT_CODES",
    "VITALS",
    "Assessment",
    "Caution",
    "Coded",
    "Day",
    "Excluded",
    "Fault",
    "FoodNote",
    "InvalidInput",
    "Listed",
    "PatternCandidate",
    "Person",
    "PersonInput",
    "Place",
    "Plan",
    "PlanItem",
    "Profile",
    "ProgrammePlan",
    "ProgrammeStep",
    "Reason",
    "Registers",
    "ScaleResult",
    "Sex",
    "TermPeriod",
    "Triage",
    "TriageFlag",
    "Uses",
    "Verdict",
    "Vocabulary",
    "canonical",
    "check_profile",
    "day_of",
    "fingerprint_of",
    "key_in_path",
    "read_person",
    "read_strict",
    "shape_faults",
    "time_zones",
]
