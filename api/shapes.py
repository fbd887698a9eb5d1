"""What the interface answers with. The description's schemas are made from these classes; nothing else is ever sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tcm_engine.views import (
    CautionView,
    ComplaintView,
    DayView,
    FirstThing,
    FlagView,
    FoodView,
    JudgementView,
    LeftOut,
    NextTime,
    ReasonView,
    RecipeView,
    SourceView,
    TermView,
    UnderstoodView,
    UsesView,
)

Constitution = Literal[
    "balanced",
    "qi_deficiency",
    "yang_deficiency",
    "yin_deficiency",
    "phlegm_dampness",
    "damp_heat",
    "blood_stasis",
    "qi_stagnation",
    "special_diathesis",
]
Verdict = Literal["yes", "basically", "tendency", "no", "undetermined"]
Lang = Literal["zh-Hans", "zh-Hant", "en"]


@dataclass(frozen=True, slots=True)
class InstrumentEntry:
    id: str
    title: str
    edition: str
    purpose: str
    """What this form is for."""
    questions: int
    """How many one person answers."""
    minutes: int
    minimum_age: int
    intended_age: int
    """Below it the form is scored with a warning."""


@dataclass(frozen=True, slots=True)
class InstrumentList:
    instruments: tuple[InstrumentEntry, ...]


@dataclass(frozen=True, slots=True)
class MeasureBody:
    """A measured number that may stand instead of the answer."""

    key: str
    label: str
    unit: str
    minimum: float
    maximum: float
    whole: bool


@dataclass(frozen=True, slots=True)
class ItemBody:
    key: str
    text: str
    gloss: str
    sex: Literal["female", "male"] | None
    """Asked only of this sex."""
    measure: MeasureBody | None


@dataclass(frozen=True, slots=True)
class InstrumentBody:
    id: str
    title: str
    edition: str
    purpose: str
    questions: int
    minutes: int
    minimum_age: int
    intended_age: int
    recall: str
    anchors: tuple[str, ...]
    """Words of the answers 1 to 5."""
    items: tuple[ItemBody, ...]
    rights: str
    translation_note: str
    lang: Lang


@dataclass(frozen=True, slots=True)
class Score:
    constitution: Constitution
    raw: int | None
    """Raw sum; null where an answer that belongs to it cannot be known."""
    items: int
    score: float | None
    verdict: Verdict
    margin_steps: int | None
    """Least number of one-step answer changes that give another verdict."""
    standard_error: float
    interval: tuple[float, float] | None
    """Where two of three repeated sittings would fall."""
    chance_of_another_verdict: float | None


@dataclass(frozen=True, slots=True)
class AssessmentBody:
    id: str
    """Unguessable. Of a self-test: whoever has it can read this. Of an organisation: with a token of it alone."""
    instrument: str
    edition: str
    assessed_on: date
    lang: Lang
    scores: tuple[Score, ...]
    """Nine, in the standard's order."""
    primary: Constitution | None
    accompanying: tuple[Constitution, ...]
    tendencies: tuple[Constitution, ...]
    conclusion: str
    review_reasons: tuple[str, ...]
    """Codes: why a practitioner should look at this."""
    review: tuple[str, ...]
    """The same in words."""
    engine_version: str
    knowledge_version: str
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanItemBody:
    id: str
    domain: str
    title: str
    what: str
    how: tuple[str, ...]
    amount: str
    frequency: str
    duration: str
    stop: str
    """The sign at which to stop."""
    why: str
    chosen_because: str
    uses: UsesView
    """All that the item tells the person to take or do."""
    recipe: RecipeView | None
    cautions: tuple[CautionView, ...]
    reasons: tuple[ReasonView, ...]
    sources: tuple[str, ...]
    """Codes; see the plan's sources."""
    grade: str
    unreviewed: str


@dataclass(frozen=True, slots=True)
class TriageBody:
    present: tuple[FlagView, ...]
    not_asked: tuple[FlagView, ...]
    """The checklist: signs that nobody asked about."""
    stopped: Literal["nothing", "complaints", "everything"]
    stopped_text: str
    stopped_complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanBody:
    id: str
    """Unguessable. Of a self-test: whoever has it can read this. Of an organisation: with a token of it alone."""
    assessment_id: str
    version: int
    state: Literal["draft"]
    lang: Lang
    on: date
    title: str
    conclusion: str
    aim: str
    season: Literal["spring", "summer", "autumn", "winter"]
    term: str
    season_line: str
    triage: TriageBody
    items: tuple[PlanItemBody, ...]
    excluded: tuple[LeftOut, ...]
    """The strongest pieces that were left out, and the rule that rejected each."""
    avoid: tuple[CautionView, ...]
    foods_to_choose: tuple[FoodView, ...]
    foods_to_avoid: tuple[FoodView, ...]
    this_week: tuple[FirstThing, ...]
    first_week: tuple[DayView, ...]
    calendar: tuple[TermView, ...]
    next_assessments: tuple[NextTime, ...]
    complaints: tuple[ComplaintView, ...]
    unknowns: tuple[str, ...]
    """Codes: safety questions that were not answered and counted as yes."""
    stop_signs: tuple[str, ...]
    review_reasons: tuple[str, ...]
    review: tuple[str, ...]
    sources: tuple[SourceView, ...]
    disclaimer: tuple[str, ...]
    engine_version: str
    knowledge_version: str
    fingerprint: str
    """SHA-256 over the plan's content; does not depend on the language."""
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hit:
    kind: Literal["advice", "food", "point", "complaint", "constitution"]
    id: str
    title: str
    excerpt: str
    score: float
    """Likeness to the question, 0 to 1."""


@dataclass(frozen=True, slots=True)
class SearchBody:
    flags: tuple[FlagView, ...]
    """Warning signs that the question names: act on them first. With an emergency among them nothing else is sought."""
    understood: tuple[UnderstoodView, ...]
    """What the question, and what was given beside it, names."""
    judgements: tuple[JudgementView, ...]
    """Of the foods, points and pieces that are named or found, for who asks; those that are named first."""
    note: str
    """By what was judged, and what is not known."""
    hits: tuple[Hit, ...]
    sources: tuple[SourceView, ...]
    """What the evidence of rules and signs cites."""
    disclaimer: str
    lang: Lang
    knowledge_version: str


@dataclass(frozen=True, slots=True)
class Health:
    status: Literal["ok"]
