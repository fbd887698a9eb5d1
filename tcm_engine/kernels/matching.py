"""Which pieces of advice fit one person: facts and rules as bit words, benefits as item-major vectors.

Arrays in, arrays out. Bits are packed 64 to a word, least significant bit first. Everything that grows with the number of pieces is
laid out piece-minor (`[..., P]`), so that each loop runs over neighbours in memory and LLVM turns it into vector instructions.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

NOT_RANKED = -1_000_000
"""Below any number of rank points."""


@njit(cache=True)
def fire(
    yes: np.ndarray, maybe: np.ndarray, any_of: np.ndarray, all_of: np.ndarray, counts_unknown: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which rules hold for a person.

    yes, maybe: uint64 [W], facts known to hold and facts not known; any_of, all_of: uint64 [R, W]; counts_unknown: bool [R].
    Returns uint64 [RW] certain and [RW] fired (certain or by an unknown that counts), one bit a rule. A rule without a fact in
    `any_of` holds by `all_of` alone.
    """
    rules, words = any_of.shape
    certain = np.zeros((rules + 63) // 64, np.uint64)
    fired = np.zeros((rules + 63) // 64, np.uint64)
    for r in range(rules):
        any_named = any_yes = any_maybe = False
        all_yes = all_maybe = True
        for w in range(words):
            wanted, needed = any_of[r, w], all_of[r, w]
            possible = yes[w] | maybe[w]
            any_named |= wanted != 0
            any_yes |= (wanted & yes[w]) != 0
            any_maybe |= (wanted & possible) != 0
            all_yes &= (needed & yes[w]) == needed
            all_maybe &= (needed & possible) == needed
        bit = np.uint64(1) << np.uint64(r & 63)
        if (any_yes or not any_named) and all_yes:
            certain[r >> 6] |= bit
            fired[r >> 6] |= bit
        elif counts_unknown[r] and (any_maybe or not any_named) and all_maybe:
            fired[r >> 6] |= bit
    return certain, fired


class ShelfArrays(NamedTuple):
    """Pieces as arrays, sorted by domain, then id."""

    domain_starts: np.ndarray
    """int64 [D + 1]"""
    benefit: np.ndarray
    """int8 [9, P], -3..3"""
    season: np.ndarray
    """int8 [4, P]"""
    term: np.ndarray
    """int8 [24, P]"""
    need: np.ndarray
    """int8 [C, P]: how well a piece serves each complaint, then each pattern of complaints"""
    long_summer: np.ndarray
    """int8 [P], for hot damp weeks"""
    zones: np.ndarray
    """uint64 [P], bits of the climate zones that a piece is for; all bits where it is for everywhere"""
    effort: np.ndarray
    """int32 [P], rank points of 0 or less"""
    harms_yes: np.ndarray
    """uint16 [P], bits of the types for which the benefit is -2 or worse"""
    harms_tendency: np.ndarray
    """uint16 [P], bits of the types for which the benefit is -3"""
    blocked_by: np.ndarray
    """uint64 [RW, P], bits of the block rules that speak against a piece"""
    avoided: np.ndarray
    """uint64 [P], bits of the preferences that rule a piece out"""
    favoured: np.ndarray
    """uint64 [P], bits of the preferences that like it"""


class PersonArrays(NamedTuple):
    """One person as arrays."""

    weights: np.ndarray
    """int32 [9]"""
    need_weights: np.ndarray
    """int32 [C]"""
    fired: np.ndarray
    """uint64 [RW], rules that hold"""
    yes_types: np.uint64
    tendency_types: np.uint64
    preferences: np.uint64
    zone: np.uint64
    """one bit: the person's climate zone, or a bit that only pieces for everywhere have"""


class Moment(NamedTuple):
    """Rows of the season and the term, and what a level of them, of hot damp weeks (0 where it is not such a week), a preference, and being
    local weigh."""

    season: int
    term: int
    season_weight: int
    term_weight: int
    long_summer_weight: int
    preference_weight: int
    zone_weight: int


@njit(cache=True)
def match(shelf: ShelfArrays, person: PersonArrays, moment: Moment, keep: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Rank points int32 [P], admission bool [P], and the `keep` best admitted and best rejected pieces of each domain, int64 [D, keep].

    Indexes stand in order of points (ties: the lower index, thus the lower id), then -1. Rejected pieces count only with more than 0
    points: nobody would have chosen the others. A piece for other climate zones is not admitted and has NOT_RANKED points.
    """
    points = _rank(shelf, person, moment)
    open_pieces = _screen(shelf, person)
    domains = shelf.domain_starts.shape[0] - 1
    chosen, rejected = np.empty((domains, keep), np.int64), np.empty((domains, keep), np.int64)
    ranked = np.empty(points.shape[0], np.int32)
    for d in range(domains):
        start, end = shelf.domain_starts[d], shelf.domain_starts[d + 1]
        _only(points[start:end], open_pieces[start:end], True, ranked[start:end])
        _top(ranked[start:end], NOT_RANKED + 1, start, keep, chosen[d])
        _only(points[start:end], open_pieces[start:end], False, ranked[start:end])
        _top(ranked[start:end], 1, start, keep, rejected[d])
    return points, open_pieces, chosen, rejected


@njit(cache=True)
def _rank(shelf: ShelfArrays, person: PersonArrays, moment: Moment) -> np.ndarray:
    points = np.empty(shelf.effort.shape[0], np.int32)
    season, term, damp, favoured = shelf.season[moment.season], shelf.term[moment.term], shelf.long_summer, shelf.favoured
    for p in range(points.shape[0]):
        liked = moment.preference_weight if favoured[p] & person.preferences else 0
        year = moment.season_weight * season[p] + moment.term_weight * term[p] + moment.long_summer_weight * damp[p]
        points[p] = shelf.effort[p] + year + liked
    for t in range(person.weights.shape[0]):
        if person.weights[t] != 0:
            _add(points, shelf.benefit[t], person.weights[t])
    for c in range(person.need_weights.shape[0]):
        if person.need_weights[c] != 0:
            _add(points, shelf.need[c], person.need_weights[c])
    _localise(points, shelf.zones, person.zone, moment.zone_weight)
    return points


@njit(cache=True)
def _localise(points: np.ndarray, zones: np.ndarray, zone: np.uint64, weight: int) -> None:
    everywhere = np.uint64(0xFFFFFFFFFFFFFFFF)
    for p in range(points.shape[0]):
        if zones[p] & zone == 0:
            points[p] = NOT_RANKED
        elif zones[p] != everywhere:
            points[p] += weight


@njit(cache=True)
def _add(points: np.ndarray, levels: np.ndarray, weight: int) -> None:
    for p in range(points.shape[0]):
        points[p] += weight * levels[p]


@njit(cache=True)
def _screen(shelf: ShelfArrays, person: PersonArrays) -> np.ndarray:
    open_pieces = np.empty(shelf.effort.shape[0], np.bool_)
    harms_yes, harms_tendency, avoided, zones = shelf.harms_yes, shelf.harms_tendency, shelf.avoided, shelf.zones
    for p in range(open_pieces.shape[0]):
        vetoes = (harms_yes[p] & person.yes_types) | (harms_tendency[p] & person.tendency_types)
        open_pieces[p] = (vetoes | (avoided[p] & person.preferences)) == 0 and (zones[p] & person.zone) != 0
    for w in range(person.fired.shape[0]):
        word = person.fired[w]
        if word != 0:
            row = shelf.blocked_by[w]
            for p in range(open_pieces.shape[0]):
                open_pieces[p] &= (row[p] & word) == 0
    return open_pieces


@njit(cache=True)
def _only(points: np.ndarray, open_pieces: np.ndarray, wanted: bool, ranked: np.ndarray) -> None:
    """`points` where a piece is open (or not, as wanted), NOT_RANKED elsewhere.

    Slices, not offsets: a loop from 0 is one that LLVM vectorises.
    """
    for i in range(points.shape[0]):
        ranked[i] = points[i] if open_pieces[i] == wanted else np.int32(NOT_RANKED)


@njit(cache=True)
def _count(values: np.ndarray, least: int) -> np.int32:
    # In 32 bits throughout: a 64-bit bound would halve the number of values that one instruction compares.
    found, bound = np.int32(0), np.int32(least)
    for i in range(values.shape[0]):
        found += np.int32(values[i] >= bound)
    return found


@njit(cache=True)
def _top(values: np.ndarray, floor: int, start: int, keep: int, out: np.ndarray) -> None:
    """Indexes (from `start` on) of the `keep` largest values of at least `floor`, written to `out`, the rest of it -1.

    Bisects for the least value that still earns a place: counting is one vector pass, so ten of them cost less than sorting, and no
    branch depends on the data until only the winners are left.
    """
    out[:] = -1
    least = np.int32(floor)
    top = np.int32(floor)
    for i in range(values.shape[0]):
        top = max(top, values[i])
    bottom = top
    for i in range(values.shape[0]):
        bottom = min(bottom, values[i] if values[i] >= least else top)
    low, high = int(bottom), int(top)
    while low < high:
        middle = (low + high + 1) >> 1
        if _count(values, middle) >= keep:
            low = middle
        else:
            high = middle - 1
    above, ties, taken = _count(values, low + 1), 0, 0
    cut = np.int32(low)
    for i in range(values.shape[0]):
        if values[i] < cut:
            continue
        if values[i] > cut:
            place = taken
            while place > 0 and values[out[place - 1] - start] < values[i]:
                out[place] = out[place - 1]
                place -= 1
            out[place] = start + i
            taken += 1
        elif above + ties < keep:
            out[above + ties] = start + i
            ties += 1
