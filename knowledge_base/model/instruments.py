"""Instruments: items, measures, scoring rules, reliability."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Code, Constitution, Record, Statement, Text, Words


class ItemScale(Record):
    constitution: Constitution
    row: str = ""
    """Row of the standard's own table (`B1`)."""
    reverse: bool = False


class Band(Record):
    """One band of a measured item, up to where the next one begins. `low` is included unless the band says otherwise; None is open."""

    low: float | None = None
    high: float | None = None
    low_included: bool = True
    answer: Annotated[int, Field(ge=1, le=5)]
    printed: Words
    """The band as the form prints it."""


class Measure(Record):
    """A measured number that may stand instead of an answer of 1..5."""

    key: Code
    """Column or key under which the number is given: `q9_bmi`."""
    unit: Text
    label: Text
    minimum: float
    maximum: float
    """Numbers outside are refused as implausible."""
    integer: bool = False
    bands: Annotated[tuple[Band, ...], Field(min_length=5, max_length=5)]
    decision: str
    """How the gaps between the printed bands were decided, and why."""


class Item(Record):
    key: Code
    text: Text
    gloss: Text | None = None
    sex: Literal["female", "male"] | None = None
    scales: Annotated[tuple[ItemScale, ...], Field(min_length=1)]
    measure: Measure | None = None
    observer_may_fill: bool = False


class ScoringRule(Statement):
    """How raw sums become verdicts. Thresholds are whole numbers in the score's own unit."""

    kind: Literal["transformed", "raw_sum"]
    """`transformed`: (raw - items) / (4 * items) * 100. `raw_sum`: the sum itself."""
    yes_at: int
    tendency_at: int
    """Biased types: `yes` from `yes_at`, `tendency` from `tendency_at`, else `no`."""
    balanced_at: int
    balanced_yes_below: int
    balanced_basically_below: int
    """Balanced: at least `balanced_at`, and every biased score below the other two."""


class Reliability(Statement):
    """Standard error of measurement of one sub-scale, in the unit of the instrument's score."""

    constitution: Constitution
    standard_error: Annotated[float, Field(gt=0)]


class Instrument(Statement):
    """instruments/CODE.yaml"""

    code: Code
    title: Text
    edition: Words
    purpose: Text
    """What this form is for, one sentence, shown where a person chooses."""
    minutes: int
    minimum_age: int
    intended_age: int
    """Below it (and from `minimum_age` up) the form is scored with a warning."""
    recall: Text
    anchors: Annotated[tuple[Text, ...], Field(min_length=5, max_length=5)]
    items: Annotated[tuple[Item, ...], Field(min_length=9)]
    rule: ScoringRule
    reliability: Annotated[tuple[Reliability, ...], Field(min_length=9, max_length=9)]
    contains: Code | None = None
    """An instrument whose items are all among these, so that its score can be computed exactly from this sheet."""
    rights: Text
    translation_note: Text
    """The English wording is a translation that nobody validated."""
