"""One cell at a time: names, days, sexes, telephone and identity numbers as people type them, into what they mean.

Each reader gives a value, or a fault's code with its parameters. Nothing is guessed: what can be read in two ways is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .tables import Cell

EARLIEST, LONGEST_NAME, LONGEST_UNIT = date(1900, 1, 1), 80, 120
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0xFEFF: None,
    0x200B: None,
    0x202C: None,
    0x202D: None,
}
_DOTS = str.maketrans("•．・∙⋅・", "······")
_SEXES = {
    **dict.fromkeys(("男", "男性", "m", "male", "1", "先生", "男士"), "male"),
    **dict.fromkeys(("女", "女性", "f", "female", "2", "女士"), "female"),
}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_DAY_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U000323af])\s+(?=[\u3400-\u9fff\U00020000-\U000323af])")
_MOBILE, _LANDLINE = re.compile(r"1[3-9]\d{9}"), re.compile(r"0\d{9,11}|[48]00\d{7}")
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
"""GB 11643-1999: weights of the first 17 digits and the check character by their sum modulo 11."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell can't be taken: a fault's code with its parameters, never what stood there."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity-card number says."""

    number: str
    birth_date: date
    sex: str


def plain(cell: Cell) -> str:
    """A cell as one line of text in half width: numbers without a needless .0, blanks at the ends gone."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return str(int(cell)) if float(cell).is_integer() else repr(cell)
    return " ".join(cell.translate(_WIDE).split())


def read_name(cell: Cell) -> str | Wrong:
    """A formula stays the text that it is; blanks inside a Chinese name go."""
    text = _HAN_GAP.sub("", plain(cell).translate(_DOTS)).strip()
    if not text:
        return Wrong("missing")
    if not text.isprintable() or (isinstance(cell, int | float) and not isinstance(cell, bool)) or text.isdigit():
        return Wrong("unfit_name")
    return text if len(text) <= LONGEST_NAME else Wrong("too_long", (("maximum", LONGEST_NAME),))


def read_sex(cell: Cell) -> str | Wrong | None:
    text = plain(cell).lower()
    return None if not text else _SEXES.get(text, Wrong("unknown_sex_word"))


def read_day(cell: Cell, today: date) -> date | Wrong | None:
    """A day of birth. 03/04/1980 could be March or April: it is a fault."""
    found = cell if isinstance(cell, date) else _day(plain(cell))
    if isinstance(found, date):
        if found > today:
            return Wrong("in_the_future")
        if found < EARLIEST:
            return Wrong("too_early", (("minimum", EARLIEST.isoformat()),))
    return found


def _day(text: str) -> date | Wrong | None:
    if not text:
        return None
    if match := _DAY.fullmatch(text):
        return _date(*(int(part) for part in match.groups()))
    if match := _DAY_LAST.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        if first <= 12 and second <= 12 and first != second:
            return Wrong("ambiguous_day")
        return _date(year, second, first) if first > 12 or first == second else _date(year, first, second)
    if text.isascii() and text.isdigit():
        if len(text) == 8:
            return _date(int(text[:4]), int(text[4:6]), int(text[6:]))
        if len(text) in (4, 5) and not (len(text) == 4 and text[:2] in ("19", "20")):
            return _EXCEL_DAY_ZERO + timedelta(int(text))
    return Wrong("unreadable_day")


def _date(year: int, month: int, day: int) -> date | Wrong:
    try:
        return date(year, month, day)
    except ValueError:
        return Wrong("unreadable_day")


def read_id_number(cell: Cell, today: date) -> Identity | Wrong | None:
    """An identity card's number with its check character. One that passed through a number cell has lost its last digits: told."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 1e15:
        return Wrong("id_digits_lost")
    text = re.sub(r"[\s'‘’`\"-]", "", plain(cell)).upper()
    if not text:
        return None
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", text):
        return Wrong("id_digits_lost")
    if re.fullmatch(r"\d{15}", text):
        return Wrong("id_old")
    if not re.fullmatch(r"\d{17}[\dX]", text):
        return Wrong("id_number_shape")
    born = _date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    if isinstance(born, Wrong) or not EARLIEST <= born <= today:
        return Wrong("id_number_shape")
    if _CHECKS[sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False)) % 11] != text[17]:
        return Wrong("id_digits_lost" if text.endswith("000") else "id_number_check")
    return Identity(text, born, "male" if int(text[16]) % 2 else "female")


def read_phone(cell: Cell) -> str | Wrong | None:
    """A mobile number of the mainland, or a landline with its area code; digits alone."""
    text = re.sub(r"[\s()（）·'-]", "", plain(cell))
    if not text:
        return None
    text = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", text)
    return text if _MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text) else Wrong("phone_unfit")


def read_line(cell: Cell) -> str | Wrong | None:
    """Free words: department, team, staff number."""
    text = plain(cell)
    if not text:
        return None
    if not text.isprintable():
        return Wrong("unfit_text")
    return text if len(text) <= LONGEST_UNIT else Wrong("too_long", (("maximum", LONGEST_UNIT),))


def is_wrong(value: Any) -> bool:
    return isinstance(value, Wrong)
