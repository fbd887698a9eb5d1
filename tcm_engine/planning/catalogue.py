"""The knowledge base as arrays: what the matching kernel reads. Compiled once, when the engine loads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge_base import KnowledgeBase, features_of_advice, features_of_food
from knowledge_base.model import Advice, Constitution, Contraindication, Domain, Food, SafetyRule, Season, Statement, When, Zone
from tcm_engine.kernels.matching import ShelfArrays
from tcm_engine.model import CONSTITUTIONS, Place, Uses

from .facts import vocabulary
from .solar_terms import TERMS

DOMAINS: tuple[str, ...] = tuple(d.value for d in Domain)
SEASONS: tuple[str, ...] = tuple(s.value for s in Season)
EVERYWHERE = (1 << 64) - 1
NO_ZONE = 63
"""The bit of a person whose zone is not known: only pieces for everywhere have it."""
EFFORT_POINTS = -2
"""Rank points for each step of effort beyond the first: of two equal pieces the easier one comes first. Project decision."""

IN_MARKET, OUT_OF_MARKET = 2, -3
"""Season levels of a food that is in the market for part of the year."""
FLESH = ("animal:meat", "animal:pork", "animal:fish", "animal:seafood")


@dataclass(frozen=True, slots=True)
class Rule:
    """A safety rule, or a contraindication of one piece, in the one form that is compiled."""

    id: str
    when: When
    level: str
    unknown_counts: bool
    features: frozenset[str]
    statement: Statement


@dataclass(frozen=True, slots=True)
class Rules:
    entries: tuple[Rule, ...]
    fact_index: Mapping[str, int]
    any_of: np.ndarray
    all_of: np.ndarray
    counts_unknown: np.ndarray

    def words(self, facts: Iterable[str]) -> np.ndarray:
        return pack((self.fact_index[f] for f in facts if f in self.fact_index), self.any_of.shape[1])


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pieces (advice, or foods), sorted by domain, then id; the arrays have the same order."""

    ids: tuple[str, ...]
    index: Mapping[str, int]
    """Id -> place on the shelf."""
    features: tuple[frozenset[str], ...]
    used: tuple[frozenset[str], ...]
    """The foods, points and movements among the features: what the person takes or does."""
    make: tuple[frozenset[str], ...]
    """What makes two pieces alike without being the same: the kind of animal food, the points, the movements."""
    arrays: ShelfArrays

    def of_domain(self, domain: int) -> range:
        """Places of a domain's pieces; `domain`: its place in `DOMAINS`."""
        return range(int(self.arrays.domain_starts[domain]), int(self.arrays.domain_starts[domain + 1]))


@dataclass(frozen=True, slots=True)
class Catalogue:
    knowledge: KnowledgeBase
    rules: Rules
    advice: Shelf
    foods: Shelf
    needs: tuple[tuple[str, str], ...]
    """What a piece can serve, in the order of `ShelfArrays.need`: ("complaint", code) for each, then ("pattern", code) for each."""
    preferences: tuple[str, ...]
    uses: Mapping[str, Uses]

    def zone_of(self, place: Place) -> Zone | None:
        """The climate zone of a place, where it is known."""
        return self.knowledge.zones.get(place.zone) if place.zone else None


def pack(bits: Iterable[int], words: int) -> np.ndarray:
    """Indexes -> uint64 [words] with those bits set."""
    packed = np.zeros(words, np.uint64)
    for bit in bits:
        packed[bit >> 6] |= np.uint64(1) << np.uint64(bit & 63)
    return packed


def compile_catalogue(knowledge: KnowledgeBase) -> Catalogue:
    needs, preferences = _needs(knowledge), tuple(knowledge.preferences)
    rules = _compile_rules(knowledge)
    pieces = sorted(knowledge.advice.values(), key=lambda a: (DOMAINS.index(a.domain), a.id))
    advice = _shelf(
        ids=[a.id for a in pieces],
        features=[features_of_advice(a, knowledge) for a in pieces],
        domains=[DOMAINS.index(a.domain) for a in pieces],
        benefit=[a.benefit for a in pieces],
        season=[a.seasons for a in pieces],
        term=[a.solar_terms for a in pieces],
        long_summer=[a.long_summer for a in pieces],
        need=[{("complaint", c): n for c, n in a.complaints.items()} | {("pattern", c): n for c, n in a.patterns.items()} for a in pieces],
        zones=[a.zones for a in pieces],
        effort=[a.effort for a in pieces],
        harms=[_with_foods(a, knowledge) for a in pieces],
        rules=rules,
        needs=needs,
        knowledge=knowledge,
    )
    shown = sorted(knowledge.foods.values(), key=lambda f: f.code)
    foods = _shelf(
        ids=[f.code for f in shown],
        features=[features_of_food(f) for f in shown],
        domains=[0 for _ in shown],
        benefit=[f.benefit for f in shown],
        season=[_market(f) for f in shown],
        term=[{} for _ in shown],
        long_summer=[0 for _ in shown],
        need=[{} for _ in shown],
        zones=[f.zones for f in shown],
        effort=[1 for _ in shown],
        harms=[f.benefit for f in shown],
        rules=rules,
        needs=needs,
        knowledge=knowledge,
    )
    uses = {a.id: _uses(a) for a in pieces}
    return Catalogue(knowledge, rules, advice, foods, needs, preferences, uses)


