"""From ranked candidates to a domain's few pieces: quotas, no two that are nearly the same, every type and complaint heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from .catalogue import DOMAINS, Catalogue, Shelf
from .matching import Match, Person
from .solar_terms import TERMS

QUOTAS: Mapping[str, int] = {
    "emotion": 3,
    "diet": 4,
    "daily_living": 3,
    "clothing": 3,
    "dwelling": 3,
    "movement": 3,
    "acupoint": 3,
    "tea_medicated_food": 2,
    "music": 2,
}
"""Pieces a domain: what a person can keep in mind. Project decision; three is what the coverage of the knowledge base promises."""
LEAST = 2
"""Below this a domain is filled up with what is merely harmless (rank points of 0 or less, but no harm to a type that counts)."""
FITS = 2
"""Benefit from which a piece is made for a type. What is made for one of the person's types comes before what merely suits the season."""
EXTRA_FOR_COMPLAINTS = 1
"""A domain may grow by this much so that a complaint without a programme is served."""
EXTRA_FOR_PROGRAMMES = 2
"""A domain may grow by this much beyond its quota where programmes fill it, so that the person's types are still heard."""
PIECES_PER_COMPLAINT = 3
REPEAT_PENALTY = 3
"""Rank points that a candidate loses for each chosen piece of its domain that already serves the type it serves best."""
LIKENESS_PENALTY = 4
"""Rank points that a candidate loses for each chosen piece that is of the same make: meat again, the same point, the same pear as a
dish and as a drink."""


def select(catalogue: Catalogue, person: Person, found: Match, given: Sequence[int] = ()) -> list[int]:
    """Indexes of the chosen pieces, by domain in order, then in the order of choice; `given`: pieces of programmes, chosen already."""
    shelf = catalogue.advice
    serves = (person.weights[:, None] * shelf.arrays.benefit).argmax(0)
    picked: dict[int, list[int]] = {}
    for domain in range(len(DOMAINS)):
        elsewhere = [piece for pieces in picked.values() for piece in pieces if shelf.used[piece]]
        fixed = [p for p in given if p in shelf.of_domain(domain)]
        picked[domain] = _pick(shelf, person, found, domain, serves, elsewhere, fixed)
    _serve_complaints(catalogue, person, found, picked)
    return [piece for d in range(len(DOMAINS)) for piece in picked[d]]


def _pick(
    shelf: Shelf, person: Person, found: Match, domain: int, serves: np.ndarray, elsewhere: list[int], fixed: Sequence[int]
) -> list[int]:
    """`serves` int [P]: the type to which a piece gives most rank points; `elsewhere`: chosen in other domains; `fixed`: in this one."""
    ranked = [p for p in found.chosen[domain].tolist() if p >= 0 and p not in fixed]
    quota, chosen = QUOTAS[DOMAINS[domain]], list(fixed)
    quota = max(quota, min(len(fixed) + LEAST, quota + EXTRA_FOR_PROGRAMMES))
    in_season, out_of_season = [p for p in ranked if found.in_season[p]], [p for p in ranked if not found.in_season[p]]
    _fill(shelf, person, found, in_season, quota - 1, serves, chosen, elsewhere)
    moment = _of_the_term(shelf, person, found, domain)
    if not any(p in moment for p in chosen):
        _fill(shelf, person, found, moment, min(quota, len(chosen) + 1), serves, chosen, elsewhere)
    _fill(shelf, person, found, [p for p in in_season if p not in chosen], quota, serves, chosen, elsewhere)
    # What does not fit the time of year only where a domain would stay nearly empty: nobody needs August's advice in January.
    _fill(shelf, person, found, out_of_season, LEAST, serves, chosen, elsewhere)
    return chosen


