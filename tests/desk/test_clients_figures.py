"""Drawings of measurements over time: every value inside, long gaps dotted, words apart, no value made up."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reports.figures import Bound, Series, trend

START = date(2020, 1, 1)


def drawn(points: list[tuple[int, float]], *bounds: float) -> str:
    series = Series("x", tuple((START + timedelta(days=day), value, f"{value:g}") for day, value in points))
    return str(trend([series], [Bound(value, f"{value:g}") for value in bounds], "a title <b>"))


def test_a_long_gap_is_dotted_and_a_short_one_is_not() -> None:
    assert drawn([(0, 5.0), (183, 6.0)]).count("1 4") == 0
    assert drawn([(0, 5.0), (184, 6.0)]).count("1 4") == 1
    assert "&lt;b&gt;" in drawn([(0, 5.0)])


@given(st.lists(st.tuples(st.integers(0, 4000), st.floats(0.5, 400)), min_size=1, max_size=12, unique_by=lambda point: point[0]))
def test_every_value_lies_inside_the_drawing(points: list[tuple[int, float]]) -> None:
    found = drawn(sorted(points), 6.1, 140)
    circles = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([-\d.]+)" cy="([-\d.]+)"', found)]
    assert len(circles) == len(points)
    assert all(44 <= x <= 288 and 14 <= y <= 144.01 for x, y in circles)
    heights = [y for _x, y in sorted(circles)]
    values = [value for _day, value in sorted(points)]
    for (one, high), (other, low) in zip(zip(values, heights, strict=True), zip(values[1:], heights[1:], strict=False), strict=False):
        assert (one - other) * (high - low) <= 1e-6  # higher value, higher on the page


def test_words_of_bounds_do_not_lie_on_each_other() -> None:
    found = drawn([(0, 100.0), (30, 180.0)], 139, 140)
    assert found.count("stroke-dasharray") == 2
    assert (found.count(">139<"), found.count(">140<")) == (1, 0)
