"""Answers as a page sends them: one question, or a whole list of which only what was changed counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_base.model import Item, Measure

from ..draft import Sheet
from ..words import translate as _
from .base import PageFault, plain

ANSWERS = {"1", "2", "3", "4", "5"}
LONGEST_NUMBER = 12


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What to write into the draft; null deletes."""

    answers: Mapping[str, int | None]
    numbers: Mapping[str, float | None]

    def __bool__(self) -> bool:
        return bool(self.answers or self.numbers)


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """One question as it was sent: what to keep, or what is wrong with it."""

    change: AnswerChange
    fault: PageFault | None = None


def read_question(item: Item, sent: Mapping[str, str], lang: str, prefix: str = "") -> SentAnswer:
    """The answer to `item`: a measured number where one was given, else the chosen option. Neither is a fault."""
    typed = plain(sent.get(f"{prefix}number", ""))
    if item.measure and typed:
        number = read_number(item.measure, typed)
        if number is None:
            return SentAnswer(_nothing(), PageFault(f"#{prefix}number", _number_fault(item.measure, lang)))
        return SentAnswer(AnswerChange({item.key: None}, {item.measure.key: number}))
    chosen = sent.get(f"{prefix}answer", "")
    if chosen not in ANSWERS:
        return SentAnswer(_nothing(), PageFault(f"#{prefix}answer-1", _("Choose one answer: {question}", question=item.text.in_(lang))))
    numbers = {item.measure.key: None} if item.measure else {}
    return SentAnswer(AnswerChange({item.key: int(chosen)}, numbers))


def read_list(sheet: Sheet, sent: Mapping[str, str], lang: str) -> tuple[AnswerChange, list[PageFault]]:
    """What a list page changed since it was shown. What it left as it was is not written: a newer answer from another tab stays."""
    answers: dict[str, int | None] = {}
    numbers: dict[str, float | None] = {}
    faults: list[PageFault] = []
    for item in sheet.items:
        prefix = f"{item.key}-"
        if f"{sent.get(f'{prefix}answer', '')}/{plain(sent.get(f'{prefix}number', ''))}" == sent.get(f"{prefix}was", "/"):
            continue
        read = read_question(item, sent, lang, prefix)
        faults += [read.fault] if read.fault else []
        answers |= read.change.answers
        numbers |= read.change.numbers
    return AnswerChange(answers, numbers), faults


def was(answer: int | None, number: str) -> str:
    """The state of a question when its page was made, as `read_list` compares it."""
    return f"{answer or ''}/{number}"


def read_number(measure: Measure, typed: str) -> float | None:
    """A plausible measured number; None for anything else."""
    try:
        number = float(typed.replace(",", ".")) if len(typed) <= LONGEST_NUMBER else math.nan
    except ValueError:
        return None
    if not math.isfinite(number) or not measure.minimum <= number <= measure.maximum or (measure.integer and number != int(number)):
        return None
    return number


def _number_fault(measure: Measure, lang: str) -> str:
    values = {
        "label": measure.label.in_(lang),
        "low": f"{measure.minimum:g}",
        "high": f"{measure.maximum:g}",
        "unit": measure.unit.in_(lang),
    }
    if measure.integer:
        return _("{label}: enter a whole number from {low} to {high} ({unit}), or choose an answer.", **values)
    return _("{label}: enter a number from {low} to {high} ({unit}), or choose an answer.", **values)


def _nothing() -> AnswerChange:
    return AnswerChange({}, {})
