"""A piece that a level says is wrong in a season or a solar term is not brought in it, except where its domain would else be empty."""

from datetime import date

import pytest

from knowledge_base import load
from tcm_engine.model import CONSTITUTIONS
from tcm_engine.planning import DOMAINS, compile_catalogue, make_plan
from tcm_engine.planning.solar_terms import TERMS
from tests.planning.people import PLAIN
from tests.planning.worlds import assessment

FEW = 2
"""So many pieces a domain has at least; only up to there is it filled with what is out of season."""
DAYS = [date(2026, month, day) for month in range(1, 13) for day in (9, 24)]


@pytest.fixture(scope="module")
def catalogue():
    return compile_catalogue(load())


@pytest.mark.parametrize("constitution", CONSTITUTIONS)
def test_no_piece_is_brought_in_weeks_that_are_not_its_own(catalogue, constitution):
    pieces, seen = catalogue.knowledge.advice, set()
    for day in DAYS:
        plan = make_plan(catalogue, assessment({constitution: "yes"}), PLAIN, day, "test")
        seen.add(plan.term)
        for domain in DOMAINS:
            wrong = [i.id for i in plan.items if i.domain == domain and _is_wrong(pieces[i.id], plan.season, plan.term)]
            right = [i.id for i in plan.items if i.domain == domain and i.id not in wrong]
            assert not wrong or len(right) < FEW, (day, wrong)
        for span in plan.calendar:
            assert [id_ for id_ in span.item_ids if _is_wrong(pieces[id_], span.season, span.term)] == []
    assert seen == set(TERMS)


def _is_wrong(piece, season: str, term: str) -> bool:
    return piece.seasons.get(season, 0) < 0 or piece.solar_terms.get(term, 0) < 0
