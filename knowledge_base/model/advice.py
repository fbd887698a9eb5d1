"""Advice and complaints: the pieces that the planner selects from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import (
    Benefit,
    Code,
    ComplaintBenefit,
    Constitution,
    Domain,
    FactName,
    Level,
    PieceId,
    PointCode,
    Record,
    SeasonAffinity,
    Statement,
    TermAffinity,
    Text,
    _nothing,
)


class When(Record):
    """A condition on facts of a person: any one of `any`, and every one of `all`."""

    any: tuple[FactName, ...] = ()
    all: tuple[FactName, ...] = ()


class Contraindication(Statement):
    """For whom one piece of advice is not fit, beyond what the safety rules say of its foods, points and techniques."""

    when: When
    level: Literal["block", "limit", "warn"]
    text: Text


class Uses(Record):
    """All that a piece tells the person to take or do. Warnings do not count as use."""

    foods: tuple[Code, ...] = ()
    points: tuple[PointCode, ...] = ()
    movements: tuple[Code, ...] = ()
    techniques: tuple[Code, ...] = ()


class Ingredient(Record):
    food: Code
    grams: Annotated[float, Field(gt=0)]
    household: Text
    """1小把, 3 slices: beside the grams."""


class Recipe(Record):
    """A dish of a piece; its ingredients count as the piece's foods."""

    kind: Literal["congee", "soup", "dish", "staple", "drink", "sweet"] | None = None
    servings: Annotated[int, Field(ge=1, le=10)]
    ingredients: Annotated[tuple[Ingredient, ...], Field(min_length=1)]
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]
    differs: str = ""
    """In English, why the piece's benefit is not what its ingredients add up to; required where the check finds them apart."""


class Advice(Statement):
    """advice/DOMAIN/NAME.yaml; one piece of advice, the unit that the planner selects. Its id is `DOMAIN.NAME`."""

    id: PieceId
    domain: Domain
    title: Text
    """Verb first, at most 16 Chinese characters."""
    what: Text
    """What to do, concretely, in one or two sentences."""
    how: tuple[Text, ...] = ()
    """Steps, where doing it needs some."""
    amount: Text
    frequency: Text
    duration: Text
    stop: Text
    """The sign at which to stop."""
    why: Text
    """Why it fits, as tradition or a guideline has it; never that it treats a disease."""
    times_per_week: Annotated[int, Field(ge=1, le=21)]
    minutes: Annotated[int, Field(ge=0, le=180)] = 0
    moment: Literal["morning", "noon", "afternoon", "evening", "bedtime", "any"] = "any"
    effort: Annotated[int, Field(ge=1, le=3)] = 1
    """1: can be begun today with what is at home; 3: needs preparation."""
    benefit: Benefit
    """At most three types with 2 or more: a piece that suits everybody suits nobody."""
    seasons: SeasonAffinity = Field(default_factory=_nothing)
    """At most two seasons above 0. No season named: fits the whole year."""
    solar_terms: TermAffinity = Field(default_factory=_nothing)
    """1 to 3: this term is its moment. Below 0: wrong in this term, whatever the season's level."""
    long_summer: Level = 0
    """How it fits the hot and damp weeks (`Zone.damp_terms`, or as measured), beside the season: 3 made for damp heat, -3 wrong in it."""
    zones: tuple[Code, ...] = ()
    """Only for these climate zones; empty: everywhere."""
    complaints: ComplaintBenefit = Field(default_factory=_nothing)
    patterns: ComplaintBenefit = Field(default_factory=_nothing)
    """Code of a complaint's pattern -> how well it fits where a person's answers point to that pattern."""
    uses: Uses = Uses()
    recipe: Recipe | None = None
    tags: tuple[Code, ...] = ()
    contraindications: tuple[Contraindication, ...] = ()
    cautions: tuple[Text, ...] = ()

    def foods(self) -> tuple[str, ...]:
        """Codes of all foods that the piece tells the person to take, the recipe's included, without repeats."""
        listed = self.uses.foods + (tuple(i.food for i in self.recipe.ingredients) if self.recipe else ())
        return tuple(dict.fromkeys(listed))


class ComplaintPattern(Statement):
    code: Code
    """The same code in several complaints is the same pattern, and has the same name."""
    name: Text
    shows: Text
    """How this pattern usually shows in body feelings."""
    leans_to: tuple[Constitution, ...] = ()


class PatternQuestion(Record):
    """One question that tells the patterns of a complaint apart: answered with yes, no, or not at all."""

    code: Code
    ask: Text
    """Short, one thing at a time, ends with a question mark."""
    speaks_for: Annotated[ComplaintBenefit, Field(min_length=1)]
    """Code of a pattern of this complaint -> how strongly a yes speaks for it, 1..3."""


class ProgrammeStep(Record):
    """One thing of a programme: food, a point, a movement, or a way of living."""

    slot: Literal["food", "point", "movement", "living"]
    from_week: Annotated[int, Field(ge=1, le=4)]
    pieces: Annotated[tuple[PieceId, ...], Field(min_length=2)]
    """Alternatives, the best first: the planner takes the first that is safe, in season, and not against the person's types; those that fit
    the person's pattern come before the others."""


class Programme(Statement):
    """Four weeks for one complaint."""

    weeks: Annotated[tuple[Text, ...], Field(min_length=4, max_length=4)]
    """What each week is about, one or two sentences; nothing in them that a safety rule could forbid."""
    steps: Annotated[tuple[ProgrammeStep, ...], Field(min_length=4, max_length=8)]


class Complaint(Statement):
    """complaints/CODE.yaml"""

    code: Code
    name: Text
    aliases: tuple[str, ...] = ()
    in_plain_words: Text
    women_only: bool = False
    """Not offered to men, and refused where a man names it."""
    patterns: tuple[ComplaintPattern, ...] = ()
    questions: Annotated[tuple[PatternQuestion, ...], Field(max_length=5)] = ()
    programme: Programme | None = None
    expect: Text
    """What to expect, and in what time."""
    works_if: Text
    """How a person can tell that it helps."""
