"""One question, or all of them, as a page shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.model import Band, Item, Measure

from ..draft import Sheet
from ..forms import PageFault, was
from ..words import translate as _

_SPLIT = re.compile(r"^(.*?)\s*[（(](.*)[）)]$")


@dataclass(frozen=True, slots=True)
class OptionView:
    value: str
    label: str
    aside: str
    """The anchor's second wording, in brackets on paper."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class MeasureView:
    label: str
    unit: str
    value: str
    whole: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    key: str
    number: int
    text: str
    gloss: str
    options: tuple[OptionView, ...]
    measure: MeasureView | None
    was: str
    """What stood here when the page was made; see `read_list`."""
    fault: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    instrument: str
    recall: str
    number: int
    count: int
    minutes_left: int
    before: int | None
    """Number of the question before, or None."""
    question: QuestionView
    translation_note: str
    """That nobody validated the wording, where it is a translation; else empty."""


@dataclass(frozen=True, slots=True)
class ListPage:
    instrument: str
    recall: str
    count: int
    answered: int
    minutes_left: int
    questions: tuple[QuestionView, ...]
    translation_note: str


def question_page(
    sheet: Sheet, number: int, lang: str, sent: Mapping[str, str] | None = None, fault: PageFault | None = None
) -> QuestionPage:
    """Question `number` of this person, from 1; after a fault with what was sent."""
    item = sheet.items[number - 1]
    view = _question(sheet, item, number, lang, sent, "", fault.message if fault else "")
    before = number - 1 if number > 1 else None
    return QuestionPage(
        sheet.instrument.code,
        sheet.instrument.recall.in_(lang),
        number,
        len(sheet.items),
        minutes_left(sheet, number),
        before,
        view,
        translation_note(sheet, lang),
    )


def list_page(sheet: Sheet, lang: str, sent: Mapping[str, str] | None = None, faults: Sequence[PageFault] = ()) -> ListPage:
    """All questions of this person; after faults with what was sent."""
    wrong = {fault.href.removeprefix("#").rsplit("-", 2 if fault.href.endswith("-answer-1") else 1)[0]: fault.message for fault in faults}
    views = tuple(
        _question(sheet, item, number, lang, sent if item.key in wrong else None, f"{item.key}-", wrong.get(item.key, ""))
        for number, item in enumerate(sheet.items, 1)
    )
    answered = len(sheet.items) - len(sheet.missing())
    return ListPage(
        sheet.instrument.code,
        sheet.instrument.recall.in_(lang),
        len(sheet.items),
        answered,
        minutes_left(sheet, answered + 1),
        views,
        translation_note(sheet, lang),
    )


def translation_note(sheet: Sheet, lang: str) -> str:
    """The standards are Chinese: only the English questions are a translation."""
    return sheet.instrument.translation_note.in_(lang) if lang == "en" else ""


def minutes_left(sheet: Sheet, number: int) -> int:
    """Whole minutes from question `number` to the end, rounded up, at the form's own pace."""
    left = len(sheet.items) - number + 1
    return -(-left * sheet.instrument.minutes // max(len(sheet.items), 1))


def _question(sheet: Sheet, item: Item, number: int, lang: str, sent: Mapping[str, str] | None, prefix: str, fault: str) -> QuestionView:
    answer, typed = sheet.answer(item), _shown(sheet.number(item))
    state = was(answer, typed)
    chosen = str(answer or "")
    if sent is not None:
        chosen, typed = sent.get(f"{prefix}answer", ""), sent.get(f"{prefix}number", "")
    options = tuple(_option(item, n, anchor.in_(lang), chosen, lang) for n, anchor in enumerate(sheet.instrument.anchors, 1))
    gloss = item.gloss.in_(lang) if item.gloss else ""
    return QuestionView(item.key, number, item.text.in_(lang), gloss, options, _measure(item.measure, typed, lang), state, fault)


def _option(item: Item, answer: int, anchor: str, chosen: str, lang: str) -> OptionView:
    """A choice in the form's words; of a measured item with the band of numbers that the form prints for it."""
    parts = _SPLIT.match(anchor)
    label, aside = parts.groups() if parts else (anchor, "")
    if item.measure:
        aside = _band(next(band for band in item.measure.bands if band.answer == answer), lang)
    return OptionView(str(answer), label, aside, str(answer) == chosen)


def _band(band: Band, lang: str) -> str:
    if lang != "en":
        return band.printed
    if band.low is None:
        return _("below {high}", high=f"{band.high:g}")
    if band.high is None:
        return _("{low} and more", low=f"{band.low:g}")
    return _("{low} to below {high}", low=f"{band.low:g}", high=f"{band.high:g}")


def _measure(measure: Measure | None, typed: str, lang: str) -> MeasureView | None:
    return MeasureView(measure.label.in_(lang), measure.unit.in_(lang), typed, measure.integer) if measure else None


def _shown(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
