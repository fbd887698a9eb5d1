"""Drawings: well-formed, with an alternative text first, every mark inside the frame, every spot inside its body."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from knowledge_base.loader import DATA
from knowledge_base.reading import read_yaml
from reports.figures import HUES, WEB, has_movement, movement, paper, point, season, strip
from reports.figures.body import charts
from reports.figures.movements import DRAWINGS
from reports.figures.movements.props import PROPS
from tcm_engine.model import CONSTITUTIONS
from tcm_engine.views import Evidence, MovementView, PointView, Spot, present
from tests import sample_plan

SVG = "{http://www.w3.org/2000/svg}"
NONE = Evidence("classic", "", "")
POINTS = sorted((DATA / "points").glob("*.yaml"))


def drawn(markup) -> ElementTree.Element:
    root = ElementTree.fromstring(str(markup))
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title" and root[0].text
    return root


def point_view(entry: dict) -> PointView:
    spots = tuple(Spot(s["chart"], float(s["x"]), float(s["y"])) for s in entry["spots"])
    return PointView(entry["code"], entry["name"]["zh"], "", "", "", "", "", "", spots, (), "where it lies", NONE)


@pytest.mark.parametrize("file", POINTS, ids=lambda f: f.stem)
def test_every_point_of_the_register_can_be_drawn_inside_its_frame(file):
    root = drawn(point(point_view(read_yaml(file))))
    _, _, width, height = map(float, root.get("viewBox").split())
    marks = list(root.iter(f"{SVG}circle"))
    assert marks
    assert all(0 < float(c.get("cx")) < width and 0 < float(c.get("cy")) < height for c in marks)


def test_every_chart_that_a_spot_may_name_is_drawn():
    from typing import get_args

    from knowledge_base.model import FigureSpot

    assert set(get_args(FigureSpot.model_fields["chart"].annotation)) == set(charts())


@pytest.mark.parametrize("code", DRAWINGS)
def test_every_movement_is_drawn(code):
    view = MovementView(code, code, (), "", code, "a movement", (), NONE)
    assert len(list(drawn(movement(view)).iter(f"{SVG}path"))) > 10


def test_every_figure_that_the_knowledge_names_exists():
    named = {read_yaml(file).get("figure") for file in (DATA / "movements").glob("*.yaml")} - {None}
    assert [code for code in sorted(named) if not has_movement(code)] == []


@pytest.mark.parametrize("code", DRAWINGS)
def test_every_body_and_its_arrows_stay_inside_the_frame(code):
    """Paths are checked where they begin: `M x y` inside a group that is moved and scaled as a whole."""
    view = MovementView(code, code, (), "", code, "a movement", (), NONE)
    root = drawn(movement(view))
    _, _, width, height = map(float, root.get("viewBox").split())
    whole = root[1]
    down, scale = (
        float(whole.get("transform").split("translate(0 ")[1].split(")")[0]),
        float(whole.get("transform").split("scale(")[1][:-1]),
    )
    for parent, moved in [(whole, 0.0), *((g, float(g.get("transform").split("(")[1].split()[0])) for g in whole.findall(f"{SVG}g"))]:
        for path in parent.findall(f"{SVG}path"):
            x, y = map(float, re.match(r"M(-?[\d.]+) ?(-?[\d.]+)", path.get("d")).groups())
            assert -0.5 <= (x + moved) * scale <= width + 0.5
            assert -0.5 <= y * scale + down <= height + 0.5


def test_no_drawing_and_no_prop_is_left_over():
    named = {read_yaml(file).get("figure") for file in (DATA / "movements").glob("*.yaml")}
    assert set(DRAWINGS) - named == set()
    assert {pose.prop for drawing in DRAWINGS.values() for pose in drawing.poses if pose.prop} == set(PROPS)


@pytest.mark.parametrize("code", ["spring", "summer", "autumn", "winter"])
def test_every_season_has_its_ornament(code):
    drawn(season(code, title="ornament"))


@pytest.mark.parametrize("palette", [paper("Plan Sans SC"), WEB], ids=["paper", "web"])
@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
def test_the_strip_shows_each_type_once_and_the_cut_offs_of_the_form(palette, lang):
    view = present(sample_plan.plan(), lang, knowledge=sample_plan.knowledge()).assessment.strip
    root = drawn(strip(view, palette, wide_names=lang == "en"))
    words = [t.text for t in root.iter(f"{SVG}text")]
    assert all(words.count(row.name) == 1 for row in (*view.rows, view.apart))
    assert all(cut.words in words for cut in (*view.cut_offs, *view.apart_cut_offs))
    assert len(list(root.iter(f"{SVG}circle"))) == 9


def test_a_score_that_cannot_be_known_has_no_dot():
    view = present(sample_plan.undetermined(), "zh-Hans", knowledge=sample_plan.knowledge()).assessment.strip
    assert len(list(drawn(strip(view)).iter(f"{SVG}circle"))) == 8


def test_names_in_a_drawing_are_escaped():
    entry = {"code": "X", "name": {"zh": "<b>&"}, "spots": [{"chart": "abdomen", "x": 50, "y": 50}]}
    assert "&lt;b&gt;&amp;" in str(point(point_view(entry)))


def test_every_type_has_a_hue():
    assert set(HUES) == set(CONSTITUTIONS)
