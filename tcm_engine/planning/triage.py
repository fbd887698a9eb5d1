"""Red flags before anything else. One that is present stops its complaints, an emergency everything; one not asked stops nothing."""

from __future__ import annotations

from knowledge_base import KnowledgeBase
from knowledge_base.model import RedFlag
from tcm_engine.model import Profile, Triage, TriageFlag

URGENCIES = ("emergency", "within_24h", "within_2_weeks", "soon")


def triage(profile: Profile, knowledge: KnowledgeBase) -> Triage:
    complaints = profile.complaints.codes if profile.complaints else ()
    present = sorted(
        (f for f in knowledge.red_flags.values() if profile.red_flags.get(f.code)), key=lambda f: (URGENCIES.index(f.urgency), f.code)
    )
    asked = [f for f in knowledge.red_flags.values() if _concerns(f, complaints)]
    emergency = any(f.urgency == "emergency" for f in present)
    stopped = {c for f in present for c in (f.complaints or complaints)} & set(complaints)
    return Triage(
        present=tuple(TriageFlag(f.code, f.urgency, f.complaints) for f in present),
        not_asked=tuple(f.code for f in asked if profile.red_flags.get(f.code) is None),
        stopped="everything" if emergency else "complaints" if present else "nothing",
        stopped_complaints=tuple(c for c in complaints if emergency or c in stopped),
    )


def _concerns(flag: RedFlag, complaints: tuple[str, ...]) -> bool:
    return not flag.complaints or any(c in complaints for c in flag.complaints)
