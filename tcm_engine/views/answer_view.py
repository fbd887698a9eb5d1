"""What is shown of an answer to a question: warning signs, what was understood, judgements with their reasons, what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .assessment_view import Evidence, SourceView
from .plan_view import FlagView


@dataclass(frozen=True, slots=True)
class UnderstoodView:
    """One thing that the question names."""

    register: str
    """`constitution`, `complaint`, `condition`, `medicine`, `allergy`, `fact`, `food` or `point`."""
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class BecauseView:
    kind: Literal["rule", "type", "complaint", "season", "preference"]
    code: str
    text: str
    level: int
    """Of a type or a complaint, -3 to 3; of everything else -1."""
    level_word: str
    """Of a rule: `不用`, `限量`, `注意`."""
    unsure: str
    """Where a rule holds only because a fact is not known; else empty."""
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class JudgementView:
    kind: Literal["food", "point", "advice"]
    id: str
    title: str
    verdict: Literal["fits", "careful", "not_for", "open"]
    verdict_word: str
    reasons: tuple[BecauseView, ...]
    """What speaks against it first."""
    notes: tuple[str, ...]
    """Cautions of the thing itself, for everybody."""
    asked_for: bool
    """Whether the question names it."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    flags: tuple[FlagView, ...]
    """Warning signs that the question names: act on them first."""
    understood: tuple[UnderstoodView, ...]
    judgements: tuple[JudgementView, ...]
    note: str
    """By what was judged, and what is not known."""
    disclaimer: str
    sources: tuple[SourceView, ...]
