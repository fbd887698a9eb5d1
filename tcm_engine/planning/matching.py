"""One person against a shelf of pieces: builds the kernel's arguments, and explains its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from tcm_engine.kernels import matching as kernel
from tcm_engine.model import CONSTITUTIONS, Assessment, Caution, Profile, Reason

from .catalogue import EVERYWHERE, NO_ZONE, SEASONS, Catalogue, Rule, Rules, Shelf, pack, zone_bits
from .facts import Facts
from .solar_terms import TERMS
from .weights import (
    COMPLAINT_WEIGHT,
    LONG_SUMMER_WEIGHT,
    PATTERN_WEIGHT,
    PREFERENCE_WEIGHT,
    SEASON_WEIGHT,
    TERM_WEIGHT,
    ZONE_WEIGHT,
    type_weights,
    types_with,
)

KEEP = 24
"""Pieces kept a domain, chosen and rejected each: more than any quota needs."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the kernel needs to know of a person, in its own arrays."""

    certain: np.ndarray
    """uint64 [RW]: the rules that hold for sure; those of `arrays.fired` also hold by what is not known."""
    arrays: kernel.PersonArrays
    cautions: tuple[tuple[Rule, Caution], ...] = ()
    """The `limit` and `warn` rules that hold, in the order of the rules."""

    @property
    def fired(self) -> np.ndarray:
        return self.arrays.fired

    @property
    def weights(self) -> np.ndarray:
        return self.arrays.weights

    @property
    def yes_types(self) -> int:
        return int(self.arrays.yes_types)


@dataclass(frozen=True, slots=True)
class Match:
    points: np.ndarray
    open_pieces: np.ndarray
    chosen: np.ndarray
    rejected: np.ndarray
    season: str
    term: str
    long_summer: bool
    in_season: np.ndarray
    """bool [P]: whether a piece fits this time of year: its season, this solar term, and damp heat where it is long summer."""


def person_of(
    catalogue: Catalogue,
    assessment: Assessment,
    profile: Profile,
    facts: Facts,
    stopped: tuple[str, ...],
    patterns: Iterable[str] = (),
) -> Person:
    """`stopped`: complaints that triage took out; `patterns`: codes of the patterns to which the person's answers point."""
    rules = catalogue.rules
    certain, fired = kernel.fire(rules.words(facts.yes), rules.words(facts.maybe), rules.any_of, rules.all_of, rules.counts_unknown)
    wanted = {("complaint", c): COMPLAINT_WEIGHT for c in (profile.complaints.codes if profile.complaints else ()) if c not in stopped}
    wanted |= {("pattern", code): PATTERN_WEIGHT for code in patterns}
    zone = zone_bits((profile.place.zone,), catalogue.knowledge) if profile.place.zone else 1 << NO_ZONE
    preferred = profile.preferences.codes if profile.preferences else ()
    bits = pack((i for i, p in enumerate(catalogue.preferences) if p in preferred), 1)[0]
    arrays = kernel.PersonArrays(
        type_weights(assessment),
        np.array([wanted.get(need, 0) for need in catalogue.needs], np.int32),
        fired,
        np.uint64(types_with(assessment, "yes")),
        np.uint64(types_with(assessment, "tendency")),
        np.uint64(bits),
        np.uint64(zone),
    )
    return Person(certain, arrays, tuple(_cautions(rules, certain, fired)))


def _cautions(rules: Rules, certain: np.ndarray, fired: np.ndarray) -> Iterator[tuple[Rule, Caution]]:
    for r, rule in enumerate(rules.entries):
        if rule.level != "block" and bit(fired, r):
            yield rule, Caution(rule.id, rule.level, bit(certain, r))


def match(shelf: Shelf, person: Person, season: str, term: str, long_summer: bool = False) -> Match:
    """Rank points, admission and the best of each domain, for one moment of the year."""
    damp = LONG_SUMMER_WEIGHT if long_summer else 0
    moment = kernel.Moment(SEASONS.index(season), TERMS.index(term), SEASON_WEIGHT, TERM_WEIGHT, damp, PREFERENCE_WEIGHT, ZONE_WEIGHT)
    points, open_pieces, chosen, rejected = kernel.match(shelf.arrays, person.arrays, moment, KEEP)
    in_season = _in_season(shelf, moment, long_summer)
    return Match(points, open_pieces, chosen, rejected, season, term, long_summer, in_season)


