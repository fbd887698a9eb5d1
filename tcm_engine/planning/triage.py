"""Red flags before anything else. One that is present stops its complaints, an emergency everything; one not asked stops nothing."""

from __future__ import annotations

from datetime import date

from knowledge_base import KnowledgeBase
from knowledge_base.model import RedFlag, Season
from tcm_engine.model import Profile, Triage, TriageFlag

from .facts import Facts, facts_of, possible

URGENCIES = ("emergency", "within_24h", "within_2_weeks", "soon")


def triage(profile: Profile, knowledge: KnowledgeBase, facts: Facts) -> Triage:
    complaints = profile.complaints.codes if profile.complaints else ()
    present = sorted(
        (f for f in knowledge.red_flags.values() if profile.red_flags.get(f.code)), key=lambda f: (URGENCIES.index(f.urgency), f.code)
    )
    emergency = any(f.urgency == "emergency" for f in present)
    stopped = {c for f in present for c in (f.complaints or complaints)} & set(complaints)
    concerning = tuple(f.code for f in knowledge.red_flags.values() if _concerns(f, complaints, facts))
    return Triage(
        present=tuple(TriageFlag(f.code, f.urgency, f.complaints) for f in present),
        not_asked=tuple(code for code in concerning if profile.red_flags.get(code) is None),
        stopped="everything" if emergency else "complaints" if present else "nothing",
        stopped_complaints=tuple(c for c in complaints if emergency or c in stopped),
        concerning=concerning,
    )


def sign_concerns(flag: RedFlag, profile: Profile, on: date, knowledge: KnowledgeBase) -> bool:
    """Whether a sign can occur in this person, as far as is known on a day; complaints left aside."""
    return possible(flag.concerns, facts_of(profile, on, Season.WINTER.value, knowledge))


def _concerns(flag: RedFlag, complaints: tuple[str, ...], facts: Facts) -> bool:
    return possible(flag.concerns, facts) and (not flag.complaints or any(c in complaints for c in flag.complaints))
