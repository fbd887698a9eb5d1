"""Where a measured value lies, by Chinese guidelines: a level with its source, never a diagnosis. Whole numbers throughout (`measures`).

One reading proves nothing: each guideline asks for repeated readings, and a doctor decides. A value at a bound belongs to the higher level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from tcm_engine.model import Sex

from .measures import MEASURES

Level = Literal["low", "in_range", "raised", "high", "very_high", "alarm_low", "alarm_high"]
LEVELS: tuple[Level, ...] = ("low", "in_range", "raised", "high", "very_high", "alarm_low", "alarm_high")
URGENT: frozenset[Level] = frozenset({"alarm_low", "alarm_high"})
"""To be seen by a doctor within a day, at once with complaints."""

HYPERTENSION = "中国高血压防治指南（2024年修订版）"
DIABETES = "中国糖尿病防治指南（2024版）"
WEIGHT = "WS/T 428—2013 成人体重判定"
OLD = "中国居民膳食指南（2022）"
URIC = "成人高尿酸血症与痛风食养指南（2024年版）"
LIPIDS = "中国血脂管理指南（2023年）"
REFER = "国家基本公共卫生服务规范（第三版）"


@dataclass(frozen=True, slots=True)
class Grade:
    code: str
    """The measure; `pressure` and `bmi` are made of two."""
    level: Level
    source: str
    bound: str
    """The bound that was passed, written out with its unit; empty in range."""
    side: Literal["", "from", "above", "below", "up_to"] = ""
    """Where the value lies: from the bound on, above it, below it, or up to it."""


@dataclass(frozen=True, slots=True)
class _Band:
    """`at`: the least whole number of the level; the levels of a measure stand from low to high."""

    at: int
    level: Level
    source: str


_GLUCOSE_ALARMS = (_Band(0, "alarm_low", REFER), _Band(40, "in_range", DIABETES))
"""3.9 mmol/L and less; a tenth above is no alarm."""
_BANDS: Mapping[str, tuple[_Band, ...]] = MappingProxyType(
    {
        "systolic_mmhg": (
            _Band(0, "in_range", HYPERTENSION), _Band(120, "raised", HYPERTENSION),
            _Band(140, "high", HYPERTENSION), _Band(160, "very_high", HYPERTENSION), _Band(180, "alarm_high", REFER),
        ),
        "diastolic_mmhg": (
            _Band(0, "in_range", HYPERTENSION), _Band(80, "raised", HYPERTENSION),
            _Band(90, "high", HYPERTENSION), _Band(100, "very_high", HYPERTENSION), _Band(110, "alarm_high", REFER),
        ),
        "fasting_glucose_mmol_l": (
            *_GLUCOSE_ALARMS, _Band(61, "raised", DIABETES), _Band(70, "high", DIABETES), _Band(167, "alarm_high", REFER),
        ),
        "glucose_2h_mmol_l": (
            *_GLUCOSE_ALARMS, _Band(78, "raised", DIABETES), _Band(111, "high", DIABETES), _Band(167, "alarm_high", REFER),
        ),
        "hba1c_percent": (_Band(0, "in_range", DIABETES), _Band(65, "high", DIABETES)),
        "total_cholesterol_mmol_l": (_Band(0, "in_range", LIPIDS), _Band(520, "raised", LIPIDS), _Band(620, "high", LIPIDS)),
        "triglycerides_mmol_l": (_Band(0, "in_range", LIPIDS), _Band(170, "raised", LIPIDS), _Band(230, "high", LIPIDS)),
        "ldl_mmol_l": (_Band(0, "in_range", LIPIDS), _Band(340, "raised", LIPIDS), _Band(410, "high", LIPIDS)),
        "hdl_mmol_l": (_Band(0, "low", LIPIDS), _Band(100, "in_range", LIPIDS)),
        "uric_acid_umol_l": (_Band(0, "in_range", URIC), _Band(421, "high", URIC)),
    }
)  # fmt: skip
_WAIST: Mapping[Sex, tuple[_Band, ...]] = MappingProxyType(
    {
        "male": (_Band(0, "in_range", WEIGHT), _Band(850, "raised", WEIGHT), _Band(900, "high", WEIGHT)),
        "female": (_Band(0, "in_range", WEIGHT), _Band(800, "raised", WEIGHT), _Band(850, "high", WEIGHT)),
    }
)
_BMI = (_Band(0, "low", WEIGHT), _Band(185, "in_range", WEIGHT), _Band(240, "raised", WEIGHT), _Band(280, "high", WEIGHT))
_BMI_OLD = (_Band(0, "low", OLD), _Band(220, "in_range", OLD), _Band(270, "raised", OLD))
"""From 80 years: 22.0 to 26.9 is suitable."""
OLD_AGE, ADULT = 80, 18


def bmi_tenths(height: int, weight: int) -> int:
    """Tenths of kg/m², cut off, not rounded: 240 exactly where the index is 24.0 or more. Both in tenths of cm and kg."""
    return weight * 1_000_000 // (height * height)


def grades(values: Mapping[str, int], sex: Sex | None, age: int | None) -> tuple[Grade, ...]:
    """The level of everything that has one, in the order of `MEASURES`. Children have none: other tables hold for them."""
    if age is not None and age < ADULT:
        return ()
    found: list[Grade] = []
    if {"height_cm", "weight_kg"} <= values.keys():
        tenths = bmi_tenths(values["height_cm"], values["weight_kg"])
        found.append(_grade("bmi", tenths, _BMI_OLD if age is not None and age >= OLD_AGE else _BMI, 1, "kg/m²"))
    if "waist_cm" in values and sex:
        found.append(_grade("waist_cm", values["waist_cm"], _WAIST[sex], 1, "cm"))
    pressure = [_grade(code, values[code], _BANDS[code], 0, "mmHg") for code in ("systolic_mmhg", "diastolic_mmhg") if code in values]
    if pressure:
        found.append(_higher(pressure))
    found += [_of(code, values[code]) for code in _BANDS if code in values and code not in ("systolic_mmhg", "diastolic_mmhg")]
    return tuple(found)


def bounds(code: str, sex: Sex | None = None) -> tuple[tuple[int, Level], ...]:
    """(least whole number, level) of a measure's levels, for lines in a drawing; empty where there are none."""
    bands = _WAIST[sex] if code == "waist_cm" and sex else _BANDS.get(code, ())
    return tuple((_side(code, bands, place)[1], band.level) for place, band in enumerate(bands) if band.at)


