"""The matrix of nine types, twenty-four terms and nine domains: complete, and never the same plan twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from knowledge_base import load
from tcm_engine import Engine
from tcm_engine.model import CONSTITUTIONS
from tcm_engine.planning import DOMAINS
from tcm_engine.planning.matrix import VARYING, Matrix, coverage, matrix_of
from tcm_engine.planning.solar_terms import TERMS, season_of
from tests import naive_planning as naive
from tests.planning.people import PLAIN
from tests.planning.worlds import assessment

ON = date(2026, 1, 1)
PLAIN_ONES = (replace(PLAIN, birth_date=date(1986, 1, 1)), replace(PLAIN, sex="male", pregnant=None, birth_date=date(1986, 1, 1)))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.load()


@pytest.fixture(scope="module")
def matrix(engine) -> Matrix:
    return matrix_of(engine.catalogue)


def test_counts_agree_with_plain_loops(matrix):
    """Fitting and brought pieces, counted from the knowledge without the planner: of a woman's and a man's the fewer."""
    knowledge = load()
    counted = [_count(knowledge, profile) for profile in PLAIN_ONES]
    for code in CONSTITUTIONS:
        for term in TERMS:
            for domain in DOMAINS:
                cell = (code, term, domain)
                assert matrix.fitting[cell] == min(fitting[cell] for fitting, _ in counted), cell
                assert matrix.brought[cell] == min(brought[cell] for _, brought in counted), cell


def _count(knowledge, profile) -> tuple[Counter, Counter]:
    fitting: Counter = Counter()
    brought: Counter = Counter()
    for season in ("spring", "summer", "autumn", "winter"):
        free = [p for p in knowledge.advice.values() if not p.zones and not naive.blocking_rules(p, profile, ON, season, knowledge)]
        for code, piece in ((c, p) for c in CONSTITUTIONS for p in free if p.benefit.get(c, 0) >= 2):
            if naive.vetoes(piece, assessment({code: "yes"}), knowledge):
                continue
            for term in (t for t in TERMS if season_of(t) == season):
                of_season, of_term = piece.seasons.get(season, 0), piece.solar_terms.get(term, 0)
                if of_season >= 0 and of_term >= 0:
                    fitting[code, term, piece.domain] += 1
                    brought[code, term, piece.domain] += of_season >= 1 or of_term >= 1
    return fitting, brought


def test_every_cell_is_filled(matrix):
    assert len(matrix.fitting) == 9 * 24 * 9
    assert not set(matrix.fitting) - matrix.filled()


def test_the_plan_moves_with_every_term(matrix):
    """From one solar term to the next, at least three of the eight domains that vary with the year bring something else; at a change of
    season at least six."""
    changes = matrix.changes()
    assert {key: n for key, n in changes.items() if n < 3} == {}
    assert {key: n for key, n in changes.items() if TERMS.index(key[1]) % 6 == 0 and n < 6} == {}
    assert len(VARYING) == 8


def test_no_two_types_get_the_same(matrix):
    assert matrix.same_types() == ()


def test_numbers_of_the_command(engine):
    counted = coverage(engine.catalogue)
    assert counted["cells"]["total"] == counted["cells"]["filled"] == 1944 and counted["cells"]["fewest"] >= 3
    assert counted["types"] == {"total": 36 * 24 * 9, "same": 0}