def _of_the_term(shelf: Shelf, person: Person, found: Match, domain: int) -> list[int]:
    """Safe pieces made for one of the person's types whose moment is this solar term: one place of each domain is theirs, so that the plan
    moves with the year. The constitution still decides what they are."""
    made = np.any(shelf.arrays.benefit[person.weights > 0] >= FITS, axis=0)
    good = found.open_pieces & found.in_season & made & (shelf.arrays.term[TERMS.index(found.term)] >= 1) & (found.points > 0)
    return [p for p in shelf.of_domain(domain) if good[p]]


def _fill(
    shelf: Shelf,
    person: Person,
    found: Match,
    candidates: list[int],
    most: int,
    serves: np.ndarray,
    chosen: list[int],
    elsewhere: list[int],
) -> None:
    """Move the best candidates to `chosen` until it has `most`."""

    heard = shelf.arrays.benefit[person.weights > 0]
    fitting = np.asarray(np.any(heard >= FITS, axis=0))

    def standing(piece: int) -> tuple[bool, int, int]:
        again = sum(int(serves[piece]) == int(serves[other]) for other in chosen)
        points = int(found.points[piece]) - REPEAT_PENALTY * again - _likeness(shelf, piece, chosen, elsewhere)
        return bool(fitting[piece]), points, -piece

    while candidates and len(chosen) < most:
        piece = max(candidates, key=standing)
        candidates.remove(piece)
        if found.points[piece] <= 0 and (len(chosen) >= LEAST or _harms(shelf, person, piece)):
            continue
        if not any(same_thing(shelf, piece, other) for other in chosen):
            chosen.append(piece)


def _likeness(shelf: Shelf, piece: int, chosen: list[int], elsewhere: list[int]) -> int:
    """Rank points lost for what is chosen already: of the same make in this domain, or the same thing in another."""
    alike = sum(not shelf.make[piece].isdisjoint(shelf.make[other]) for other in chosen)
    return LIKENESS_PENALTY * (alike + sum(same_thing(shelf, piece, other) for other in elsewhere))


def _harms(shelf: Shelf, person: Person, piece: int) -> bool:
    return bool(((person.weights > 0) & (shelf.arrays.benefit[:, piece] < 0)).any())


def same_thing(shelf: Shelf, one: int, other: int) -> bool:
    """Whether two pieces tell a person to do or eat the same: all that the one uses, the other uses too, and neither uses nothing."""
    a, b = shelf.used[one], shelf.used[other]
    return bool(a) and bool(b) and (a <= b or b <= a)


def _serve_complaints(catalogue: Catalogue, person: Person, found: Match, picked: dict[int, list[int]]) -> None:
    """Up to three pieces for each complaint, beyond the quotas where need be."""
    shelf, grown = catalogue.advice, dict.fromkeys(picked, 0)
    for c in [int(c) for c in np.flatnonzero(person.arrays.need_weights) if catalogue.needs[c][0] == "complaint"]:
        have = sum(1 for pieces in picked.values() for p in pieces if shelf.arrays.need[c, p])
        for piece, domain in _for_complaint(shelf, found, c, picked):
            if have >= PIECES_PER_COMPLAINT:
                break
            if grown[domain] < EXTRA_FOR_COMPLAINTS and not any(same_thing(shelf, piece, other) for other in picked[domain]):
                picked[domain].append(piece)
                grown[domain] += 1
                have += 1


def _for_complaint(shelf: Shelf, found: Match, complaint: int, picked: Mapping[int, list[int]]) -> Iterable[tuple[int, int]]:
    """Safe pieces that serve a complaint and are not chosen yet, the best first, with their domain."""
    taken = {p for pieces in picked.values() for p in pieces}
    serving = [
        int(p)
        for p in np.flatnonzero(found.open_pieces & found.in_season & (shelf.arrays.need[complaint] > 0))
        if int(p) not in taken and found.points[p] > 0
    ]
    for piece in sorted(serving, key=lambda p: (-int(shelf.arrays.need[complaint, p]), -int(found.points[p]), p)):
        yield piece, int(np.searchsorted(shelf.arrays.domain_starts, piece, side="right")) - 1
