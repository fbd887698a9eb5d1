"""A plan: one frozen object of codes. Words are put on it by `views`; its fingerprint does not depend on the language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from .assessment import Assessment, Coded


@dataclass(frozen=True, slots=True)
class Uses:
    """All that an item tells the person to take or do, in register codes; ingredients of its recipe included."""

    foods: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One number behind a choice: `benefit` of a constitution, `complaint`, `season`, `solar_term`, `long_summer`, `pattern`,
    `preference`, `zone`."""

    code: str
    subject: str
    value: int
    """What it added to the rank, in rank points."""
    level: int
    """The level behind it (-3..3), as the knowledge base has it."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A `limit` or `warn` rule that holds for this item and this person."""

    rule: str
    level: str
    certain: bool
    """False where it holds only because the fact is not known."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    id: str
    domain: str
    rank_points: int
    reasons: tuple[Reason, ...]
    uses: Uses
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class PatternCandidate:
    """The pattern of a complaint to which a person's own answers point. Never a diagnosis: for a practitioner to confirm."""

    complaint: str
    pattern: str
    points: int
    speaks_for: tuple[str, ...]
    """Codes of the questions answered yes that speak for it."""


@dataclass(frozen=True, slots=True)
class ProgrammeStep:
    slot: str
    """`food`, `point`, `movement` or `living`"""
    from_week: int
    """1..4"""
    item_id: str
    """An item of the plan."""


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """Four weeks for one complaint, made of items of the plan."""

    complaint: str
    pattern: PatternCandidate | None
    steps: tuple[ProgrammeStep, ...]
    unfilled: tuple[str, ...]
    """Slots for which nothing was safe and fitting: said openly, left to a practitioner."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A piece that would have ranked among the chosen, and what rejected it."""

    id: str
    domain: str
    rank_points: int
    rule: str
    """Id of the safety rule; `veto.CONSTITUTION`; `preference.CODE`; `triage.RED_FLAG`."""
    certain: bool


@dataclass(frozen=True, slots=True)
class FoodNote:
    """A food of the register that suits this person's types, or does not, safety and preferences already applied."""

    code: str
    constitution: str
    """The type that decides: the one for which the level is the strongest."""
    level: int


@dataclass(frozen=True, slots=True)
class TriageFlag:
    code: str
    urgency: str
    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    present: tuple[TriageFlag, ...]
    not_asked: tuple[str, ...]
    """Red flags that concern this person and were not answered: the checklist is printed, nothing stops."""
    stopped: str
    """`nothing`, `complaints` (those of the flags that are present) or `everything` (an emergency)."""
    stopped_complaints: tuple[str, ...]
    concerning: tuple[str, ...] = ()
    """All red flags that concern this person, asked or not."""


@dataclass(frozen=True, slots=True)
class TermPeriod:
    """One solar term of the calendar."""

    term: str
    season: str
    begins: datetime
    """The moment, with the person's time zone."""
    ends: datetime
    item_ids: tuple[str, ...]
    """What comes in or matters more in this term, from the pieces that are safe for this person."""


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    item_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    assessment: Assessment
    on: date
    moment: datetime
    """The moment for which the solar term was found, with the time zone."""
    term: str
    season: str
    hemisphere: str
    zone: str | None
    triage: Triage
    items: tuple[PlanItem, ...]
    """By domain in the fixed order, then by rank."""
    excluded: tuple[Excluded, ...]
    avoid: tuple[Caution, ...]
    """Safety rules that hold for this person whatever was chosen: what to avoid or limit, and why."""
    foods_to_choose: tuple[FoodNote, ...]
    """What to have on the shopping list, best first; nothing that a block rule or a preference rules out."""
    foods_to_avoid: tuple[FoodNote, ...]
    """Everyday foods that make matters worse for a type that is `yes` (level -2 or worse), worst first."""
    first_week: tuple[Day, ...]
    this_week: tuple[str, ...]
    """Ids of the three things to begin with, for the cover."""
    calendar: tuple[TermPeriod, ...]
    next_assessments: tuple[date, ...]
    unknowns: tuple[str, ...]
    """Safety questions that were not answered and counted as yes: `pregnant`, `conditions`, `medicines`, `allergies` …"""
    complaints: tuple[str, ...]
    """Complaints that the plan serves, those stopped by triage left out."""
    programmes: tuple[ProgrammePlan, ...]
    """Four-week programmes for the first of these complaints, in the order in which the person named them."""
    long_summer: bool
    """Whether the plan's day lies in hot damp weeks: by the measured humidity, else by the climate of the zone, else no."""
    review_reasons: tuple[Coded, ...]
    """Those of the assessment and those that the profile adds."""
    engine_version: str
    knowledge_version: str
    fingerprint: str
    """SHA-256 (hex) over the canonical JSON of everything above."""


def canonical(value: Any) -> str:
    """Canonical JSON of a model object: sorted keys, no spaces, ISO dates, no floats beyond six digits."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint_of(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, (dict, MappingProxyType)):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 6)
    raise TypeError(f"{type(value).__name__} has no canonical form")
