"""Indicators on paper and as bars: what the view says is printed, tagged, without a warning, with definitions and honest words."""

from __future__ import annotations

import logging
from datetime import date

import pytest

from reports import render_indicators
from reports.figures import bars
from tcm_engine import Engine
from tcm_engine.evaluation import EmployerReport, EmployerTable, GroupRates, GroupTable, Indicators, Line, Section, difference, share
from tcm_engine.model import CONSTITUTIONS
from tcm_engine.views import LANGUAGES, BarView, IndicatorsView, Letterhead, present_employer, present_indicators
from tests.reports.documents import fonts_of, opened, structure_of, text_of

HEAD = Letterhead("", "清河中心", contacts="010-1234", practitioner="李四", licence_no="110")
TYPES = (*CONSTITUTIONS, "none")


RATES = GroupRates("sex", ("female", "male"), ("roster", "people", "plans.signed"), ((41, 40, 9), (39, 38, 3)))


def found(people: int = 60, compare: bool = True) -> Indicators:
    def line(code: str, count: int, of: int = people) -> Line:
        now = share(min(count, of), of)
        return Line(code, now, difference(share(min(count, 40), 40), now) if compare else None)

    counts = [20, 12, 9, 6, 5, 3, 2, 1, 0, 2]
    sections = (
        Section("coverage", (line("assessed", people, people + 20),)),
        Section("main_type", tuple(line(code, count) for code, count in zip(TYPES, counts, strict=True))),
        Section("applies", tuple(line(code, count) for code, count in zip(CONSTITUTIONS, counts, strict=False)), 3),
        Section("plans", (line("planned", 30), line("signed", 12, 30))),
        Section("follow_ups", (line("done", 4, 9), line("overdue", 3, 9), line("waiting", 2, 9))),
        Section("quality", (line("any", 7), line("straight_lining", 7), line("sex_missing", 0))),
    )
    groups = GroupTable("sex", ("female", "male"), TYPES, (tuple(counts), tuple(counts)))
    period = (date(2025, 1, 1), date(2025, 12, 31)) if compare else None
    return Indicators(
        date(2026, 1, 1), date(2026, 12, 31), period, "东", "体检", "某厂", date(2026, 11, 24), people, people + 4, people + 20,
        ("gbt_46939_2025",), sections, groups, RATES, 40 if compare else None,
    )  # fmt: skip


def view(engine: Engine, lang: str = "zh-Hans", **asked: object) -> IndicatorsView:
    return present_indicators(found(**asked), lang, letterhead=HEAD, knowledge=engine.knowledge)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_and_number_is_printed(engine: Engine, lang: str, tmp_path) -> None:
    shown = view(engine, lang)
    text = text_of(render_indicators(shown), tmp_path)
    words = [shown.finding, *shown.scope, shown.audience, *shown.notes, "清河中心", "110"]
    words += [part for one in shown.sections for part in (one.title, one.finding, one.definition)]
    words += [
        part for one in shown.sections for bar in one.bars for part in (bar.label, bar.share_text, bar.interval_text, bar.change_text)
    ]
    words += [cell for one in shown.crosses for row in one.rows for cell in row]
    assert [word for word in words if "".join(word.split()) not in text] == []


def test_it_is_tagged_embedded_and_without_a_warning(engine: Engine, tmp_path, caplog) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = render_indicators(view(engine))
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
    assert all(line[-5] == "yes" and line[-3] == "yes" for line in fonts_of(pdf, tmp_path))
    with opened(pdf) as document:
        tags = [element for element in structure_of(document) if str(element.S) == "/Figure"]
        assert tags and all(str(element.Alt) for element in tags)
        assert {"/H1", "/H2", "/Table", "/TH"} <= {str(element.S) for element in structure_of(document)}


def test_a_finding_names_what_is_clearly_different_and_no_cause(engine: Engine) -> None:
    shown = view(engine)
    text = " ".join((shown.finding, *shown.notes, *(one.finding for one in shown.sections)))
    assert not [word for word in ("导致", "由于", "因此", "使得", "效果") if word in text]
    assert "不说明原因" in text


def test_bars_stand_by_length_and_the_sum_of_reasons_first(engine: Engine) -> None:
    shown = {one.code: [int(bar.count) for bar in one.bars] for one in view(engine).sections}
    assert shown["main_type"] == sorted(shown["main_type"], reverse=True)
    assert shown["quality"][0] == 7
    assert [bar.label for bar in view(engine).sections[4].bars] == ["已完成", "已逾期", "未到期"]


def test_few_people_are_said_to_be_few(engine: Engine) -> None:
    assert any("不足30人" in note for note in view(engine, people=29, compare=False).notes)
    assert not any("不足30人" in note for note in view(engine, people=30, compare=False).notes)


def test_long_labels_stand_above_their_bars() -> None:
    short = bars([BarView("气虚质", "3", 10, 0.3, "30%", 0.1, 0.6, "")], "一型", names=104)
    long = bars([BarView("没有填性别却回答了只问一种性别的题目", "3", 10, 0.3, "30%", 0.1, 0.6, "")], "一型", names=104)
    assert 'text-anchor="end"' in short.split("气虚质")[0].rsplit("<text", 1)[1]
    assert 'text-anchor="end"' not in long.split("没有填")[0].rsplit("<text", 1)[1]


def test_an_employer_reads_the_same_word_for_every_withheld_cell(engine: Engine, tmp_path) -> None:
    table = EmployerTable(
        "sex", (("female",), ("male", "unknown")), (30, 24), (("balanced",), ("qi_deficiency", "none")), (34, 20), ((-1, -1), (-1, -1))
    )
    report = EmployerReport(
        "体检", "某厂", 2, date(2026, 11, 24), 5, 54, 20, 80, (("balanced",), ("qi_deficiency", "none")), (34, 20), (table,), ("unit",)
    )
    shown = present_employer(report, "zh-Hans", letterhead=HEAD, knowledge=engine.knowledge)
    assert [row[1:3] for row in shown.crosses[0].rows[:2]] == [("隐去（＜5或为保护）",) * 2] * 2
    text = text_of(render_indicators(shown), tmp_path)
    assert "隐去（＜5或为保护）" in text and "气虚质、没有单一主要体质" in text and "男、未填" in text
    assert "不能作为用工决定的依据" in text and "单位部门" in next(note for note in shown.notes if "不分开" in note)