def _in_season(shelf: Shelf, moment: kernel.Moment, long_summer: bool) -> np.ndarray:
    """bool [P]: fit for this moment. A level of the season or the term alone below 0 says no; damp heat is weighed against the season."""
    season = shelf.arrays.season[moment.season]
    weighed = season + np.minimum(shelf.arrays.long_summer, 0) if long_summer else season
    return np.asarray((weighed >= 0) & (shelf.arrays.term[moment.term] >= 0))


def warm_up(catalogue: Catalogue) -> None:
    """Compile or load the kernels for this catalogue's arrays, so that no request does."""
    rules = catalogue.rules
    nothing = rules.words(())
    _, fired = kernel.fire(nothing, nothing, rules.any_of, rules.all_of, rules.counts_unknown)
    nobody = kernel.PersonArrays(
        np.zeros(len(CONSTITUTIONS), np.int32), np.zeros(len(catalogue.needs), np.int32), fired, *[np.uint64(0)] * 4
    )
    match(catalogue.advice, Person(fired, nobody), SEASONS[0], TERMS[0])


def reasons_of(shelf: Shelf, piece: int, person: Person, found: Match, catalogue: Catalogue) -> tuple[Reason, ...]:
    """The numbers behind a piece's rank points, the largest first."""
    rows = [("benefit", CONSTITUTIONS[t], int(w), int(shelf.arrays.benefit[t, piece])) for t, w in enumerate(person.weights)]
    rows += [
        (kind, c, int(w), int(shelf.arrays.need[i, piece]))
        for i, ((kind, c), w) in enumerate(zip(catalogue.needs, person.arrays.need_weights, strict=True))
    ]
    rows.append(("season", found.season, SEASON_WEIGHT, int(shelf.arrays.season[SEASONS.index(found.season), piece])))
    rows.append(("solar_term", found.term, TERM_WEIGHT, int(shelf.arrays.term[TERMS.index(found.term), piece])))
    rows.append(("long_summer", "long_summer", LONG_SUMMER_WEIGHT * found.long_summer, int(shelf.arrays.long_summer[piece])))
    local = int(shelf.arrays.zones[piece])
    if local != EVERYWHERE and local & int(person.arrays.zone):
        rows.append(("zone", tuple(catalogue.knowledge.zones)[int(person.arrays.zone).bit_length() - 1], ZONE_WEIGHT, 1))
    rows += [
        ("preference", p, PREFERENCE_WEIGHT, 1)
        for i, p in enumerate(catalogue.preferences)
        if _has(shelf.arrays.favoured[piece] & person.arrays.preferences, i)
    ][:1]
    reasons = [Reason(code, subject, weight * level, level) for code, subject, weight, level in rows if weight * level]
    return tuple(sorted(reasons, key=lambda r: (-r.value, r.code, r.subject)))


def cautions_of(shelf: Shelf, piece: int, person: Person) -> tuple[Caution, ...]:
    """The `limit` and `warn` rules that hold for this person and name a feature of the piece."""
    own = shelf.features[piece]
    return tuple(caution for rule, caution in person.cautions if not rule.features.isdisjoint(own))


def rejected_by(shelf: Shelf, piece: int, person: Person, catalogue: Catalogue) -> tuple[str, bool]:
    """The rule that rejects a piece, and whether it is certain: safety first, then veto, then preference."""
    hits = [
        (not bit(person.certain, r), r)
        for r, rule in enumerate(catalogue.rules.entries)
        if bit(shelf.arrays.blocked_by[:, piece], r) and bit(person.fired, r)
    ]
    if hits:
        uncertain, r = min(hits)
        return catalogue.rules.entries[r].id, not uncertain
    vetoes = (int(shelf.arrays.harms_yes[piece]) & person.yes_types) | (
        int(shelf.arrays.harms_tendency[piece]) & int(person.arrays.tendency_types)
    )
    if vetoes:
        return f"veto.{CONSTITUTIONS[vetoes.bit_length() - 1]}", True
    return f"preference.{catalogue.preferences[int(shelf.arrays.avoided[piece] & person.arrays.preferences).bit_length() - 1]}", True


def holding(person: Person, catalogue: Catalogue) -> tuple[tuple[Rule, Caution], ...]:
    """Every rule that holds for a person, or may hold, in the order of the rules."""
    rules = enumerate(catalogue.rules.entries)
    return tuple((rule, Caution(rule.id, rule.level, bit(person.certain, r))) for r, rule in rules if bit(person.fired, r))


def bit(words: np.ndarray, index: int) -> bool:
    """Whether a bit of packed words (`catalogue.pack`) is set."""
    return _has(words[index >> 6], index & 63)


def _has(word: np.uint64, index: int) -> bool:
    return bool((int(word) >> index) & 1)
