"""The last look before a sheet is sent: what is missing first, then every answer with a link to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tcm_engine.model import Fault

from ..draft import Sheet
from ..forms import PageFault
from ..words import translate as _
from .question_page import QuestionView, question_page


@dataclass(frozen=True, slots=True)
class CheckRow:
    number: int
    text: str
    answer: str
    """The chosen option's words or the number with its unit; empty where missing."""


@dataclass(frozen=True, slots=True)
class CheckPage:
    instrument_title: str
    count: int
    missing: tuple[CheckRow, ...]
    answered: tuple[CheckRow, ...]
    faults: tuple[PageFault, ...]


def check_page(sheet: Sheet, lang: str, asked_to_send: bool, refused: Sequence[Fault] = ()) -> CheckPage:
    """`asked_to_send`: the button was pressed, so what is missing is a fault. `refused`: what the engine found beyond that."""
    rows = tuple(_row(question_page(sheet, number, lang).question) for number in range(1, len(sheet.items) + 1))
    missing = tuple(row for row in rows if not row.answer)
    faults = tuple(PageFault(f"#missing-{row.number}", _("Question {number} has no answer yet.", number=row.number)) for row in missing)
    faults = (faults if asked_to_send else ()) + tuple(_refused(sheet, fault) for fault in refused)
    return CheckPage(sheet.instrument.title.in_(lang), len(rows), missing, tuple(row for row in rows if row.answer), faults)


def _row(view: QuestionView) -> CheckRow:
    if view.measure and view.measure.value:
        return CheckRow(view.number, view.text, f"{view.measure.label} {view.measure.value} {view.measure.unit}")
    return CheckRow(view.number, view.text, next((option.label for option in view.options if option.chosen), ""))


def _refused(sheet: Sheet, fault: Fault) -> PageFault:
    """A fault of the engine as a sentence; which words it has there belongs to the API, here the place is enough."""
    key = fault.path.rsplit(".", 1)[-1]
    number = next((n for n, item in enumerate(sheet.items, 1) if key in (item.key, item.measure.key if item.measure else "")), None)
    if number is None:
        return PageFault("#answers", _("These answers cannot be scored as they are. Please look through them once more."))
    return PageFault(f"#answer-{number}", _("Please answer question {number} again.", number=number))
