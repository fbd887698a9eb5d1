"""What is measured, in whole numbers of its last digit: 6.1 mmol/L is 61. Nothing is decided on a fraction."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Measure:
    unit: str
    decimals: int
    """Digits behind the point that are kept."""
    least: int
    most: int
    """What a living adult can have, in whole numbers of the last digit."""

    def shown(self, value: int) -> str:
        return f"{Decimal(value).scaleb(-self.decimals):.{self.decimals}f}"


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "height_cm": Measure("cm", 1, 800, 2500),
        "weight_kg": Measure("kg", 1, 200, 3500),
        "waist_cm": Measure("cm", 1, 300, 2500),
        "systolic_mmhg": Measure("mmHg", 0, 40, 300),
        "diastolic_mmhg": Measure("mmHg", 0, 20, 200),
        "heart_rate_per_min": Measure("/min", 0, 20, 250),
        "fasting_glucose_mmol_l": Measure("mmol/L", 1, 10, 500),
        "glucose_2h_mmol_l": Measure("mmol/L", 1, 10, 600),
        "hba1c_percent": Measure("%", 1, 20, 200),
        "total_cholesterol_mmol_l": Measure("mmol/L", 2, 50, 2500),
        "triglycerides_mmol_l": Measure("mmol/L", 2, 10, 6000),
        "ldl_mmol_l": Measure("mmol/L", 2, 10, 2000),
        "hdl_mmol_l": Measure("mmol/L", 2, 10, 600),
        "uric_acid_umol_l": Measure("µmol/L", 0, 30, 1500),
    }
)
"""Code, its unit in the name -> how it is written."""


def read_value(code: str, text: str) -> int | str:
    """The whole number of a written value, or the code of its fault: `not_a_number`, `too_fine`, `out_of_range`."""
    measure = MEASURES[code]
    try:
        number = Decimal(unicodedata.normalize("NFKC", text).strip().replace(",", "."))
    except InvalidOperation:
        return "not_a_number"
    if not number.is_finite():
        return "not_a_number"
    if not Decimal(measure.shown(measure.least)) <= number <= Decimal(measure.shown(measure.most)):
        return "out_of_range"
    scaled = number.scaleb(measure.decimals)
    return int(scaled) if scaled == scaled.to_integral_value() else "too_fine"


def plain(code: str, value: int) -> float:
    """As profiles have it."""
    return float(MEASURES[code].shown(value))
