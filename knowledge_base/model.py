"""The shapes of everything that is known: one frozen record per register entry, statement or rule.

Shape is checked here (pydantic: unknown keys, types, ranges); meaning is checked in `checks.py`.
A *statement* is a record that carries its own evidence: `cites`, `grade`, `review`. Nothing that a person may
read as a fact loads without it. A reader who edits YAML finds every key of a file explained on the class of that file.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal, Mapping

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
PieceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$", max_length=80)]
PointCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}-?[A-Z]{0,2}[0-9]{1,2}\+?$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(:[a-z0-9_]+)?$")]
FeatureName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+:[A-Za-z0-9_.+-]+$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Level = Annotated[int, Field(ge=-3, le=3)]


def _freeze(mapping: Mapping) -> Mapping:
    return MappingProxyType(dict(mapping))


def _nothing() -> Mapping:
    return MappingProxyType({})


_thaw = PlainSerializer(dict, return_type=dict)


class Constitution(StrEnum):
    """The nine types in the standard's order A to I."""

    BALANCED = "balanced"
    QI_DEFICIENCY = "qi_deficiency"
    YANG_DEFICIENCY = "yang_deficiency"
    YIN_DEFICIENCY = "yin_deficiency"
    PHLEGM_DAMPNESS = "phlegm_dampness"
    DAMP_HEAT = "damp_heat"
    BLOOD_STASIS = "blood_stasis"
    QI_STAGNATION = "qi_stagnation"
    SPECIAL_DIATHESIS = "special_diathesis"


class Season(StrEnum):
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Domain(StrEnum):
    EMOTION = "emotion"
    DIET = "diet"
    DAILY_LIVING = "daily_living"
    CLOTHING = "clothing"
    DWELLING = "dwelling"
    MOVEMENT = "movement"
    ACUPOINT = "acupoint"
    TEA_MEDICATED_FOOD = "tea_medicated_food"
    MUSIC = "music"


class Grade(StrEnum):
    """What a statement rests on, strongest first."""

    NATIONAL_STANDARD = "national_standard"
    GOVERNMENT_GUIDELINE = "government_guideline"
    SOCIETY_GUIDELINE = "society_guideline"
    TEXTBOOK = "pharmacopoeia_or_textbook"
    TRIAL = "trial_or_review"
    CLASSIC = "classic"
    PROJECT_DECISION = "project_decision"


Benefit = Annotated[Mapping[Constitution, Level], AfterValidator(_freeze), _thaw]
"""-3 harms .. +3 helps, per constitution; a type that is not named has 0."""
SeasonAffinity = Annotated[Mapping[Season, Level], AfterValidator(_freeze), _thaw]
TermAffinity = Annotated[Mapping[Code, Level], AfterValidator(_freeze), _thaw]
ComplaintBenefit = Annotated[Mapping[Code, Annotated[int, Field(ge=1, le=3)]], AfterValidator(_freeze), _thaw]


class Record(BaseModel):
    """Frozen, closed: an unexpected key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Record):
    """One thing said in the languages we ship. `hant` is made by OpenCC when the knowledge is loaded, unless it is written."""

    zh: Words
    en: Words
    hant: str = ""

    def in_(self, lang: str) -> str:
        """The words in `zh-Hans`, `zh-Hant` or `en`."""
        if lang == "en":
            return self.en
        if lang == "zh-Hant":
            return self.hant or self.zh
        return self.zh


class Citation(Record):
    source: Code
    """A code of the source register."""
    locator: Words
    """Where in the source: clause, chapter, table, page, row."""


class Review(Record):
    status: Literal["verified", "unreviewed", "disputed"]
    """`verified`: the cited source was seen to say so. `unreviewed`: from memory or a weak copy. `disputed`: sources disagree."""
    on: date
    note: str = ""


class Statement(Record):
    """A record that is shown to people as a fact, with what it rests on."""

    cites: Annotated[tuple[Citation, ...], Field(min_length=1)]
    grade: Grade
    review: Review
    decision: str = ""
    """Why we decided so; required when `grade` is `project_decision`, and then in English."""


# --- registers -------------------------------------------------------------------------------------------------------


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
    animal: Literal["plant", "fungus", "dairy", "egg", "meat", "pork", "fish", "seafood", "honey"] = "plant"
    allergens: tuple[Code, ...] = ()
    purine: Literal["low", "medium", "high"]
    sugar: Literal["low", "medium", "high"]
    tags: tuple[Code, ...] = ()
    """Codes of the tag register: `fava`, `tyramine`, `vitamin_k`, `alcohol`, `caffeine`, `raw`, `grapefruit` …"""
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
    climate: Text


# --- the year --------------------------------------------------------------------------------------------------------


class TermChange(Statement):
    """What one solar term changes in one domain of daily life."""

    domain: Domain
    text: Text


class SolarTerm(Statement):
    """solar_terms/CODE.yaml; 24 of them, the code is the pinyin."""

    code: Code
    order: Annotated[int, Field(ge=1, le=24)]
    """1 is 立春."""
    longitude: Annotated[int, Field(ge=0, lt=360, multiple_of=15)]
    """Apparent geocentric solar longitude in degrees at which the term begins (GB/T 33661-2017)."""
    name: Text
    season: Season
    theme: Text
    """At most 14 Chinese characters: it stands in the calendar's cell."""
    changes: Annotated[tuple[TermChange, ...], Field(min_length=1)]


