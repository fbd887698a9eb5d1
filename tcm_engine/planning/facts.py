"""What is known of a person as facts that safety rules speak about: known to hold, known not to, not known.

Unknown is not safe: what was not answered, and what was answered in words that no register knows, is `maybe`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from knowledge_base import KnowledgeBase
from knowledge_base.model import When
from tcm_engine.model import Coded, Listed, Profile

from .vitals import conditions_of, reasons_to_refer

CHILDBEARING = range(12, 56)
"""Ages in whole years at which an unanswered question about pregnancy or lactation counts as yes (design, section 5)."""
_AGE_FACTS = {"age:under_18": (0, 17), "age:65_plus": (65, 200), "age:80_plus": (80, 200)}
_LISTS = {"conditions": "condition", "medicines": "medicine", "allergies": "allergy"}
_REGISTERS = {"conditions": "conditions", "medicines": "medicines", "allergies": "allergens"}


@dataclass(frozen=True, slots=True)
class Facts:
    yes: frozenset[str]
    maybe: frozenset[str]
    unknowns: tuple[str, ...]
    """Questions that were not answered and whose answer could matter, in a fixed order."""
    review_reasons: tuple[Coded, ...]


def vocabulary(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Every fact a rule may name, in a fixed order."""
    named = ["pregnant", "lactating", "trimester:1", "trimester:2", "trimester:3", *_AGE_FACTS, "sex:female", "sex:male"]
    named += [f"season:{code}" for code in knowledge.seasons]
    for field, prefix in _LISTS.items():
        named += [f"{prefix}:{code}" for code in getattr(knowledge, _REGISTERS[field])]
    return tuple(named)


def facts_of(profile: Profile, on: date, season: str, knowledge: KnowledgeBase) -> Facts:
    """Facts of a person on a day."""
    yes, maybe = {f"season:{season}"}, set[str]()
    unknowns: list[str] = []
    age = profile.age_on(on)
    for step in (_sex, _age, _pregnancy):
        step(profile, age, yes, maybe, unknowns)
    reasons: list[Coded] = []
    for field in _LISTS:
        reasons += _listed(field, getattr(profile, field), getattr(knowledge, _REGISTERS[field]), yes, maybe, unknowns)
    for code in conditions_of(profile.vitals):
        yes |= {f"condition:{name}" for name in classes_of(code, knowledge.conditions)}
    reasons += reasons_to_refer(profile.vitals)
    return Facts(frozenset(yes), frozenset(maybe - yes), tuple(unknowns), tuple(reasons))


def _sex(profile: Profile, _age: int | None, yes: set[str], maybe: set[str], unknowns: list[str]) -> None:
    if profile.sex is None:
        maybe |= {"sex:female", "sex:male"}
        unknowns.append("sex")
    else:
        yes.add(f"sex:{profile.sex}")


def _age(profile: Profile, age: int | None, yes: set[str], maybe: set[str], unknowns: list[str]) -> None:
    if age is None:
        maybe |= set(_AGE_FACTS)
        unknowns.append("birth_date")
        return
    yes |= {fact for fact, (low, high) in _AGE_FACTS.items() if low <= age <= high}


def _pregnancy(profile: Profile, age: int | None, yes: set[str], maybe: set[str], unknowns: list[str]) -> None:
    possible = profile.sex != "male" and (age is None or age in CHILDBEARING)
    for fact, answer in (("pregnant", profile.pregnant), ("lactating", profile.lactating)):
        if answer:
            yes.add(fact)
        elif answer is None and possible:
            maybe.add(fact)
            unknowns.append(fact)
    if profile.pregnant and profile.trimester:
        yes.add(f"trimester:{profile.trimester}")
    elif "pregnant" in yes or "pregnant" in maybe:
        maybe |= {"trimester:1", "trimester:2", "trimester:3"}
        if "pregnant" in yes:
            unknowns.append("trimester")


def _listed(field: str, given: Listed | None, register: Mapping, yes: set[str], maybe: set[str], unknowns: list[str]) -> list[Coded]:
    prefix = _LISTS[field]
    everything = {f"{prefix}:{code}" for code in register}
    if given is None:
        maybe |= everything
        unknowns.append(field)
        return []
    for code in given.codes:
        yes |= {f"{prefix}:{name}" for name in classes_of(code, register)}
    if not given.words:
        return []
    # A word that the register does not know could stand for any of its entries.
    maybe |= everything
    return [Coded(f"unregistered_{prefix}", {"count": len(given.words)})]


def possible(when: When, facts: Facts) -> bool:
    """Whether a condition holds or may hold: what is not known counts as yes."""
    open_ = facts.yes | facts.maybe
    return (not when.any or not open_.isdisjoint(when.any)) and open_.issuperset(when.all)


def classes_of(code: str, register: Mapping) -> set[str]:
    """A register entry and every class it belongs to, classes of classes included."""
    found, open_ = set[str](), [code]
    while open_:
        name = open_.pop()
        if name not in found and name in register:
            found.add(name)
            open_ += register[name].member_of
    return found
