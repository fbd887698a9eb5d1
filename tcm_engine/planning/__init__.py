"""Profile, season and complaints to a plan: triage, exclude, veto, rank, choose, explain."""

from .catalogue import DOMAINS, EVERYWHERE, Catalogue, Rule, Shelf, compile_catalogue
from .facts import CHILDBEARING, Facts, facts_of
from .long_summer import is_long_summer
from .matching import Match, Person, holding, match, person_of, rejected_by, warm_up
from .matrix import coverage
from .planner import is_personal, make_plan
from .programmes import MOST_PROGRAMMES
from .solar_terms import noon, period_at, season_of
from .supposed import supposed
from .triage import sign_concerns

__all__ = [
    "CHILDBEARING",
    "DOMAINS",
    "EVERYWHERE",
    "MOST_PROGRAMMES",
    "Catalogue",
    "Facts",
    "Match",
    "Person",
    "Rule",
    "Shelf",
    "compile_catalogue",
    "coverage",
    "facts_of",
    "holding",
    "is_long_summer",
    "is_personal",
    "make_plan",
    "match",
    "noon",
    "period_at",
    "person_of",
    "rejected_by",
    "season_of",
    "sign_concerns",
    "supposed",
    "warm_up",
]
