"""The registers: sources, people's facts, constitutions, foods, points, movements, techniques, zones."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import Benefit, Code, Constitution, FeatureName, Grade, PointCode, Record, Season, Statement, Text, Words, _nothing


class Source(Record):
    """sources/CODE.yaml"""

    code: Code
    title: Text
    issuer: Words
    year: int | None
    number: str = ""
    """The document's own number: `GB/T 46939-2025`, `国卫办食品函〔2023〕5号`."""
    kind: Grade
    seen: Literal["print", "copy", "abstract", "memory", "ours"]
    """How we know the source: its text, a public copy, an abstract only, from memory, or our own decision."""
    url: str = ""
    note: str = ""


class Named(Statement):
    """A register entry that people choose from: a condition, a medicine, an allergen, a preference …"""

    code: Code
    name: Text
    aliases: tuple[str, ...] = ()
    """Other words people write for it, in any language; matched exactly after folding width, case and script."""
    member_of: tuple[Code, ...] = ()
    """Classes of the same register that this entry belongs to (`warfarin` is an `anticoagulant`)."""
    note: Text | None = None


class Condition(Named):
    """conditions/CODE.yaml"""


class Medicine(Named):
    """medicines/CODE.yaml; a class of medicines is an entry too."""


class Allergen(Named):
    """allergens/CODE.yaml"""


class Preference(Named):
    """preferences/CODE.yaml"""

    avoids: tuple[FeatureName, ...] = ()
    """Features of a piece that a person with this preference does not want (`animal:meat`)."""
    favours: tuple[FeatureName, ...] = ()


class ConstitutionEntry(Statement):
    """constitutions/CODE.yaml"""

    code: Constitution
    letter: Annotated[str, StringConstraints(pattern="^[A-I]$")]
    name: Text
    """With 质 in Chinese: 气虚质, Qi-deficiency."""
    short: Text
    """Without 质: 气虚, for charts."""
    pinyin: Words
    aliases: tuple[str, ...] = ()
    in_a_sentence: Text
    """What this type means in body feelings, for a person at home; one sentence after the result."""
    meaning: tuple[Text, ...]
    """Two to four short paragraphs: how it often shows, what tends to make it worse, what the plan aims at."""
    aim: Text
    """The aim of the whole plan for this type, a clause of at most 20 Chinese characters."""


class Food(Statement):
    """foods/CODE.yaml; the code is the pinyin of the name."""

    code: Code
    name: Text
    aliases: tuple[str, ...] = ()
    kind: Literal["ordinary", "food_medicine", "flavouring_only"]
    """`food_medicine`: on the national list of substances that are both food and medicine. Nothing else may load."""
    year_listed: int | None = None
    daily_limit_g: Annotated[float, Field(gt=0)] | None = None
    nature: Literal["cold", "cool", "neutral", "warm", "hot"]
    flavours: tuple[Literal["sour", "bitter", "sweet", "pungent", "salty", "bland", "astringent"], ...]
    meridians: tuple[Code, ...] = ()
    benefit: Benefit = Field(default_factory=_nothing)
    seasons: tuple[Season, ...] = ()
    """When it is in the market; empty: all year round."""
    zones: tuple[Code, ...] = ()
    """Climate zones where people usually buy and eat it; empty: everywhere."""
    animal: Literal["plant", "fungus", "dairy", "egg", "meat", "pork", "fish", "seafood", "honey"] = "plant"
    allergens: tuple[Code, ...] = ()
    purine: Literal["low", "medium", "high"]
    sugar: Literal["low", "medium", "high"]
    tags: tuple[Code, ...] = ()
    """Codes of the tag register: `fava`, `tyramine`, `vitamin_k`, `alcohol`, `caffeine`, `raw`, `grapefruit` …"""
    differs: str = ""
    """In English, why the benefit is not what nature and flavours lead to; required where the check finds them apart."""
    cautions: tuple[Text, ...] = ()


class Tag(Statement):
    """tags/CODE.yaml; a property of foods or pieces that a safety rule speaks about."""

    code: Code
    name: Text


class FigureSpot(Record):
    chart: Literal[
        "front",
        "back",
        "hand_palm",
        "hand_back",
        "arm_inner",
        "arm_outer",
        "foot_top",
        "foot_sole",
        "foot_inner",
        "leg_front",
        "leg_inner",
        "leg_back",
        "leg_outer",
        "head_front",
        "head_side",
        "head_back",
        "abdomen",
        "ear",
    ]
    x: Annotated[float, Field(ge=0, le=100)]
    y: Annotated[float, Field(ge=0, le=100)]
    """Percent of the chart's width and height, from the upper left."""


class Point(Statement):
    """points/CODE.yaml; an acupuncture point fit for pressing at home."""

    code: PointCode
    name: Text
    """Chinese name; in English the pinyin."""
    pinyin: Words
    meridian: Text
    location: Text
    """By body landmarks and finger widths (寸), in our words."""
    find_it: Text
    """How a person finds it on the own body, one sentence."""
    method: Text
    minutes: Annotated[float, Field(gt=0, le=10)]
    spots: Annotated[tuple[FigureSpot, ...], Field(min_length=1)]
    cautions: tuple[Text, ...] = ()


class Movement(Statement):
    """movements/CODE.yaml"""

    code: Code
    name: Text
    family: Literal[
        "baduanjin",
        "liuzijue",
        "yijinjing",
        "wuqinxi",
        "taiji",
        "walking",
        "breathing",
        "stretching",
        "strength",
        "balance",
        "aerobic",
        "massage",
    ]
    intensity: Literal["light", "moderate", "vigorous"]
    steps: Annotated[tuple[Text, ...], Field(min_length=2)]
    minutes: Annotated[float, Field(gt=0, le=120)]
    tags: tuple[Code, ...] = ()
    figure: Code | None = None
    """A drawing of reports/figures/movements; one code may serve several movements."""
    cautions: tuple[Text, ...] = ()


class Technique(Statement):
    """techniques/CODE.yaml: `acupressure`, `moxibustion`, `hot_foot_bath`, `abdominal_massage` …"""

    code: Code
    name: Text
    cautions: tuple[Text, ...] = ()


class Zone(Statement):
    """zones/CODE.yaml; one of the seven climate zones of the 2023-24 dietary guides."""

    code: Code
    name: Text
    provinces: tuple[Text, ...] = ()
    """Names of the provinces and regions, without 省, 市 or 自治区."""
    climate: Text
    damp_terms: tuple[Code, ...] = ()
    """Solar terms in which it is usually both warm and damp there: long summer (长夏), and the plum rains where they come before it."""
