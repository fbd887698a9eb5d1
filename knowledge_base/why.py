"""Why an entry says what it says, and what would change with it: its evidence, all that names it, and its benefit explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .base import KnowledgeBase
from .checks.consistency import Expected, expected_of
from .checks.walk import statements
from .features import features_of_advice, features_of_food
from .model import Advice, Constitution, Food, Ingredient, Movement, Point, SafetyRule, Technique, Text

EXPLAINED = ("advice", "safety", "foods", "points", "movements", "techniques", "complaints", "red_flags")
"""Registers whose entries a person meets as advice, warning or help."""
Relation = Literal["recipe", "uses", "serves", "step", "sign", "block", "limit", "warn", "avoids", "favours"]
RULE_LEVELS: tuple[Literal["block", "limit", "warn"], ...] = ("block", "limit", "warn")


@dataclass(frozen=True, slots=True)
class Support:
    """One citation of one statement of the entry."""

    path: str
    source: str
    title: Text
    seen: str
    locator: str
    grade: str
    status: str
    on: date
    note: str
    decision: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that names the entry, or that acts on it."""

    register: str
    key: str
    name: Text
    relation: Relation
    detail: str
    """Of `recipe` the grams, of `serves` the level, of `step` slot and week, of rules and wishes the features they act on."""


@dataclass(frozen=True, slots=True)
class Because:
    """A level of benefit beside what it comes from."""

    constitution: Constitution
    level: int
    comes_from: tuple[str, ...]
    """`yiner 2 (10 g)` of a recipe; `nature:warm <= 0` of a food."""


@dataclass(frozen=True, slots=True)
class Why:
    register: str
    key: str
    name: Text
    rests_on: tuple[Support, ...]
    named_by: tuple[Mention, ...]
    benefit: tuple[Because, ...]
    differs: str
    """Why the benefit is not what its parts lead to, where somebody had to say so."""


def why(knowledge: KnowledgeBase, key: str) -> tuple[Why, ...]:
    """One answer for every register of `EXPLAINED` that has this code or id. Raises KeyError where none has."""
    found = tuple(
        _why(knowledge, register, key, entries[key]) for register in EXPLAINED if key in (entries := getattr(knowledge, register))
    )
    if not found:
        raise KeyError(key)
    return found


def _why(knowledge: KnowledgeBase, register: str, key: str, entry: Any) -> Why:
    return Why(
        register,
        key,
        name_of(entry),
        tuple(_support(knowledge, entry)),
        tuple(_mentions(knowledge, register, key, entry)),
        tuple(_benefit(knowledge, entry)),
        entry.differs if isinstance(entry, Food) else entry.recipe.differs if isinstance(entry, Advice) and entry.recipe else "",
    )


def name_of(entry: Any) -> Text:
    """The words by which a person knows an entry."""
    return next(getattr(entry, field) for field in ("title", "name", "sign", "text") if hasattr(entry, field))


def _support(knowledge: KnowledgeBase, entry: Any) -> Iterator[Support]:
    for path, said in statements(entry):
        for cite in said.cites:
            source, review = knowledge.sources[cite.source], said.review
            yield Support(
                path, cite.source, source.title, source.seen, cite.locator, said.grade, review.status, review.on, review.note, said.decision
            )


# --- what names it -----------------------------------------------------------------------------------------------------


def _mentions(knowledge: KnowledgeBase, register: str, key: str, entry: Any) -> Iterator[Mention]:
    if register in ("foods", "points", "movements", "techniques"):
        yield from _pieces_using(knowledge, register, key)
    elif register in ("complaints", "safety"):
        yield from _pieces_for(knowledge, register, key, entry)
    elif register == "advice":
        yield from _programmes(knowledge, key)
    yield from _rules_on(knowledge, _features(knowledge, register, entry))
    if register == "complaints":
        flags = ((code, flag) for code, flag in knowledge.red_flags.items() if key in flag.complaints)
        yield from (Mention("red_flags", code, flag.sign, "sign", flag.urgency) for code, flag in flags)


