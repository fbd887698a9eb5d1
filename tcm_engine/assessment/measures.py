"""Measured numbers of the elderly form: body mass index, colds and allergic episodes a year, waist."""

from __future__ import annotations

from fractions import Fraction

from knowledge_base.model import Measure


def answer_of(measure: Measure, value: float) -> int:
    """The answer 1..5 of the band in which a number lies; never rounded first. The number is within the measure's limits."""
    exact = Fraction(value)
    reached = [band for band in measure.bands if band.low is None or exact > band.low or (exact == band.low and band.low_included)]
    return reached[-1].answer
