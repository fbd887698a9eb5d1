"""The national record form of one resident, ready to print."""

from __future__ import annotations

from dataclasses import dataclass

from .plan_view import Letterhead


@dataclass(frozen=True, slots=True)
class FormItem:
    number: int
    text: str
    gloss: str
    printed: tuple[str, ...]
    """What stands under the number of each of the five answers: `BMI＜24`; mostly empty."""
    chosen: int
    """1 to 5."""


@dataclass(frozen=True, slots=True)
class FormType:
    code: str
    name: str
    score: int | None
    yes_word: str
    tendency_word: str
    """`倾向是`; of the balanced type `基本是`."""
    yes: bool
    tendency: bool
    boxes: tuple[bool, ...]
    """One a kind of guidance, in the form's order."""


@dataclass(frozen=True, slots=True)
class RecordFormView:
    lang: str
    html_lang: str
    title: str
    name: str
    code: tuple[str, ...]
    """Signs of the number, one a box; empty boxes where there is none."""
    recall: str
    anchors: tuple[str, ...]
    items: tuple[FormItem, ...]
    types: tuple[FormType, ...]
    """In the form's order, the balanced type last."""
    kinds: tuple[str, ...]
    """`情志调摄` … `其他`."""
    other: str
    day: str
    """Of the answers."""
    guided_on: str
    """Of the guidance; empty where none was given."""
    practitioner: str
    """Who guided; empty: signed by hand."""
    note: str
    """What the form needs to be complete; empty where it is."""
    source: str
    letterhead: Letterhead
