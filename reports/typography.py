"""Filters of the templates that make Chinese lines well: numbers stay with their units, no last line of one character."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from .fonts import printable

_UNITS = "毫升|公斤|厘米|分钟|小时|汤匙|横指|克|盏|杯|碗|片|次|遍|天|周|年|月|日|份|秒|级|寸|岁|步|℃|%|％|cm|g|ml|min"
_NUMBER = re.compile(rf"[约約第每]?\d+(?:[.:：／/]\d+)?(?:(?:～|至|-|–)\d+(?:[.:]\d+)?)?(?:{_UNITS})?")
_COMPOUND = re.compile(r"\b[A-Z]\w+-\w+[,.;]?|\b\d+ (?:g|ml|cm|°C)\b")
_NAME = 40
_LAST = 4


def prose(lang: str) -> Callable[[str], Markup]:
    """A filter for running text: in Chinese, what belongs together stays on one line."""
    return _chinese if lang != "en" else _english


def name(text: str, limit: int = _NAME) -> str:
    """A name or a line of a letterhead: characters that no face has become 〓, and an endless one is cut with an ellipsis."""
    shown = printable(" ".join(text.split()))
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def refs(numbers: Sequence[int]) -> str:
    """`[1] [4]`; empty where nothing is cited."""
    return " ".join(f"[{n}]" for n in numbers)


def _chinese(text: str) -> Markup:
    body, last = (text[:-_LAST], text[-_LAST:]) if len(text) > 13 else (text, "")
    if last and re.search(r"\d", text[-_LAST - 6 :]):
        body, last = text, ""
    shown, at = [], 0
    for found in _NUMBER.finditer(body):
        if found.end() - found.start() > 1:
            shown += [escape(body[at : found.start()]), _kept(found.group())]
            at = found.end()
    shown.append(escape(body[at:]))
    return Markup("").join(shown) + (_kept(last) if last else Markup(""))


def _english(text: str) -> Markup:
    """A compound and a number with its unit are not broken: Yang-deficiency, 300 ml."""
    shown, at = [], 0
    for found in _COMPOUND.finditer(text):
        shown += [escape(text[at : found.start()]), _kept(found.group())]
        at = found.end()
    return Markup("").join([*shown, escape(text[at:])])


def _kept(text: str) -> Markup:
    return Markup('<span class="n">{}</span>').format(text)