def _needs(knowledge: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    patterns = sorted({pattern.code for complaint in knowledge.complaints.values() for pattern in complaint.patterns})
    return (*(("complaint", code) for code in knowledge.complaints), *(("pattern", code) for code in patterns))


def _with_foods(piece: Advice, knowledge: KnowledgeBase) -> dict[str, int]:
    """The worst that a piece or one of its foods does to each type: a plan must not cook what it tells the same person to avoid."""
    vectors = [piece.benefit, *(knowledge.foods[code].benefit for code in piece.foods())]
    return {c: min(int(vector.get(Constitution(c), 0)) for vector in vectors) for c in CONSTITUTIONS}


def _market(food: Food) -> dict[str, int]:
    """A food with a season of its own comes forward in it, and back outside of it."""
    return {s: (IN_MARKET if s in food.seasons else OUT_OF_MARKET) for s in SEASONS} if food.seasons else {}


def _uses(piece: Advice) -> Uses:
    return Uses(piece.foods(), piece.uses.points, piece.uses.movements, piece.uses.techniques)


def _compile_rules(knowledge: KnowledgeBase) -> Rules:
    entries = tuple(_all_rules(knowledge))
    index = {fact: i for i, fact in enumerate(vocabulary(knowledge))}
    words = (len(index) + 63) // 64
    any_of = np.zeros((len(entries), words), np.uint64)
    all_of = np.zeros((len(entries), words), np.uint64)
    for r, rule in enumerate(entries):
        any_of[r] = pack((index[f] for f in rule.when.any), words)
        all_of[r] = pack((index[f] for f in rule.when.all), words)
    return Rules(entries, index, any_of, all_of, np.array([r.unknown_counts for r in entries], np.bool_))


def _all_rules(knowledge: KnowledgeBase) -> Iterable[Rule]:
    for rule in knowledge.safety.values():
        yield _from_safety(rule)
    for piece in knowledge.advice.values():
        for number, found in enumerate(piece.contraindications, 1):
            yield _from_piece(piece, number, found)


def _from_safety(rule: SafetyRule) -> Rule:
    counts = True if rule.level == "block" else rule.unknown_counts
    return Rule(rule.id, rule.when, rule.level, counts, frozenset(rule.features), rule)


def _from_piece(piece: Advice, number: int, found: Contraindication) -> Rule:
    return Rule(f"{piece.id}.contraindication_{number}", found.when, found.level, True, frozenset({f"advice:{piece.id}"}), found)


def _shelf(
    *,
    ids: Sequence[str],
    features: Sequence[frozenset[str]],
    domains: Sequence[int],
    benefit: Sequence[Mapping],
    season: Sequence[Mapping],
    term: Sequence[Mapping],
    long_summer: Sequence[int],
    need: Sequence[Mapping],
    zones: Sequence[tuple[str, ...]],
    effort: Sequence[int],
    harms: Sequence[Mapping],
    rules: Rules,
    needs: tuple[tuple[str, str], ...],
    knowledge: KnowledgeBase,
) -> Shelf:
    worst = _levels(harms, CONSTITUTIONS)
    preferences = tuple(knowledge.preferences.values())
    types = np.left_shift(1, np.arange(len(CONSTITUTIONS)))[:, None]
    arrays = ShelfArrays(
        domain_starts=np.searchsorted(np.asarray(domains, np.int64), np.arange(len(DOMAINS) + 1)).astype(np.int64),
        benefit=_levels(benefit, CONSTITUTIONS),
        season=_levels(season, SEASONS),
        term=_levels(term, TERMS),
        need=_levels(need, needs),
        long_summer=np.asarray(long_summer, np.int8),
        zones=np.array([zone_bits(own, knowledge) for own in zones], np.uint64),
        effort=((np.asarray(effort, np.int32) - 1) * EFFORT_POINTS).astype(np.int32),
        harms_yes=((worst <= -2) * types).sum(0).astype(np.uint16),
        harms_tendency=((worst <= -3) * types).sum(0).astype(np.uint16),
        blocked_by=_blocked_by(features, rules),
        avoided=_touched(features, [p.avoids for p in preferences]),
        favoured=_touched(features, [p.favours for p in preferences]),
    )
    used = _among(features, ("food:", "point:", "movement:"))
    make = tuple(frozenset("animal:flesh" if f in FLESH else f for f in own) for own in _among(features, (*FLESH, "point:", "movement:")))
    return Shelf(tuple(ids), {id_: p for p, id_ in enumerate(ids)}, tuple(features), used, make, arrays)


def zone_bits(zones: Sequence[str], knowledge: KnowledgeBase) -> int:
    """Bits of climate zones; all bits for none named."""
    register = tuple(knowledge.zones)
    return sum(1 << register.index(code) for code in zones) if zones else EVERYWHERE


def _among(features: Sequence[frozenset[str]], beginnings: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(f for f in own if f.startswith(beginnings)) for own in features)


def _levels(vectors: Sequence[Mapping], names: Sequence) -> np.ndarray:
    """Mappings name -> level as int8 [names, pieces]."""
    table = np.zeros((len(names), len(vectors)), np.int8)
    for p, vector in enumerate(vectors):
        for name, level in vector.items():
            table[names.index(name), p] = level
    return table


def _blocked_by(features: Sequence[frozenset[str]], rules: Rules) -> np.ndarray:
    """uint64 [RW, pieces]: which block rules name a feature of the piece."""
    words = (len(rules.entries) + 63) // 64
    table = np.zeros((words, len(features)), np.uint64)
    blocks = [(r, rule.features) for r, rule in enumerate(rules.entries) if rule.level == "block"]
    for p, own in enumerate(features):
        table[:, p] = pack((r for r, named in blocks if not named.isdisjoint(own)), words)
    return table


def _touched(features: Sequence[frozenset[str]], named: Sequence[tuple[str, ...]]) -> np.ndarray:
    """uint64 [pieces]: which of at most 64 preferences name a feature of the piece."""
    return np.array([sum(1 << i for i, names in enumerate(named) if not own.isdisjoint(names)) for own in features], np.uint64)
