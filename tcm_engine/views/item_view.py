"""One piece of a plan as it is shown, with all that belongs to doing it."""

from __future__ import annotations

from dataclasses import dataclass

from .assessment_view import Evidence


@dataclass(frozen=True, slots=True)
class CautionView:
    level: str
    """`block`, `limit` or `warn`; empty for a caution that belongs to the piece itself."""
    level_word: str
    """`限量`, `注意`."""
    text: str
    unsure: str
    """`因为您没有回答是否怀孕`, where the rule holds only because a fact is not known; else empty."""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class IngredientView:
    name: str
    grams: str
    """`10克`."""
    household: str
    """`约3片`."""


@dataclass(frozen=True, slots=True)
class RecipeView:
    servings: str
    ingredients: tuple[IngredientView, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a point lies on a body chart, in percent of its width and height."""

    chart: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PointView:
    code: str
    name: str
    """足三里; in English the pinyin."""
    pinyin: str
    meridian: str
    location: str
    find_it: str
    method: str
    minutes: str
    """`2分钟`."""
    spots: tuple[Spot, ...]
    cautions: tuple[CautionView, ...]
    figure_text: str
    """Alternative text of its drawing."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class MovementView:
    code: str
    name: str
    steps: tuple[str, ...]
    minutes: str
    figure: str | None
    """Code of a drawing in `reports.figures.movements`, or None."""
    figure_text: str
    cautions: tuple[CautionView, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class UsesView:
    """All that the piece tells the person to take or do, as contract.md has it."""

    foods: tuple[str, ...]
    """Register names in Chinese."""
    points: tuple[str, ...]
    """Standard codes: LI4."""
    movements: tuple[str, ...]
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonView:
    code: str
    subject: str
    text: str
    """`对气虚质有帮助（3级，共3级）`."""
    value: int


@dataclass(frozen=True, slots=True)
class ItemView:
    id: str
    domain: str
    title: str
    what: str
    how: tuple[str, ...]
    amount: str
    frequency: str
    duration: str
    stop: str
    why: str
    reasons: tuple[ReasonView, ...]
    """Why it was chosen for this person, strongest first."""
    chosen_because: str
    """The reasons in one line."""
    cautions: tuple[CautionView, ...]
    """Rules that hold for this person, then the piece's own cautions."""
    recipe: RecipeView | None
    points: tuple[PointView, ...]
    movements: tuple[MovementView, ...]
    uses: UsesView
    evidence: Evidence
