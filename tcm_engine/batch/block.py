"""A block of rows, read and ready to score; and the slow, careful reading of the rows that are not plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite, isnan, nan
from typing import Any

import numpy as np

from ..assessment import SEX_CODES, Form, age_faults, read_sheet
from ..kernels.csv_rows import NOT_ONE_TO_FIVE, Rows
from ..model import Fault, InvalidInput, Sex

_WHOLE = re.compile(r"[+-]?(\d{1,18})(\.0*)?")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_SEXES: Mapping[str, Sex] = {
    "female": "female",
    "male": "male",
    "f": "female",
    "m": "male",
    "女": "female",
    "男": "male",
    "女性": "female",
    "男性": "male",
}
_DIGIT_OUT_OF_RANGE = 9


@dataclass(slots=True)
class Block:
    """Rows 1 to `count` of a piece of a file."""

    rows: Rows
    """Arrays cut to `count`."""
    ids: np.ndarray
    """uint8: what `rows.id_at` points to."""
    cells_of: Callable[[int], Mapping[str, Any] | Fault]
    """The cells of one row by column name as the file has them, or what is wrong with the row as a whole."""
    faults: dict[int, tuple[Fault, ...]] = field(default_factory=dict)
    """Row -> its faults; filled while the block is checked."""

    @property
    def count(self) -> int:
        return self.rows.sex.shape[0]

    def id_of(self, row: int) -> str:
        start, stop = self.rows.id_at[:, row]
        return self.ids[start:stop].tobytes().decode()


@dataclass(frozen=True, slots=True)
class CarefulRow:
    person_id: str
    answers: Mapping[str, int]
    sex: Sex | None
    birth_date: date | None
    seconds: float
    faults: tuple[Fault, ...]


def careful_row(form: Form, cells: Mapping[str, Any], on: date) -> CarefulRow:
    """One row read cell by cell: full-width digits, spaces, `3.0`, other ways to write a sex or a day; all its faults at once."""
    faults: list[Fault] = []
    sex = _sex(cells.get("sex"), faults)
    birth = _birth(cells.get("birth_date"), faults)
    seconds = _seconds(cells.get("answered_in_s"), faults)
    answers = {key: _whole(cells[key]) for key in form.keys if key in cells}
    answers |= {key: _measure(cells[key]) for key in form.measures if key in cells}
    read: Mapping[str, int] = {}
    try:
        read = read_sheet(form, answers, sex)
    except InvalidInput as invalid:
        faults += invalid.faults
    faults += age_faults(form, birth, on)
    identity = cells.get("person_id")
    return CarefulRow("" if identity is None else str(identity), read, sex, birth, seconds, tuple(faults))


def check_rows(form: Form, block: Block, on: date) -> None:
    """Map measured numbers, read the rows that are not plain, and note the faults of both; every other row is left as it is."""
    _map_measures(form, block.rows)
    _mark_birth_dates(form, block.rows, on)
    extra = bytearray()
    for row in np.flatnonzero(block.rows.careful):
        _read_carefully(form, block, int(row), on, extra)
    if extra:
        block.ids = np.concatenate([block.ids, np.frombuffer(bytes(extra), np.uint8)])


def faults_of_plain_row(form: Form, block: Block, row: int) -> tuple[Fault, ...]:
    """The faults of a row that was plain to read but does not pass the kernel."""
    rows = block.rows
    values = {key: int(rows.answers[i, row]) for i, key in enumerate(form.keys)}
    answers = {key: _DIGIT_OUT_OF_RANGE if value == NOT_ONE_TO_FIVE else value for key, value in values.items() if value}
    sex = next(sex for sex, code in SEX_CODES.items() if code == rows.sex[row])
    try:
        read_sheet(form, answers, sex)
    except InvalidInput as invalid:
        return invalid.faults
    raise AssertionError("the kernel and the reader of single sheets disagree")


def _read_carefully(form: Form, block: Block, row: int, on: date, extra: bytearray) -> None:
    rows, cells = block.rows, block.cells_of(row)
    read = CarefulRow("", {}, None, None, nan, (cells,)) if isinstance(cells, Fault) else careful_row(form, cells, on)
    rows.answers[:, row] = [0 if read.faults else read.answers.get(key, 0) for key in form.keys]
    rows.sex[row] = SEX_CODES[read.sex]
    rows.seconds[row] = read.seconds
    born = read.birth_date
    rows.birth[row] = born.year * 10000 + born.month * 100 + born.day if born else 0
    rows.id_at[0, row] = block.ids.shape[0] + len(extra)
    extra += read.person_id.encode()
    rows.id_at[1, row] = block.ids.shape[0] + len(extra)
    if read.faults:
        block.faults[row] = read.faults


def _map_measures(form: Form, rows: Rows) -> None:
    """Turn measured numbers into answers; what is implausible, no whole number where one is asked, or in conflict, is read carefully."""
    for slot, (key, item) in enumerate(form.measures.items()):
        measure, numbers = form.measure(key), rows.measures[slot]
        given = ~np.isnan(numbers) & ~rows.careful
        bad = given & ((numbers < measure.minimum) | (numbers > measure.maximum))
        if measure.integer:
            bad |= given & (numbers != np.floor(numbers))
        answers = np.ones(numbers.shape, np.uint8)
        for band in measure.bands[1:]:
            reached = numbers >= band.low if band.low_included else numbers > band.low
            answers[reached] = band.answer
        target = rows.answers[form.keys.index(item)]
        bad |= given & (target != 0) & (target != answers)
        rows.careful[bad] = True
        target[given & ~bad] = answers[given & ~bad]


def _mark_birth_dates(form: Form, rows: Rows, on: date) -> None:
    """Have the rows read carefully whose birth date is no day, or not that of a person for this form."""
    for born in np.unique(rows.birth[~rows.careful]):
        if born and not _fits(form, int(born), on):
            rows.careful[rows.birth == born] = True


def _fits(form: Form, born: int, on: date) -> bool:
    try:
        return not age_faults(form, date(born // 10000, born // 100 % 100, born % 100), on)
    except ValueError:
        return False


def _text(value: Any) -> str:
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


def _empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and isnan(value))


def _whole(value: Any) -> Any:
    """An int where the cell is a whole number, however written; None where it is empty; else as it is, for the sheet to refuse."""
    value = _text(value)
    if _empty(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and (found := _WHOLE.fullmatch(value)):
        return -int(found[1]) if value.startswith("-") else int(found[1])
    return value


def _measure(value: Any) -> Any:
    value = _text(value)
    if _empty(value):
        return None
    try:
        return float(value) if isinstance(value, str) and "_" not in value else value
    except ValueError:
        return value


def _sex(value: Any, faults: list[Fault]) -> Sex | None:
    value = _text(value)
    if _empty(value):
        return None
    if isinstance(value, str) and value.lower() in _SEXES:
        return _SEXES[value.lower()]
    faults.append(Fault("$.person.sex", "unknown_sex"))
    return None


def _birth(value: Any, faults: list[Fault]) -> date | None:
    value = _text(value)
    if _empty(value):
        return None
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    faults.append(Fault("$.person.birth_date", "not_a_date"))
    return None


def _seconds(value: Any, faults: list[Fault]) -> float:
    number = _measure(value)
    if number is None:
        return nan
    if isinstance(number, (int, float)) and not isinstance(number, bool) and isfinite(number) and number >= 0:
        return float(number)
    faults.append(Fault("$.answered_in_s", "not_a_number"))
    return nan
