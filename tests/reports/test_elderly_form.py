"""The national record form on paper: everything the form prescribes, ticked where it should be, tagged, in its faces."""

from __future__ import annotations

import logging
from datetime import date

import pytest

from knowledge_base import load_instrument
from reports import render_record_forms
from tcm_engine import Engine
from tcm_engine.model import CONSTITUTIONS
from tcm_engine.views import Letterhead, RecordFormView, present_record_form
from tests.reports.documents import fonts_of, opened, structure_of, text_of

HEAD = Letterhead("张三", "清河中心", contacts="010-1234", practitioner="李四", licence_no="110")
ANSWERS = {f"q{n}": 1 for n in range(1, 34)} | {"q1": 5, "q2": 5, "q3": 5, "q4": 4, "q14": 5, "q9": 4, "q28": 4}


@pytest.fixture(scope="module")
def view(engine: Engine) -> RecordFormView:
    return shown(engine)


def shown(engine: Engine, lang: str = "zh-Hans", **changes: object) -> RecordFormView:
    result = engine.assess("elderly_33", ANSWERS, sex="female", assessed_on=date(2026, 6, 1))
    values = {"boxes": {"qi_deficiency": {"diet", "movement"}}, "guided_on": date(2026, 6, 2), "letterhead": HEAD} | changes
    return present_record_form(result, lang, name="张三", code="001-00023", knowledge=engine.knowledge, **values)  # type: ignore[arg-type]


def test_the_form_has_what_is_prescribed(view: RecordFormView) -> None:
    instrument = load_instrument("elderly_33")
    assert [item.text for item in view.items] == [item.text.zh for item in instrument.items] and len(view.items) == 33
    assert [one.name for one in view.types] == ["气虚质", "阳虚质", "阴虚质", "痰湿质", "湿热质", "血瘀质", "气郁质", "特禀质", "平和质"]
    assert view.kinds == ("情志调摄", "饮食调养", "起居调摄", "运动保健", "穴位保健", "其他")
    assert {one.tendency_word for one in view.types[:-1]} == {"倾向是"} and view.types[-1].tendency_word == "基本是"
    assert view.title == "老年人中医药健康管理服务记录表" and "".join(view.code) == "00100023"


def test_answers_sums_verdicts_and_guidance_are_those_of_the_assessment(engine: Engine, view: RecordFormView) -> None:
    assert [item.chosen for item in view.items] == [ANSWERS[f"q{n}"] for n in range(1, 34)]
    result = engine.assess("elderly_33", ANSWERS, sex="female", assessed_on=date(2026, 6, 1))
    for one in view.types:
        scale = result.scores[CONSTITUTIONS.index(one.code)]
        assert (one.score, one.yes, one.tendency) == (scale.raw, scale.verdict == "yes", scale.verdict in ("tendency", "basically"))
    qi, phlegm = view.types[0], view.types[3]
    assert (qi.score, qi.yes, qi.boxes) == (19, True, (False, True, False, True, False, False))
    assert (phlegm.score, phlegm.tendency, phlegm.boxes) == (10, True, (False,) * 6)


def test_every_word_is_printed_in_reading_order(view: RecordFormView, tmp_path) -> None:
    text = text_of(render_record_forms([view]), tmp_path)
    for item in view.items:
        assert f"({item.number}){''.join(item.text.split())}" in text
    assert "✓4BMI" not in text and "✓426≤BMI＜28" in text, "the chosen answer with its printed band"
    for words in (
        "姓名：张三",
        "1.得分19",
        "✓2.是",
        "✓3.倾向是",
        "3.基本是",
        "✓2.饮食调养",
        "填表日期2026年6月1日",
        "医生签名李四1102026年6月2日",
    ):
        assert words in text, words


def test_it_is_tagged_embedded_and_without_a_warning(view: RecordFormView, tmp_path, caplog) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = render_record_forms([view])
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []
    assert all(line[-5] == "yes" and line[-3] == "yes" for line in fonts_of(pdf, tmp_path))
    with opened(pdf) as document:
        assert document.Root.MarkInfo.Marked and str(document.docinfo["/Title"]) == view.title
        assert {"/H1", "/Table", "/TH", "/TD"} <= {str(element.S) for element in structure_of(document)}
        box = document.pages[0].MediaBox
        assert (round(float(box[2])), round(float(box[3]))) == (595, 842) and len(document.pages) == 2


def test_many_forms_are_one_document_with_a_form_on_pages_of_its_own(engine: Engine) -> None:
    with opened(render_record_forms([shown(engine), shown(engine), shown(engine)])) as document:
        assert len(document.pages) == 6
    with pytest.raises(ValueError, match="no form"):
        render_record_forms([])


def test_without_guidance_the_form_says_that_it_is_not_complete(engine: Engine, tmp_path) -> None:
    view = shown(engine, guided_on=None, boxes=None)
    assert view.practitioner == "" and "不计入服务人数" in view.note
    assert "不计入服务人数" in text_of(render_record_forms([view]), tmp_path)


def test_the_same_form_gives_the_same_bytes(view: RecordFormView) -> None:
    assert render_record_forms([view]) == render_record_forms([view])


def test_another_instrument_has_no_record_form(engine: Engine) -> None:
    keys = [item.key for item in engine.instrument("gbt_46939_2025").items if item.sex != "male"]
    result = engine.assess("gbt_46939_2025", dict.fromkeys(keys, 2), sex="female", assessed_on=date(2026, 6, 1))
    with pytest.raises(ValueError, match="33"):
        present_record_form(result, "zh-Hans", knowledge=engine.knowledge)


def test_it_can_be_read_in_english(engine: Engine, tmp_path) -> None:
    text = text_of(render_record_forms([shown(engine, "en")]), tmp_path)
    assert "Signatureofthedoctor" in text and "2.Eatinganddrinking" in text