def _of(code: str, value: int) -> Grade:
    return _grade(code, value, _BANDS[code], MEASURES[code].decimals, MEASURES[code].unit)


def _grade(code: str, value: int, bands: tuple[_Band, ...], decimals: int, unit: str) -> Grade:
    at = max(index for index, band in enumerate(bands) if value >= band.at)
    band = bands[at]
    if band.level == "in_range":
        return Grade(code, band.level, band.source, "")
    side, passed = _side(code, bands, at)
    return Grade(code, band.level, band.source, f"{Decimal(passed).scaleb(-decimals)} {unit}", side)


def _side(code: str, bands: tuple[_Band, ...], at: int) -> tuple[Literal["from", "above", "below", "up_to"], int]:
    """Uric acid is high above 420, glucose alarming up to 3.9: as the sources put it."""
    if bands[at].level == "low":
        return "below", bands[at + 1].at
    if bands[at].level == "alarm_low":
        return "up_to", bands[at + 1].at - 1
    return ("above", bands[at].at - 1) if code == "uric_acid_umol_l" else ("from", bands[at].at)


def _higher(pressure: list[Grade]) -> Grade:
    """Pressure goes by the higher level of its two numbers, as the guideline says."""
    worst = max(pressure, key=lambda grade: LEVELS.index(grade.level))
    return replace(worst, code="pressure")