def _pieces_using(knowledge: KnowledgeBase, register: str, key: str) -> Iterator[Mention]:
    for id_, piece in knowledge.advice.items():
        dish = [i for i in piece.recipe.ingredients if i.food == key] if piece.recipe and register == "foods" else []
        if dish:
            yield Mention("advice", id_, piece.title, "recipe", f"{sum(i.grams for i in dish):g} g")
        elif key in getattr(piece.uses, register):
            yield Mention("advice", id_, piece.title, "uses", "")


def _pieces_for(knowledge: KnowledgeBase, register: str, key: str, entry: Any) -> Iterator[Mention]:
    """Pieces that serve a complaint, or that a rule acts on."""
    for id_, piece in knowledge.advice.items():
        if register == "complaints" and key in piece.complaints:
            yield Mention("advice", id_, piece.title, "serves", str(piece.complaints[key]))
        elif register == "safety" and (met := features_of_advice(piece, knowledge) & frozenset(entry.features)):
            yield Mention("advice", id_, piece.title, entry.level, ", ".join(sorted(met)))


def _programmes(knowledge: KnowledgeBase, id_: str) -> Iterator[Mention]:
    for code, complaint in knowledge.complaints.items():
        for step in complaint.programme.steps if complaint.programme else ():
            if id_ in step.pieces:
                yield Mention("complaints", code, complaint.name, "step", f"{step.slot} {step.from_week}")


def _features(knowledge: KnowledgeBase, register: str, entry: Any) -> frozenset[str]:
    if isinstance(entry, Advice):
        return features_of_advice(entry, knowledge)
    if isinstance(entry, Food):
        return features_of_food(entry)
    if isinstance(entry, Movement):
        return frozenset({f"movement:{entry.code}", f"intensity:{entry.intensity}", *(f"tag:{tag}" for tag in entry.tags)})
    return frozenset({f"{register[:-1]}:{entry.code}"}) if isinstance(entry, Point | Technique) else frozenset()


def _rules_on(knowledge: KnowledgeBase, features: frozenset[str]) -> Iterator[Mention]:
    """Safety rules and wishes that act on one of the features: what a plan asks before it gives the entry, the strictest first."""
    rules: list[tuple[SafetyRule, frozenset[str]]] = [
        (r, met) for r in knowledge.safety.values() if (met := features & frozenset(r.features))
    ]
    for rule, met in sorted(rules, key=lambda pair: (RULE_LEVELS.index(pair[0].level), pair[0].id)):
        yield Mention("safety", rule.id, rule.text, rule.level, ", ".join(sorted(met)))
    for code, wish in knowledge.preferences.items():
        wishes: tuple[tuple[Relation, tuple[str, ...]], ...] = (("avoids", wish.avoids), ("favours", wish.favours))
        for word, named in wishes:
            if met := features & frozenset(named):
                yield Mention("preferences", code, wish.name, word, ", ".join(sorted(met)))


# --- its benefit -------------------------------------------------------------------------------------------------------


def _benefit(knowledge: KnowledgeBase, entry: Any) -> Iterator[Because]:
    if isinstance(entry, Food):
        expected = expected_of(entry)
        yield from (
            Because(t, entry.benefit.get(t, 0), _said(expected, t)) for t in Constitution if t in entry.benefit or _said(expected, t)
        )
    elif isinstance(entry, Advice):
        parts = entry.recipe.ingredients if entry.recipe else ()
        yield from (Because(t, level, tuple(_ingredients(knowledge, parts, t))) for t, level in entry.benefit.items())


def _said(expected: tuple[Expected, ...], constitution: Constitution) -> tuple[str, ...]:
    return tuple(f"{one.because} {one.limit()}" for one in expected if one.constitution == constitution)


def _ingredients(knowledge: KnowledgeBase, parts: tuple[Ingredient, ...], constitution: Constitution) -> Iterator[str]:
    for part in parts:
        if level := knowledge.foods[part.food].benefit.get(constitution, 0):
            yield f"{part.food} {level:+d} ({part.grams:g} g)"
