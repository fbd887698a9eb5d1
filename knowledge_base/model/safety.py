"""Safety: red flags, rules, regulated substances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .advice import When
from .base import Code, FeatureName, PieceId, Record, Statement, Text, _freeze, _nothing, _thaw


class RedFlag(Statement):
    """One sign that needs a doctor before any advice."""

    code: Code
    complaints: tuple[Code, ...] = ()
    """Complaints that it belongs to; empty: asked of everybody."""
    concerns: When = When()
    """Facts without which the sign cannot occur (`sex:female`); not known counts as possible. Empty: anybody."""
    sign: Text
    """The sign in words a person understands, without a question mark."""
    urgency: Literal["emergency", "within_24h", "within_2_weeks", "soon"]
    action: Text
    """What to do, where to go, in what time; no 'perhaps' in front."""
    words: tuple[str, ...] = ()
    """Short words by which people ask about this sign (胸口疼, chest pain): a question that has one is answered with the action first."""


class RedFlagFile(Record):
    """red_flags/GROUP.yaml"""

    red_flags: Annotated[tuple[RedFlag, ...], Field(min_length=1)]


class SafetyRule(Statement):
    """One rule: persons with these facts do not get (`block`), get less of (`limit`) or are warned about (`warn`) these features.

    Facts: `pregnant`, `trimester:1`, `lactating`, `age:under_18`, `age:65_plus`, `age:80_plus`, `sex:female`, `condition:CODE`,
    `medicine:CODE` (a class holds for its members), `allergy:CODE`, `season:CODE`.
    Features: `food:CODE`, `nature:hot`, `allergen:CODE`, `purine:high`, `sugar:high`, `animal:meat`, `tag:CODE`, `kind:food_medicine`,
    `point:LI4`, `technique:CODE`, `movement:CODE`, `intensity:vigorous`, `domain:CODE`, `recipe:soup`, `advice:ID`.
    """

    id: PieceId
    when: When
    features: Annotated[tuple[FeatureName, ...], Field(min_length=1)]
    level: Literal["block", "limit", "warn"]
    unknown_counts: bool = True
    """Whether a fact that is not known counts as present. A `block` always counts it; only `limit` and `warn` may say false."""
    text: Text
    """What the person reads: what to avoid or limit, and why."""
    facts_row: str = ""
    """The row of the safety review this rule stands for, where there is one (C001)."""


class SafetyRuleFile(Record):
    """safety/GROUP.yaml"""

    rules: Annotated[tuple[SafetyRule, ...], Field(min_length=1)]


class RegulatedList(Statement):
    """regulated/CODE.yaml; names that may never be recommended as food unless a later notice moved them."""

    code: Code
    title: Text
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    moved: Annotated[Mapping[str, str], AfterValidator(_freeze), _thaw] = Field(default_factory=_nothing)
    """Name -> the later notice that made it a food substance."""
