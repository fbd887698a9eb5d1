"""The national record form in words: the form's own, of the instrument; and what was ticked."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date

from knowledge_base import KnowledgeBase
from knowledge_base.model import Instrument
from tcm_engine.model import CONSTITUTIONS, Assessment

from . import format
from .catalog import HTML_LANG, Catalog
from .elderly_view import FormItem, FormType, RecordFormView
from .plan_view import Letterhead

FORM_ORDER = (*CONSTITUTIONS[1:], CONSTITUTIONS[0])
"""The form prints the eight biased types first: 气虚 阳虚 阴虚 痰湿 湿热 血瘀 气郁 特禀 平和."""
KINDS = ("emotion", "diet", "daily_living", "movement", "acupoint", "other")
CODE_BOXES = 8
"""The form has three boxes and five for the number."""


def present_record_form(
    assessment: Assessment,
    lang: str,
    *,
    name: str = "",
    code: str = "",
    boxes: Mapping[str, Set[str]] | None = None,
    other: str = "",
    guided_on: date | None = None,
    letterhead: Letterhead | None = None,
    knowledge: KnowledgeBase,
) -> RecordFormView:
    """The form of one resident. boxes: type -> kinds of guidance; the practitioner stands in the letterhead.

    Raises ValueError for an assessment with another form.
    """
    instrument = knowledge.instruments[assessment.instrument]
    if instrument.rule.kind != "raw_sum":
        raise ValueError("the record form is that of the 33 questions")
    t = Catalog.load("views", lang)
    head = letterhead or Letterhead()
    kinds = (
        t("Care of feelings"), t("Eating and drinking"), t("Daily living"), t("Movement and exercise"), t("Care of points"), t("Other"),
    )  # fmt: skip
    return RecordFormView(
        lang=lang,
        html_lang=HTML_LANG[lang],
        title=t("Record form of TCM health management for older people"),
        name=name,
        code=tuple(code.replace("-", "")) if code else ("",) * CODE_BOXES,
        recall=instrument.recall.in_(lang),
        anchors=tuple(anchor.in_(lang) for anchor in instrument.anchors),
        items=_items(instrument, assessment, lang),
        types=tuple(_type(one, assessment, (boxes or {}).get(one, frozenset()), knowledge, t, lang) for one in FORM_ORDER),
        kinds=kinds,
        other=other,
        day=format.day(assessment.assessed_on, lang),
        guided_on=format.day(guided_on, lang) if guided_on else "",
        practitioner=head.practitioner if guided_on else "",
        note=""
        if guided_on
        else t("Guidance has not been given yet: until it is, the form is not complete and the service does not count."),
        source=t("National basic public health service standards (third edition), TCM health management for older people"),
        letterhead=head,
    )


def _items(instrument: Instrument, assessment: Assessment, lang: str) -> tuple[FormItem, ...]:
    made = []
    for number, item in enumerate(instrument.items, 1):
        printed = {band.answer: band.printed for band in item.measure.bands} if item.measure else {}
        words = tuple(printed.get(n, "") if lang != "en" else "" for n in range(1, 6))
        gloss = item.gloss.in_(lang) if item.gloss else ""
        made.append(FormItem(number, item.text.in_(lang), gloss, words, assessment.answers[item.key]))
    return tuple(made)


def _type(code: str, assessment: Assessment, kinds: Set[str], knowledge: KnowledgeBase, t: Catalog, lang: str) -> FormType:
    scale = assessment.scores[CONSTITUTIONS.index(code)]
    balanced = code == CONSTITUTIONS[0]
    return FormType(
        code, knowledge.constitutions[code].name.in_(lang), scale.raw, t("yes"), t("basically") if balanced else t("tends to"),
        scale.verdict == "yes", scale.verdict in ("tendency", "basically"), tuple(kind in kinds for kind in KINDS),
    )  # fmt: skip
