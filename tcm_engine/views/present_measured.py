"""Measured values that send a person to a doctor, told as red flags: they stand above everything, like a sign that was ticked."""

from __future__ import annotations

from tcm_engine.model import Plan

from . import words
from .plan_view import FlagView
from .telling import Telling

URGENCY = "within_24h"
SOURCE, LOCATOR = "public_health_spec_2017", "hypertension and diabetes: when to refer"


def measured_flags(plan: Plan, tell: Telling) -> tuple[FlagView, ...]:
    """One for each of the plan's review reasons that is a measurement; the bounds are those of `tcm_engine.planning.vitals`."""
    return tuple(_flag(reason.code, tell) for reason in plan.review_reasons if reason.code in words.MEASURED_SIGN)


def _flag(code: str, tell: Telling) -> FlagView:
    return FlagView(
        code=code,
        urgency=URGENCY,
        urgency_word=tell.coded(words.URGENCY, URGENCY),
        sign=tell.coded(words.MEASURED_SIGN, code),
        action=tell.coded(words.MEASURED_ACTION, code),
        evidence=tell.cite_source(SOURCE, LOCATOR, "government_guideline", "unreviewed"),
    )
