"""Nothing stands in a register for nothing: what no rule, piece or preference speaks about would be passed over in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..base import Found
from ..model import When
from ..problem import Problem
from .walk import entries, parts


def _sources(found: Found) -> Iterator[Problem]:
    cited = {cite.source for _, _, _, entry in entries(found) for _, part in parts(entry) for cite in getattr(part, "cites", ())}
    for _, code, file, _ in entries(found, "sources"):
        if code not in cited:
            yield Problem(file, "$", f"nothing cites {code}; remove it or cite it")


def _spoken_about(found: Found) -> Iterator[Problem]:
    """A condition, medicine or allergen that no rule acts on (by itself or by a class of it) would look as if it were looked after."""
    spoken = _facts(found)
    for register, fact in (("conditions", "condition"), ("medicines", "medicine"), ("allergens", "allergy")):
        for _, code, file, _ in entries(found, register):
            if not spoken[fact] & _with_classes(found, register, code):
                yield Problem(file, "$", f"no safety rule speaks about {fact}:{code} or a class of it; write one or remove the entry")


def _tags(found: Found) -> Iterator[Problem]:
    meant = _features(found)
    for _, code, file, _ in entries(found, "tags"):
        if f"tag:{code}" not in meant:
            yield Problem(file, "$", f"no safety rule and no preference speaks about tag:{code}; write one or remove the tag")


def _facts(found: Found) -> dict[str, set[str]]:
    spoken: dict[str, set[str]] = defaultdict(set)
    for _, _, _, entry in entries(found, "safety", "advice"):
        for _, part in parts(entry):
            for fact in (*part.any, *part.all) if isinstance(part, When) else ():
                spoken[fact.partition(":")[0]].add(fact.partition(":")[2])
    return spoken


def _features(found: Found) -> set[str]:
    rules = {feature for _, _, _, rule in entries(found, "safety") for feature in rule.features}
    return rules | {feature for _, _, _, wish in entries(found, "preferences") for feature in (*wish.avoids, *wish.favours)}


def _with_classes(found: Found, register: str, code: str) -> set[str]:
    reached, open_ = set(), [code]
    while open_:
        name = open_.pop()
        if name not in reached and name in found[register]:
            reached.add(name)
            open_ += found[register][name][1].member_of
    return reached


CHECKS = (_sources, _spoken_about, _tags)