class SeasonEntry(Statement):
    """seasons/CODE.yaml"""

    code: Season
    name: Text
    principle: Text
    """What the season asks of everybody, one or two sentences."""


class SeasonNeed(Statement):
    """One entry of season_needs/CONSTITUTION.yaml: what this type needs in this season beyond what everybody does."""

    constitution: Constitution
    season: Season
    text: Text


class SeasonNeedFile(Record):
    """season_needs/CONSTITUTION.yaml"""

    needs: Annotated[tuple[SeasonNeed, ...], Field(min_length=4, max_length=4)]


# --- advice ----------------------------------------------------------------------------------------------------------


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

    servings: Annotated[int, Field(ge=1, le=10)]
    ingredients: Annotated[tuple[Ingredient, ...], Field(min_length=1)]
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]


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
    zones: tuple[Code, ...] = ()
    """Only for these climate zones; empty: everywhere."""
    complaints: ComplaintBenefit = Field(default_factory=_nothing)
    patterns: ComplaintBenefit = Field(default_factory=_nothing)
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
    name: Text
    shows: Text
    """How this pattern usually shows in body feelings."""
    leans_to: tuple[Constitution, ...] = ()


class Complaint(Statement):
    """complaints/CODE.yaml"""

    code: Code
    name: Text
    aliases: tuple[str, ...] = ()
    in_plain_words: Text
    patterns: tuple[ComplaintPattern, ...] = ()
    expect: Text
    """What to expect, and in what time."""
    works_if: Text
    """How a person can tell that it helps."""


# --- safety ----------------------------------------------------------------------------------------------------------


class RedFlag(Statement):
    """One sign that needs a doctor before any advice."""

    code: Code
    complaints: tuple[Code, ...] = ()
    """Complaints that it belongs to; empty: asked of everybody."""
    sign: Text
    """The sign in words a person understands, without a question mark."""
    urgency: Literal["emergency", "within_24h", "within_2_weeks", "soon"]
    action: Text
    """What to do, where to go, in what time; no 'perhaps' in front."""


class RedFlagFile(Record):
    """red_flags/GROUP.yaml"""

    red_flags: Annotated[tuple[RedFlag, ...], Field(min_length=1)]


class SafetyRule(Statement):
    """One rule: persons with these facts do not get (`block`), get less of (`limit`) or are warned about (`warn`) these features.

    Facts: `pregnant`, `trimester:1`, `lactating`, `age:under_18`, `age:65_plus`, `age:80_plus`, `sex:female`, `condition:CODE`,
    `medicine:CODE` (a class holds for its members), `allergy:CODE`, `season:CODE`.
    Features: `food:CODE`, `nature:hot`, `allergen:CODE`, `purine:high`, `sugar:high`, `animal:meat`, `tag:CODE`, `kind:food_medicine`,
    `point:LI4`, `technique:CODE`, `movement:CODE`, `intensity:vigorous`, `domain:CODE`, `advice:ID`.
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


# --- instruments -----------------------------------------------------------------------------------------------------


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


REGISTERS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "sources": Source,
        "constitutions": ConstitutionEntry,
        "conditions": Condition,
        "medicines": Medicine,
        "allergens": Allergen,
        "preferences": Preference,
        "tags": Tag,
        "foods": Food,
        "points": Point,
        "movements": Movement,
        "techniques": Technique,
        "zones": Zone,
        "seasons": SeasonEntry,
        "solar_terms": SolarTerm,
        "season_needs": SeasonNeedFile,
        "complaints": Complaint,
        "red_flags": RedFlagFile,
        "safety": SafetyRuleFile,
        "regulated": RegulatedList,
        "instruments": Instrument,
        "advice": Advice,
    }
)
"""Folder of `data/` -> the shape of its files."""
