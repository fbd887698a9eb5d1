"""Which pieces of advice fit one person: facts and rules as bit words, benefits as item-major vectors.

Arrays in, arrays out. Bits are packed 64 to a word, least significant bit first. Everything that grows with the number of pieces is
laid out piece-minor (`[..., P]`), so that each loop runs over neighbours in memory and LLVM turns it into vector instructions.
"""

from __future__ import annotations

import numpy as np
from numba import njit

NOT_RANKED = -1_000_000
"""Below any number of rank points."""


@njit(cache=True)
def fire(yes, maybe, any_of, all_of, counts_unknown):
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


@njit(cache=True)
def rank(benefit, weights, season, season_weight, term, term_weight, complaint, complaint_weights, base, points):
    """Rank points of every piece, written to `points` int32 [P].

    benefit: int8 [9, P]; weights: int32 [9]; season, term: int8 [P] (rows for the moment); complaint: int8 [C, P];
    complaint_weights: int32 [C]; base: int32 [P] (preferences and effort).
    """
    pieces = points.shape[0]
    for p in range(pieces):
        points[p] = base[p] + season_weight * season[p] + term_weight * term[p]
    for t in range(weights.shape[0]):
        weight = weights[t]
        if weight != 0:
            row = benefit[t]
            for p in range(pieces):
                points[p] += weight * row[p]
    for c in range(complaint_weights.shape[0]):
        weight = complaint_weights[c]
        if weight != 0:
            row = complaint[c]
            for p in range(pieces):
                points[p] += weight * row[p]


@njit(cache=True)
def screen(blocked_by, fired, harms_yes, harms_tendency, yes_types, tendency_types, avoided, unwanted, open_pieces):
    """Which pieces may be given at all, written to `open_pieces` bool [P].

    blocked_by: uint64 [RW, P], the block rules that speak against a piece; fired: uint64 [RW]; harms_yes, harms_tendency: uint16 [P], types
    for which the benefit is -2 / -3 or worse; yes_types, tendency_types: uint16 bits; avoided: uint64 [P], preferences that rule a piece
    out; unwanted: uint64, the person's preferences.
    """
    pieces = open_pieces.shape[0]
    for p in range(pieces):
        open_pieces[p] = ((harms_yes[p] & yes_types) | (harms_tendency[p] & tendency_types)) == 0 and (avoided[p] & unwanted) == 0
    for w in range(fired.shape[0]):
        word = fired[w]
        if word != 0:
            row = blocked_by[w]
            for p in range(pieces):
                open_pieces[p] &= (row[p] & word) == 0


@njit(cache=True)
def best(points, open_pieces, domain_starts, keep, chosen, rejected):
    """The best pieces of each domain, and the best of those that were rejected.

    points: int32 [P]; open_pieces: bool [P]; domain_starts: int64 [D + 1], pieces lie sorted by domain, then id; chosen, rejected: int64
    [D, keep], filled with piece indexes in order of points (ties: the lower index, thus the lower id), then -1. Rejected pieces count only with
    more than 0 points: nobody would have chosen the others.
    """
    ranked = np.empty(points.shape[0], np.int32)
    for d in range(domain_starts.shape[0] - 1):
        start, end = domain_starts[d], domain_starts[d + 1]
        _only(points[start:end], open_pieces[start:end], True, ranked[start:end])
        _top(ranked[start:end], NOT_RANKED + 1, start, keep, chosen[d])
        _only(points[start:end], open_pieces[start:end], False, ranked[start:end])
        _top(ranked[start:end], 1, start, keep, rejected[d])


@njit(cache=True)
def _only(points, open_pieces, wanted, ranked):
    """`points` where a piece is open (or not, as wanted), NOT_RANKED elsewhere. Slices, not offsets: a loop from 0 is one that LLVM vectorises."""
    for i in range(points.shape[0]):
        ranked[i] = points[i] if open_pieces[i] == wanted else np.int32(NOT_RANKED)


@njit(cache=True)
def _count(values, least):
    found = np.int32(0)
    for i in range(values.shape[0]):
        found += np.int32(values[i] >= least)
    return found


@njit(cache=True)
def _top(values, floor, start, keep, out):
    """Indexes (from `start` on) of the `keep` largest values of at least `floor`, written to `out`, the rest of it -1.

    Bisects for the least value that still earns a place: counting is one vector pass, so ten of them cost less than sorting, and no
    branch depends on the data until only the winners are left.
    """
    out[:] = -1
    high = low = floor
    for i in range(values.shape[0]):
        high = max(high, values[i])
    low = high
    for i in range(values.shape[0]):
        low = min(low, values[i] if values[i] >= floor else high)
    while low < high:
        middle = (low + high + 1) >> 1
        if _count(values, middle) >= keep:
            low = middle
        else:
            high = middle - 1
    above, ties = _count(values, low + 1), 0
    taken = 0
    for i in range(values.shape[0]):
        if values[i] > low:
            place = taken
            while place > 0 and values[out[place - 1] - start] < values[i]:
                out[place] = out[place - 1]
                place -= 1
            out[place] = start + i
            taken += 1
        elif values[i] == low and above + ties < keep:
            out[above + ties] = start + i
            ties += 1
