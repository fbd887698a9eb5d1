"""The people of the sweeps: one for each safety condition, one who told nothing, one who has everything; and every verdict they can get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from types import MappingProxyType

from tcm_engine.model import CONSTITUTIONS, Assessment, Listed, Profile
from tests.planning.worlds import assessment

ON = {"spring": date(2026, 3, 20), "summer": date(2026, 7, 20), "autumn": date(2026, 10, 1), "winter": date(2026, 12, 25)}
NONE = Listed()
ADULT = date(1990, 5, 1)
PLAIN = Profile(
    sex="female",
    birth_date=ADULT,
    pregnant=False,
    lactating=False,
    conditions=NONE,
    medicines=NONE,
    allergies=NONE,
    complaints=NONE,
    preferences=NONE,
)
ALLERGENS = ("peanut", "tree_nut", "seafood", "milk", "egg", "wheat", "mango", "soy", "sesame")
CONDITIONS = ("hypertension", "diabetes", "gout", "g6pd_deficiency", "chronic_kidney_disease", "coronary_heart_disease")
MEDICINES = ("warfarin", "aspirin", "metformin", "insulin", "digoxin", "statin", "maoi", "antihypertensive")
COMPLAINTS = (
    "constipation",
    "insomnia",
    "tinnitus",
    "forgetfulness",
    "frequent_urination",
    "cough_wheeze",
    "digestive_discomfort",
    "low_back_knee_pain",
    "low_resistance",
    "acid_reflux",
    "acne",
    "bloating",
    "cold_hands_feet",
    "dizziness",
    "dry_eyes",
    "dry_mouth",
    "fatigue",
    "hair_loss",
    "hangover",
    "headache",
    "irritability",
    "loose_stools",
    "low_mood",
    "menstrual_pain",
    "nasal_allergy",
    "neck_shoulder_stiffness",
    "night_sweats",
    "overweight",
    "palpitations",
    "perimenopause",
    "poor_appetite",
    "screen_eyes",
    "swelling",
)
"""All of the knowledge base."""


def people() -> dict[str, Profile]:
    """Name of the case -> the person."""
    cases = {"plain": PLAIN, "plain man": replace(PLAIN, sex="male", pregnant=None, lactating=None)}
    cases |= {f"pregnant, trimester {t}": replace(PLAIN, pregnant=True, trimester=t) for t in (1, 2, 3)}
    cases |= {"pregnant": replace(PLAIN, pregnant=True), "lactating": replace(PLAIN, lactating=True)}
    cases |= {"aged 70": replace(PLAIN, birth_date=date(1956, 5, 1)), "aged 85": replace(PLAIN, birth_date=date(1941, 5, 1))}
    cases |= {code: replace(PLAIN, conditions=Listed((code,))) for code in CONDITIONS}
    cases |= {code: replace(PLAIN, medicines=Listed((code,))) for code in MEDICINES}
    cases |= {f"{code} allergy": replace(PLAIN, allergies=Listed((code,))) for code in ALLERGENS}
    cases["a medicine nobody knows"] = replace(PLAIN, medicines=Listed((), ("x",)))
    cases["nothing known"] = Profile()
    cases["everything at once"] = Profile(
        sex="female",
        birth_date=date(1974, 5, 1),
        pregnant=True,
        trimester=1,
        lactating=True,
        conditions=Listed(CONDITIONS),
        medicines=Listed(MEDICINES),
        allergies=Listed(ALLERGENS),
        complaints=Listed(COMPLAINTS),
        preferences=NONE,
    )
    return cases


def verdicts(most: int = 3) -> Iterator[Assessment]:
    """Every combination of verdicts with at most `most` biased types that are not `no`."""
    for count in range(most + 1):
        for types in combinations(CONSTITUTIONS[1:], count):
            for levels in product(("yes", "tendency"), repeat=count):
                named = dict(zip(types, levels, strict=True))
                for balanced in _balanced(levels):
                    yield assessment({"balanced": balanced, **named})


def _balanced(levels: tuple[str, ...]) -> tuple[str, ...]:
    if "yes" in levels:
        return ("no",)
    return ("basically", "no") if levels else ("yes", "no", "undetermined")


def with_complaint(profile: Profile, complaint: str, flags: dict | None = None) -> Profile:
    return replace(profile, complaints=Listed((complaint,)), red_flags=MappingProxyType(flags or {}))
