"""What every record is made of: codes, texts, citations, reviews, statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal

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

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


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
