"""Nothing stands in a register for nothing: what no rule, piece or preference speaks about would be passed over in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..base import Found
from ..model import When
from ..problem import Problem
from .walk import entries, parts, with_classes

NAMED = ("conditions", "medicines", "allergens", "preferences", "complaints", "foods")
"""Registers whose entries people name in their own words."""


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
            if not spoken[fact] & with_classes(found, register, code):
                yield Problem(file, "$", f"no safety rule speaks about {fact}:{code} or a class of it; write one or remove the entry")


def _tags(found: Found) -> Iterator[Problem]:
    meant = _features(found)
    for _, code, file, _ in entries(found, "tags"):
        if f"tag:{code}" not in meant:
            yield Problem(file, "$", f"no safety rule and no preference speaks about tag:{code}; write one or remove the tag")


def _words(found: Found) -> Iterator[Problem]:
    """A word that a person writes means one entry: a code, a name or an alias stands for nothing else in its register."""
    for register in NAMED:
        meant: dict[str, str] = {}
        for _, code, file, entry in entries(found, register):
            for word in {name.casefold() for name in (code, entry.name.zh, *entry.aliases)}:
                if word in meant:
                    yield Problem(file, "$.aliases", f"{word} already stands for {meant[word]}; remove it from one of them")
                meant[word] = code


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


CHECKS = (_sources, _spoken_about, _tags, _words)
