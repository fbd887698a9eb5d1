"""The result of one answered questionnaire, in codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from knowledge_base.model import Constitution

from .profile import Sex

CONSTITUTIONS: tuple[str, ...] = tuple(c.value for c in Constitution)
"""The nine codes in the standard's order A to I; index 0 is balanced."""


class Verdict(StrEnum):
    NO = "no"
    TENDENCY = "tendency"
    YES = "yes"
    BASICALLY = "basically"
    UNDETERMINED = "undetermined"


VERDICT_CODES: tuple[str, ...] = ("no", "tendency", "yes", "basically", "undetermined")
"""Index = the uint8 code that kernels use."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with parameters, for which `views` has the words: a review reason, a conclusion, a reason of a choice."""

    code: str
    params: Mapping[str, str | int | float | tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ScaleResult:
    constitution: str
    raw: int | None
    """Raw sum; None where an answer that belongs to it cannot be known (sex not given)."""
    items: int
    """Number of items that are scored."""
    score: float | None
    """Transformed score 0..100, or the raw sum for the elderly form; for display: no verdict is decided on it."""
    verdict: str
    margin_steps: int | None
    """Least number of one-step answer changes that give another verdict; exact. None where undetermined."""
    standard_error: float
    """Standard error of measurement in the unit of `score`."""
    interval: tuple[float, float] | None
    """Where two of three repeated sittings would fall: score -/+ sqrt(2) standard errors, cut to the scale's range."""
    chance_of_another_verdict: float | None
    """Probability that a second sitting gives another verdict, under normal error; 0..1."""


@dataclass(frozen=True, slots=True)
class Assessment:
    instrument: str
    edition: str
    answers: Mapping[str, int]
    """Item key -> 1..5, in the instrument's order; measured numbers already mapped."""
    sex: Sex | None
    assessed_on: date
    scores: tuple[ScaleResult, ...]
    """Nine, in the standard's order."""
    primary: str | None
    accompanying: tuple[str, ...]
    """The other types that are `yes`, highest score first."""
    tendencies: tuple[str, ...]
    conclusion: Coded
    review_reasons: tuple[Coded, ...]
    engine_version: str
    knowledge_version: str

    def verdict(self, constitution: str) -> str:
        return self.scores[CONSTITUTIONS.index(constitution)].verdict
