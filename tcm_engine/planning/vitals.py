"""Measured values that change what is safe, or that send a person to a doctor before any plan.

Bounds: 国家基本公共卫生服务规范 (third edition, 2017), visits of people with hypertension and diabetes: refer from 180 mmHg
systolic or 110 mmHg diastolic, and for a blood glucose of 16.7 mmol/L and more or 3.9 mmol/L and less. A value at the bound counts.
"""

from __future__ import annotations

from collections.abc import Mapping

from tcm_engine.model import Coded

UNCONTROLLED_SYSTOLIC, UNCONTROLLED_DIASTOLIC = 180, 110
HIGH_GLUCOSE, LOW_GLUCOSE = 16.7, 3.9


def uncontrolled_pressure(vitals: Mapping[str, float]) -> bool:
    return vitals.get("systolic_mmhg", 0) >= UNCONTROLLED_SYSTOLIC or vitals.get("diastolic_mmhg", 0) >= UNCONTROLLED_DIASTOLIC


def conditions_of(vitals: Mapping[str, float]) -> tuple[str, ...]:
    """Codes of conditions that a measurement shows, whether or not the person named them."""
    return ("uncontrolled_hypertension",) if uncontrolled_pressure(vitals) else ()


def reasons_to_refer(vitals: Mapping[str, float]) -> tuple[Coded, ...]:
    reasons = []
    if uncontrolled_pressure(vitals):
        reasons.append(Coded("blood_pressure_needs_doctor"))
    glucose = vitals.get("fasting_glucose_mmol_l")
    if glucose is not None and (glucose >= HIGH_GLUCOSE or glucose <= LOW_GLUCOSE):
        reasons.append(Coded("glucose_needs_doctor"))
    return tuple(reasons)
