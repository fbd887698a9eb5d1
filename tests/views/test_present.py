"""Codes into words: every code that the engine can give has its words, in three languages, and no view is left half told."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_base.model import Domain, Grade
from tcm_engine.assessment.conclusion import KINDS, REASONS
from tcm_engine.model import Caution, Coded, Excluded
from tcm_engine.views import LANGUAGES, Catalog, UnknownLanguage, format, present, present_assessment, words
from tcm_engine.views.present_result import STATES, phrases_of
from tests import sample_plan

ROOT = Path(__file__).parents[2]


def told(lang: str = "zh-Hans", **changes):
    return present(sample_plan.plan(**changes), lang, knowledge=sample_plan.knowledge())


def test_every_conclusion_review_reason_grade_and_domain_has_words():
    assert set(KINDS) - {""} == set(STATES)
    assert set(REASONS.values()) <= set(words.REVIEW_REASON)
    assert {str(g) for g in Grade} == set(words.GRADE) == set(words.GRADE_KEY)
    assert {str(d) for d in Domain} == set(words.DOMAIN) == set(words.DOMAIN_AIM)


def test_every_review_reason_and_unknown_that_the_code_names_has_words():
    named = set()
    for file in [*(ROOT / "tcm_engine" / "planning").glob("*.py"), *(ROOT / "tcm_engine" / "assessment").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Coded"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                named.add(node.args[0].value)
    assert {"red_flag", "unregistered_complaint"} <= named
    assert named - {"single"} <= set(words.REVIEW_REASON)  # `single` is the conclusion of the matrix's plain person


@pytest.mark.parametrize(
    ("conclusion", "statement"),
    [
        (Coded("balanced", {"constitutions": ("balanced",)}), "平和质"),
        (Coded("basically_balanced", {"constitutions": ("balanced",), "tendencies": ("qi_deficiency",)}), "基本是平和质，倾向气虚"),
        (Coded("single", {"constitutions": ("qi_deficiency",), "tendencies": ()}), "气虚质"),
        (
            Coded("tied", {"constitutions": ("qi_deficiency", "damp_heat"), "leading": ("qi_deficiency", "damp_heat")}),
            "气虚质、湿热质，程度相当",
        ),
        (Coded("leading_unknown", {"constitutions": ("qi_deficiency",), "undetermined": ("damp_heat",)}), "气虚质，主次未明"),
        (Coded("tendencies_only", {"constitutions": (), "tendencies": ("qi_stagnation",)}), "没有主要体质，倾向气郁质"),
        (Coded("undetermined", {"constitutions": (), "tendencies": ()}), "这次不能判定体质"),
    ],
    ids=lambda value: value.code if isinstance(value, Coded) else "",
)
def test_each_kind_of_conclusion_is_said(conclusion, statement):
    assessment = replace(sample_plan.assessment(), conclusion=conclusion)
    view = present_assessment(assessment, "zh-Hans", knowledge=sample_plan.knowledge())
    assert view.statement == statement
    assert "".join(view.statement_parts) == statement


def test_no_phrase_begins_with_a_comma():
    assert phrases_of(("气虚质", "，兼有阳虚质")) == ("气虚质，", "兼有阳虚质")
    assert phrases_of(("Qi-deficiency", ", with Yang-deficiency")) == ("Qi-deficiency,", " with Yang-deficiency")


def test_sources_are_numbered_in_the_order_of_use_and_every_citation_has_one():
    view = told()
    numbers = [source.number for source in view.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {n for domain in view.domains for item in domain.items for n in item.evidence.sources}
    assert cited <= set(numbers)


def test_a_plan_itself_has_no_name():
    assert told().letterhead.client_name == ""


def test_the_strip_takes_its_cut_offs_and_axis_from_the_form():
    short, elderly = (
        present_assessment(sample_plan.assessment(form), "zh-Hans", knowledge=sample_plan.knowledge()).strip
        for form in ("gbt_46939_2025", "elderly_33")
    )
    assert [c.value for c in short.cut_offs] == [30, 40] and (short.low, short.high) == (0, 100)
    assert [c.value for c in elderly.cut_offs] == [9, 11] and (elderly.low, elderly.high) == (4, 20)
    assert [row.value for row in short.rows] == sorted((row.value for row in short.rows), reverse=True)


def test_every_kind_of_rejecting_rule_is_explained():
    excluded = tuple(
        Excluded(piece, piece.split(".")[0], 9, rule, True)
        for piece, rule in {
            "diet.less_raw": "veto.qi_deficiency",
            "diet.warm_breakfast": "preference.vegetarian",
            "movement.walk": "triage.chest_pain",
            "acupoint.st36": "alcohol.limit",
        }.items()
    )
    whys = [left.why for left in told(excluded=excluded).left_out]
    assert whys == [
        "不适合气虚质，而您这次的结果里有它",
        "不合您的选择：素食",
        "请先就医查明：胸痛或胸口压榨感超过15分钟",
        "血压高，不要喝酒。",
    ]


def test_a_rule_that_holds_only_for_want_of_an_answer_says_so():
    avoid = (Caution("alcohol.limit", "block", False), Caution("salt.limit", "limit", True))
    first, second = told(avoid=avoid).avoid
    assert first.unsure and not second.unsure
    assert [word for word, _ in told(avoid=avoid).avoid_by_level] == ["不要", "限量"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_view_has_no_placeholder_left(lang):
    assert "{" not in repr(told(lang).assessment) and "{" not in repr(told(lang).domains)


def test_dates_numbers_and_lists():
    assert format.day(sample_plan.ON, "zh-Hant") == "2026年11月23日"
    assert format.day(sample_plan.ON, "en") == "23 November 2026"
    assert format.listed(("a", "b", "c"), "en") == "a, b and c"
    assert format.listed(("甲", "乙"), "zh-Hans") == "甲、乙"
    assert (format.number(1.0), format.number(2.5), format.number(100.0)) == ("1", "2.5", "100")


def test_the_catalogue_speaks_three_languages_and_no_other():
    said = [Catalog.load("views", lang)("Movement") for lang in LANGUAGES]
    assert said == ["运动", "運動", "Movement"]
    with pytest.raises(UnknownLanguage):
        Catalog.load("views", "fr")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_measured_value_that_needs_a_doctor_is_told_like_a_red_flag(lang):
    view = told(lang, review_reasons=(Coded("glucose_needs_doctor"), Coded("red_flag", {"urgency": "within_24h", "count": 1})))
    assert [(flag.code, flag.urgency) for flag in view.flags] == [("glucose_needs_doctor", "within_24h")]
    assert "3.9" in view.flags[0].sign
    assert view.flags[0].action
    assert set(words.MEASURED_SIGN) == set(words.MEASURED_ACTION) <= set(words.REVIEW_REASON)
