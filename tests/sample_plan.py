"""Assessments and plans made by hand, on the sample knowledge base."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from knowledge_base import load_instrument
from knowledge_base.model import (
    Domain,
)
from tcm_engine.model import (
    CONSTITUTIONS,
    Assessment,
    Caution,
    Coded,
    Day,
    Excluded,
    FoodNote,
    Plan,
    PlanItem,
    Reason,
    ScaleResult,
    TermPeriod,
    Triage,
    TriageFlag,
    Uses,
    fingerprint_of,
)
from tests.sample_knowledge import ON, knowledge
from tests.sample_pieces import TERMS

SHANGHAI = ZoneInfo("Asia/Shanghai")
SCORES = (52.0, 58.0, 46.0, 21.0, 33.0, 17.0, 25.0, 38.0, 12.0)
VERDICTS = ("no", "yes", "yes", "no", "tendency", "no", "no", "tendency", "no")


def assessment(instrument: str = "gbt_46939_2025", scores=SCORES, verdicts=VERDICTS, **changes: Any) -> Assessment:
    form = load_instrument(instrument)
    results = tuple(
        ScaleResult(
            code,
            12,
            4,
            score,
            verdict,
            None if verdict == "undetermined" else 2,
            8.0,
            None if score is None else (max(score - 11.3, 0.0), min(score + 11.3, 100.0)),
            None if verdict == "undetermined" else 0.2,
        )
        for code, score, verdict in zip(CONSTITUTIONS, scores, verdicts, strict=False)
    )
    made = Assessment(
        instrument=instrument,
        edition=form.edition,
        answers={item.key: 4 for item in form.items if item.sex != "male"},
        sex="female",
        assessed_on=ON,
        scores=results,
        primary="qi_deficiency",
        accompanying=("yang_deficiency",),
        tendencies=("qi_stagnation", "phlegm_dampness"),
        conclusion=Coded(
            "combined",
            {"constitutions": ("qi_deficiency", "yang_deficiency"), "tendencies": ("qi_stagnation", "phlegm_dampness"), "undetermined": ()},
        ),
        review_reasons=(),
        engine_version="0.1.0",
        knowledge_version="0" * 64,
    )
    return replace(made, **changes)


def items() -> tuple[PlanItem, ...]:
    order = list(Domain)
    pieces = sorted(knowledge().advice.values(), key=lambda a: order.index(a.domain))
    return tuple(
        PlanItem(
            a.id,
            str(a.domain),
            80,
            (Reason("benefit", "qi_deficiency", 60, 3), Reason("season", "winter", 10, 2)),
            Uses(a.foods(), a.uses.points, a.uses.movements, a.uses.techniques),
            (Caution("salt.limit", "limit", False),) if a.id == "diet.regular_meals" else (),
        )
        for a in pieces
    )


def calendar() -> tuple[TermPeriod, ...]:
    starts = [
        date(2026, 11, 22),
        date(2026, 12, 7),
        date(2026, 12, 22),
        date(2027, 1, 5),
        date(2027, 1, 20),
        date(2027, 2, 4),
        date(2027, 2, 19),
        date(2027, 3, 5),
    ]
    codes = TERMS[19:] + TERMS[:2]
    moments = [datetime(d.year, d.month, d.day, 10, tzinfo=SHANGHAI) for d in starts]
    chosen = ("clothing.warm_back", "tea_medicated_food.yam_porridge")
    return tuple(
        TermPeriod(c, knowledge().solar_terms[c].season, a, b, chosen if c == "xiaoxue" else ())
        for c, a, b in zip(codes, moments, moments[1:], strict=False)
    )


def plan(**changes: Any) -> Plan:
    chosen = items()
    week = tuple(
        Day(
            ON + timedelta(days=n),
            ("diet.regular_meals", "daily_living.sleep_2230", "movement.walk", *(("acupoint.st36",) if n % 2 else ("movement.baduanjin",))),
        )
        for n in range(7)
    )
    content = {
        "assessment": assessment(),
        "on": ON,
        "moment": datetime(2026, 11, 23, 12, tzinfo=SHANGHAI),
        "term": "xiaoxue",
        "season": "winter",
        "hemisphere": "north",
        "zone": None,
        "triage": Triage((), tuple(knowledge().red_flags), "nothing", ()),
        "items": chosen,
        "excluded": (
            Excluded("diet.less_raw", "diet", 70, "veto.yang_deficiency", True),
            Excluded("tea_medicated_food.yam_porridge", "tea_medicated_food", 60, "alcohol.limit", False),
        ),
        "avoid": (Caution("alcohol.limit", "block", True), Caution("salt.limit", "limit", True)),
        "foods_to_choose": (FoodNote("shanyao", "qi_deficiency", 2), FoodNote("xiaomi", "qi_deficiency", 1)),
        "foods_to_avoid": (FoodNote("xigua", "yang_deficiency", -3),),
        "first_week": week,
        "this_week": ("diet.regular_meals", "daily_living.sleep_2230", "acupoint.st36"),
        "calendar": calendar(),
        "next_assessments": (date(2027, 2, 23), date(2027, 5, 23)),
        "unknowns": ("pregnant", "medicines"),
        "complaints": ("constipation",),
        "programmes": (),
        "long_summer": False,
        "review_reasons": (),
        "engine_version": "0.1.0",
        "knowledge_version": "0" * 64,
    } | changes
    return Plan(**content, fingerprint=fingerprint_of(content))


def emergency() -> Plan:
    flag = TriageFlag("chest_pain", "emergency", ())
    return plan(
        triage=Triage((flag,), ("fainting",), "everything", ("constipation",)),
        items=(),
        excluded=(),
        first_week=(),
        this_week=(),
        calendar=(),
        foods_to_choose=(),
        foods_to_avoid=(),
        complaints=(),
        review_reasons=(Coded("red_flag", {"urgency": "emergency", "count": 1}),),
    )


def undetermined() -> Plan:
    result = assessment(
        scores=(58.0, 12.0, 8.0, 29.0, 10.0, None, 25.0, 27.0, 0.0),
        verdicts=("no",) * 5 + ("undetermined",) + ("no",) * 3,
        primary=None,
        accompanying=(),
        tendencies=(),
        conclusion=Coded("undetermined", {"constitutions": (), "tendencies": (), "undetermined": ("damp_heat",)}),
        sex=None,
        review_reasons=(Coded("nothing_applies"), Coded("sex_missing")),
    )
    return plan(assessment=result, review_reasons=result.review_reasons)
