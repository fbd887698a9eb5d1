"""Long summer by dampness: measured first, then the zone's climate; unknown is no."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge_base import load
from tcm_engine.model import Place
from tcm_engine.planning import compile_catalogue, make_plan
from tcm_engine.planning.long_summer import WARM_WEEKS, is_long_summer
from tcm_engine.planning.solar_terms import TERMS
from tests.planning.people import PLAIN
from tests.planning.worlds import assessment, world

EAST, NORTH = (world(1).zones[code] for code in ("east", "north"))


@pytest.mark.parametrize("term", TERMS)
def test_only_damp_warm_weeks(term):
    warm = term in WARM_WEEKS
    assert is_long_summer(term, None, 70.0) == warm and is_long_summer(term, NORTH, 95) == warm
    assert not is_long_summer(term, EAST, 69.9) and not is_long_summer(term, None, None) and not is_long_summer(term, NORTH, None)
    assert is_long_summer(term, EAST, None) == (term in ("xiaoshu", "dashu"))


def test_what_is_measured_today_counts_for_the_plan_and_for_the_running_term_of_its_calendar():
    catalogue, on = compile_catalogue(load()), date(2026, 8, 1)
    pieces = catalogue.knowledge.advice
    dry, damp = (
        make_plan(catalogue, assessment({"damp_heat": "yes"}), replace(PLAIN, place=Place(humidity_percent=h)), on, "test")
        for h in (40, 85)
    )
    assert (dry.long_summer, damp.long_summer) == (False, True)
    assert [t.term for t in damp.calendar] == [t.term for t in dry.calendar]
    assert all(pieces[id_].long_summer + pieces[id_].seasons.get("summer", 0) >= 0 for id_ in damp.calendar[0].item_ids)
    assert sum(pieces[id_].long_summer for id_ in damp.calendar[0].item_ids) > sum(
        pieces[id_].long_summer for id_ in dry.calendar[0].item_ids
    )
