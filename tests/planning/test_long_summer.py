"""Long summer by dampness: measured first, then the zone's climate; unknown is no."""

import pytest

from tcm_engine.planning.long_summer import WARM_WEEKS, is_long_summer
from tcm_engine.planning.solar_terms import TERMS
from tests.planning.worlds import world

EAST, NORTH = (world(1).zones[code] for code in ("east", "north"))


@pytest.mark.parametrize("term", TERMS)
def test_only_damp_warm_weeks(term):
    warm = term in WARM_WEEKS
    assert is_long_summer(term, None, 70.0) == warm and is_long_summer(term, NORTH, 95) == warm
    assert not is_long_summer(term, EAST, 69.9) and not is_long_summer(term, None, None) and not is_long_summer(term, NORTH, None)
    assert is_long_summer(term, EAST, None) == (term in ("xiaoshu", "dashu"))
