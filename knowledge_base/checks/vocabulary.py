"""What facts and features a rule may name (documented on SafetyRule in knowledge_base/model/safety.py)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..base import Found
from ..model import Domain, Food, Movement

PLAIN_FACTS = frozenset(
    [
        "pregnant",
        "lactating",
        "trimester:1",
        "trimester:2",
        "trimester:3",
        "age:under_18",
        "age:65_plus",
        "age:80_plus",
        "sex:female",
        "sex:male",
    ]
)
FACT_REGISTERS = MappingProxyType({"condition": "conditions", "medicine": "medicines", "allergy": "allergens", "season": "seasons"})
FEATURE_REGISTERS = MappingProxyType(
    {"food": "foods", "allergen": "allergens", "tag": "tags", "technique": "techniques", "movement": "movements", "advice": "advice"}
)
MERIDIANS: Mapping[str, int] = MappingProxyType(
    {"LU": 11, "LI": 20, "ST": 45, "SP": 21, "HT": 9, "SI": 19, "BL": 67, "KI": 27, "PC": 9, "TE": 23, "GB": 44, "LR": 14}
    | {"CV": 24, "GV": 29}
)
"""Points per meridian in GB/T 12346-2021."""
ORGANS = frozenset(
    {
        "heart", "liver", "spleen", "lung", "kidney", "stomach",
        "gallbladder", "small_intestine", "large_intestine", "bladder", "pericardium", "triple_burner",
    }
)  # fmt: skip


def _levels(shape: type, field: str) -> frozenset[str]:
    return frozenset(shape.model_fields[field].annotation.__args__)  # type: ignore[attr-defined]  # a Literal


CLOSED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "nature": _levels(Food, "nature"),
        "purine": _levels(Food, "purine"),
        "sugar": _levels(Food, "sugar"),
        "animal": _levels(Food, "animal"),
        "kind": _levels(Food, "kind"),
        "intensity": _levels(Movement, "intensity"),
        "domain": frozenset(Domain),
        "recipe": frozenset(("congee", "soup", "dish", "staple", "drink", "sweet")),
    }
)
"""Features with a fixed list of values -> the values."""


def wrong_fact(found: Found, fact: str) -> str | None:
    """Why a rule may not name this fact; None where it may."""
    if fact in PLAIN_FACTS:
        return None
    kind, _, code = fact.partition(":")
    if kind not in FACT_REGISTERS:
        return f"{fact} is no fact of a person; SafetyRule in model/safety.py lists the facts"
    return _unknown(found, FACT_REGISTERS[kind], code)


def wrong_feature(found: Found, feature: str) -> str | None:
    """Why a rule may not name this feature; None where it may. A point need not be in the register: rules may be wider than it."""
    kind, _, code = feature.partition(":")
    if kind == "point":
        return None if _is_point(code) else f"{code} is no point of GB/T 12346 or an extra point (EX-...)"
    if kind in CLOSED:
        return None if code in CLOSED[kind] else f"{feature}: {kind} is one of {', '.join(sorted(CLOSED[kind]))}"
    if kind not in FEATURE_REGISTERS:
        return f"{feature} is no feature of a piece; SafetyRule in model/safety.py lists the features"
    return _unknown(found, FEATURE_REGISTERS[kind], code)


def _unknown(found: Found, register: str, code: str) -> str | None:
    return None if code in found[register] else f"{code} is not in the register {register}; add its file or correct the code"


def _is_point(code: str) -> bool:
    if code.startswith("EX-"):
        return True
    letters = code.rstrip("0123456789+")
    return code.rstrip("+")[len(letters) :].isdigit() and 1 <= int(code.rstrip("+")[len(letters) :]) <= MERIDIANS.get(letters, 0)
