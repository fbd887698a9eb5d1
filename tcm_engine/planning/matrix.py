"""The matrix of the knowledge: nine types x twenty-four solar terms x nine domains, as the planner itself sees it.

A cell is what the planner finds for a plain person of one type: forty years old, nothing in the way, no complaint, no zone. It is filled
where, for a woman and for a man, at least three fitting pieces are open (benefit 2 or more, not out of season) and, in domains that vary
with the year, at least one of them is brought by the term or its season. Sameness is measured on what the planner selects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Any

import numpy as np

from tcm_engine.model import CONSTITUTIONS, Listed, Profile, Sex

from .catalogue import DOMAINS, SEASONS, Catalogue
from .facts import facts_of
from .matching import Match, Person, match, person_of
from .selection import FITS, select
from .solar_terms import TERMS, season_of
from .supposed import supposed

ENOUGH = 3
"""A cell is filled from so many fitting pieces on. Project decision: the most that a person takes up in a domain."""
VARYING = tuple(d for d in DOMAINS if d != "music")
"""Domains in which the time of year changes what one does; music follows the type, and keeps a few pieces of each season beside it."""
_AGE = 40
Cell = tuple[str, str, str]
"""(constitution, solar term, domain)"""


@dataclass(frozen=True, slots=True)
class Matrix:
    fitting: Mapping[Cell, int]
    """Open pieces with benefit 2 or more that are not out of season; of a woman's and a man's the fewer."""
    brought: Mapping[Cell, int]
    """Those of them that the term or its season brings (a level of 1 or more)."""
    chosen: Mapping[Cell, frozenset[str]]
    """What the planner selects for a woman."""

    def filled(self) -> frozenset[Cell]:
        return frozenset(c for c, n in self.fitting.items() if n >= ENOUGH and (c[2] not in VARYING or self.brought[c] >= 1))

    def same_as_before(self) -> tuple[Cell, ...]:
        """Cells of varying domains for which the planner selects the same as for the term before."""
        year = (*TERMS, TERMS[0])
        return tuple(
            (c, now, d)
            for c in CONSTITUTIONS
            for before, now in pairwise(year)
            for d in VARYING
            if self.chosen[c, before, d] == self.chosen[c, now, d]
        )

    def changes(self) -> Mapping[tuple[str, str], int]:
        """(constitution, solar term) -> number of varying domains in which the selection differs from the term before."""
        same = self.same_as_before()
        return {(c, t): len(VARYING) - sum((c, t, d) in same for d in VARYING) for c in CONSTITUTIONS for t in TERMS}

    def same_types(self) -> tuple[tuple[str, str, str, str], ...]:
        """(one type, another, solar term, domain) where the planner selects the same for both."""
        return tuple(
            (a, b, t, d)
            for a, b in combinations(CONSTITUTIONS, 2)
            for t in TERMS
            for d in DOMAINS
            if self.chosen[a, t, d] == self.chosen[b, t, d]
        )


def coverage(catalogue: Catalogue) -> dict[str, Any]:
    """Whole numbers. `cells`: of the matrix, filled as above. `year`: pairs of a type and a solar term; in how many varying domains the
    selection changes from the term before, at least and at a change of season. `types`: pairs of types in a term and domain, and how many
    of them get the same selection."""
    matrix = matrix_of(catalogue)
    changes = matrix.changes()
    turns = [n for (_, term), n in changes.items() if TERMS.index(term) % 6 == 0]
    pairs = len(CONSTITUTIONS) * (len(CONSTITUTIONS) - 1) // 2 * len(TERMS) * len(DOMAINS)
    return {
        "cells": {"total": len(matrix.fitting), "filled": len(matrix.filled()), "fewest": min(matrix.fitting.values())},
        "year": {
            "total": len(changes),
            "least": min(changes.values()),
            "mean_times_100": 100 * sum(changes.values()) // len(changes),
            "least_at_a_turn": min(turns),
            "domains": len(VARYING),
        },
        "types": {"total": pairs, "same": len(matrix.same_types())},
    }


def matrix_of(catalogue: Catalogue) -> Matrix:
    fitting: dict[Cell, int] = {}
    brought: dict[Cell, int] = {}
    chosen: dict[Cell, frozenset[str]] = {}
    for number, code in enumerate(CONSTITUTIONS):
        for term in TERMS:
            for sex in ("female", "male"):
                someone, found = _plain(catalogue, code, term, sex)
                fit = _fitting(catalogue, found, number)
                year = _brought(catalogue, found)
                for d, domain in enumerate(DOMAINS):
                    own = catalogue.advice.of_domain(d)
                    cell = (code, term, domain)
                    fitting[cell] = min(fitting.get(cell, len(fit)), int(fit[own].sum()))
                    brought[cell] = min(brought.get(cell, len(fit)), int((fit & year)[own].sum()))
                if sex == "female":
                    ids = [catalogue.advice.ids[p] for p in select(catalogue, someone, found)]
                    chosen |= {(code, term, d): frozenset(i for i in ids if i.startswith(f"{d}.")) for d in DOMAINS}
    return Matrix(MappingProxyType(fitting), MappingProxyType(brought), MappingProxyType(chosen))


def _plain(catalogue: Catalogue, constitution: str, term: str, sex: Sex) -> tuple[Person, Match]:
    none, today = Listed(), date(2026, 1, 1)
    profile = Profile(sex, date(today.year - _AGE, 1, 1), False, None, False, none, none, none, none, preferences=none)
    season = season_of(term)
    someone = person_of(catalogue, supposed((constitution,)), profile, facts_of(profile, today, season, catalogue.knowledge), ())
    return someone, match(catalogue.advice, someone, season, term)


def _fitting(catalogue: Catalogue, found: Match, constitution: int) -> np.ndarray:
    return found.open_pieces & found.in_season & (catalogue.advice.arrays.benefit[constitution] >= FITS)


def _brought(catalogue: Catalogue, found: Match) -> np.ndarray:
    arrays = catalogue.advice.arrays
    return (arrays.season[SEASONS.index(found.season)] >= 1) | (arrays.term[TERMS.index(found.term)] >= 1)
