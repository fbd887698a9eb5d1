"""People whose plans the page tests print: from nothing known to everything at once, on the shipped knowledge."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from knowledge_base import load_instrument
from tcm_engine import Engine
from tcm_engine.model import Listed, Plan, Profile
from tcm_engine.views import PlanView, present
from tests.planning.people import COMPLAINTS

ON = date(2026, 11, 23)
SAMPLE = json.loads((Path(__file__).parents[2] / "docs" / "samples" / "person.json").read_text(encoding="utf-8"))
KNOWN = {"pregnant": False, "lactating": False, "allergies": Listed(()), "preferences": Listed(())}


@cache
def engine() -> Engine:
    return Engine.load()


def sample() -> Plan:
    who = SAMPLE["person"]
    lists = {name: Listed(tuple(who[name])) for name in ("conditions", "medicines", "allergies", "complaints", "preferences")}
    return _plan(
        SAMPLE["answers"],
        Profile(sex="female", birth_date=date.fromisoformat(who["birth_date"]), pregnant=False, lactating=False, **lists),
    )


def nothing_known() -> Plan:
    return _plan({key: answer for key, answer in SAMPLE["answers"].items() if key not in ("discharge_f", "scrotum_m")}, Profile())


def balanced() -> Plan:
    well = _answers("gbt_46939_2025", "male", 1) | {"energy": 5}
    return _plan(well, Profile(sex="male", birth_date=date(1994, 3, 2), conditions=Listed(()), medicines=Listed(()), **KNOWN))


def elderly() -> Plan:
    answers = _answers("elderly_33", "female", 2) | {"q2": 4, "q3": 4, "q4": 4, "q14": 4, "q11": 4, "q12": 4, "q13": 4, "q29": 4}
    conditions, medicines = Listed(("hypertension",)), Listed(("antihypertensive",))
    return _plan(
        answers, Profile(sex="female", birth_date=date(1951, 6, 8), conditions=conditions, medicines=medicines, **KNOWN), "elderly_33"
    )


def mixed() -> Plan:
    """Three types and two complaints."""
    strong = ("tired", "short_breath", "palpitation", "heavy_body", "flabby_belly", "sticky_mouth", "gloomy", "nervous", "sentimental")
    answers = _answers("gbt_46939_2025", "male", 1) | dict.fromkeys(strong, 4)
    two, none = Listed(("insomnia", "digestive_discomfort")), Listed(())
    return _plan(answers, Profile(sex="male", birth_date=date(1984, 1, 20), conditions=none, medicines=none, complaints=two, **KNOWN))


def everything() -> Plan:
    kb = engine().knowledge
    answers = _answers("gbt_46939_2025", "female", 5) | {"energy": 1}
    return _plan(
        answers,
        Profile(
            sex="female",
            birth_date=date(1990, 9, 9),
            pregnant=True,
            lactating=True,
            conditions=Listed(tuple(kb.conditions)),
            medicines=Listed(tuple(kb.medicines)),
            allergies=Listed(tuple(kb.allergens)),
            complaints=Listed(COMPLAINTS[:9]),
            vitals={"systolic_mmhg": 185.0, "diastolic_mmhg": 112.0, "fasting_glucose_mmol_l": 17.0},
            preferences=Listed(tuple(kb.preferences)),
        ),
    )


PEOPLE: dict[str, Callable[[], Plan]] = {
    "sample": sample,
    "nothing_known": nothing_known,
    "balanced": balanced,
    "elderly": elderly,
    "mixed": mixed,
    "everything": everything,
}


@cache
def plan_of(name: str) -> Plan:
    return PEOPLE[name]()


def seen(name: str, lang: str) -> PlanView:
    return present(plan_of(name), lang, knowledge=engine().knowledge)


def _answers(instrument: str, sex: str, answer: int) -> dict[str, Any]:
    return {item.key: answer for item in load_instrument(instrument).items if item.sex in (None, sex)}


def _plan(answers: dict[str, Any], profile: Profile, instrument: str = "gbt_46939_2025") -> Plan:
    assessment = engine().assess(instrument, answers, sex=profile.sex, assessed_on=ON, birth_date=profile.birth_date)
    return engine().plan(assessment, profile, ON)
