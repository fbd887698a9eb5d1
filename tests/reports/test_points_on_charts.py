"""Where the points lie on our charts: on the body, the same on both sides, and as far apart as their places in cun say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from knowledge_base.loader import DATA
from knowledge_base.reading import read_yaml
from reports.figures.body import Chart, charts

POINTS = {file.stem: read_yaml(file) for file in sorted((DATA / "points").glob("*.yaml"))}
MIRRORED = ("front", "back", "abdomen", "head_front", "head_back")
SPOTS = [(code, s["chart"], float(s["x"]), float(s["y"])) for code, entry in POINTS.items() for s in entry["spots"]]
NEAR = 0.35
"""In cun. Half a finger: closer than anybody finds a point by hand."""


def width_at(chart: Chart, y: float) -> tuple[float, float]:
    """The outermost edges of the body at one height, in percent of the chart."""
    edges = [
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for line, _ in chart.outlines
        for a, b in pairwise(line)
        if a[1] != b[1] and min(a[1], b[1]) <= y <= max(a[1], b[1])
    ]
    return min(edges), max(edges)


def spot(code: str, chart: str) -> tuple[float, float]:
    return next((x, y) for c, name, x, y in SPOTS if (c, name) == (code, chart))


@pytest.mark.parametrize(("code", "chart", "x", "y"), SPOTS, ids=lambda value: str(value))
def test_a_spot_lies_on_the_body(code, chart, x, y):
    left, right = width_at(charts()[chart], y)
    assert left < x < right


def test_points_beside_the_midline_are_drawn_on_both_sides():
    drawn = {(code, chart, x, y) for code, chart, x, y in SPOTS}
    alone = [(code, chart, x) for code, chart, x, y in drawn if chart in MIRRORED and (code, chart, round(100 - x, 2), y) not in drawn]
    assert alone == []


@pytest.mark.parametrize(
    ("chart", "upper", "lower", "cun", "of_one_cun"),
    [
        ("arm_inner", "PC7", "PC6", 2, 5),
        ("arm_inner", "PC6", "PC5", 1, 5),
        ("arm_inner", "PC7", "PC4", 5, 5),
        ("arm_outer", "TE5", "TE6", 1, 5),
        ("abdomen", "CV13", "CV12", 1, 5.6),
        ("abdomen", "CV12", "CV10", 2, 5.6),
        ("abdomen", "CV8", "CV4", 3, 9),
        ("abdomen", "CV4", "CV3", 1, 9),
        ("leg_front", "ST35", "ST36", 3, 3.75),
        ("leg_front", "ST36", "ST37", 3, 3.75),
        ("leg_front", "ST37", "ST39", 3, 3.75),
        ("leg_outer", "GB37", "GB39", 2, 4.6),
        ("leg_inner", "SP9", "SP8", 3, 4.9),
        ("leg_inner", "KI7", "KI3", 2, 5),
    ],
)
def test_points_are_as_far_apart_as_their_places_say(chart, upper, lower, cun, of_one_cun):
    apart = spot(lower, chart)[1] - spot(upper, chart)[1]
    assert abs(apart / of_one_cun - cun) <= NEAR
