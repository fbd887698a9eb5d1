"""Rows of a delimited text to columns, for tables of many small whole numbers.

Bytes in, item-major arrays out. A row that is not plain (a cell that is no single digit, a stray quotation mark, another number of
cells) is marked and left to the caller, who reads it with the csv module. A row is a line, always: a quotation mark that nobody
closed spoils its own line and no other, so no row is ever lost because another one is bad.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

SKIP, ITEM, ID, SEX, BIRTH, SECONDS, MEASURE = range(7)
"""What a column holds."""
NOT_ONE_TO_FIVE = 255
"""Stands for a digit that is no answer: 0 (which is not the same as an empty cell) and 6 to 9."""
_QUOTE, _NEWLINE, _RETURN, _POINT, _ZERO, _DASH = 34, 10, 13, 46, 48, 45


class Rows(NamedTuple):
    """One entry per row; N is at least the number of rows."""

    answers: np.ndarray
    """uint8 [items, N]: 0 empty, 1..5, 255 another digit."""
    sex: np.ndarray
    """uint8 [N]: 0 empty, 1 female, 2 male."""
    birth: np.ndarray
    """int32 [N]: year * 10000 + month * 100 + day as written, 0 empty."""
    seconds: np.ndarray
    """float64 [N], NaN empty."""
    measures: np.ndarray
    """float64 [measures, N], NaN empty."""
    id_at: np.ndarray
    """int64 [2, N]: where the person's id begins and ends."""
    row_at: np.ndarray
    """int64 [2, N]: where the row begins and ends, its line break left out."""
    careful: np.ndarray
    """bool [N]: not plain; nothing but `row_at` is said of it."""


@njit(cache=True, nogil=True)
def read_rows(data: np.ndarray, delimiter: int, kinds: np.ndarray, slots: np.ndarray, rows: Rows) -> int:
    """Read every row of `data`, which ends with a line break; returns how many there are.

    data: uint8 [bytes]; kinds, slots: int64 [columns], what each column holds and which row of `answers` or `measures` it fills.
    """
    position, row = 0, 0
    while position < data.shape[0]:
        if data[position] == _NEWLINE:
            position += 1
        elif data[position] == _RETURN and data[position + 1] == _NEWLINE:
            position += 2
        else:
            rows.row_at[0, row] = position
            end = _plain_row(data, delimiter, kinds, slots, rows, row, position)
            rows.careful[row] = end < 0
            if end < 0:
                end = _end_of_line(data, position)
            rows.row_at[1, row] = end
            position = end + (2 if data[end] == _RETURN and data[end + 1] == _NEWLINE else 1)
            row += 1
    return row


@njit(cache=True, nogil=True)
def _plain_row(data: np.ndarray, delimiter: int, kinds: np.ndarray, slots: np.ndarray, rows: Rows, row: int, position: int) -> int:
    """Where a plain row ends, or -1."""
    last = kinds.shape[0] - 1
    rows.sex[row] = 0
    rows.birth[row] = 0
    rows.seconds[row] = np.nan
    for column in range(last + 1):
        kind, slot, start = kinds[column], slots[column], position
        if kind == ITEM and _ZERO <= data[position] < _ZERO + 10 and _ends(data, delimiter, position + 1):
            digit = data[position] - _ZERO
            rows.answers[slot, row] = digit if 1 <= digit <= 5 else NOT_ONE_TO_FIVE
            position += 1
        else:
            quoted = data[position] == _QUOTE
            if quoted:
                start, position = position + 1, position + 1
                while data[position] != _QUOTE and data[position] != _NEWLINE:
                    position += 1
                stop = position
                if data[position] == _NEWLINE or not _ends(data, delimiter, position + 1):
                    return -1
                position += 1
            else:
                while not _ends(data, delimiter, position):
                    if data[position] == _QUOTE:
                        return -1
                    position += 1
                stop = position
            if not _keep_cell(data, kind, slot, rows, row, start, stop):
                return -1
        if column < last:
            if data[position] != delimiter:
                return -1
            position += 1
    return position if data[position] != delimiter else -1


@njit(cache=True, nogil=True)
def _ends(data: np.ndarray, delimiter: int, position: int) -> bool:
    """Whether a cell ends before `position`."""
    byte = data[position]
    line_end = byte == _NEWLINE or (byte == _RETURN and data[position + 1] == _NEWLINE)
    return byte == delimiter or line_end


@njit(cache=True, nogil=True)
def _end_of_line(data: np.ndarray, position: int) -> int:
    while data[position] != _NEWLINE:
        position += 1
    return position - 1 if data[position - 1] == _RETURN else position


@njit(cache=True, nogil=True)
def _keep_cell(data: np.ndarray, kind: int, slot: int, rows: Rows, row: int, start: int, stop: int) -> bool:
    """Store one cell; False where it is not plain."""
    if kind == ITEM:
        return _keep_item(data, slot, rows, row, start, stop)
    if kind == ID:
        rows.id_at[0, row] = start
        rows.id_at[1, row] = stop
    elif kind == SEX:
        return _keep_sex(data, rows, row, start, stop)
    elif kind == BIRTH and stop > start:
        rows.birth[row] = _day(data, start, stop)
        return rows.birth[row] > 0
    elif kind in (SECONDS, MEASURE):
        number = _number(data, start, stop) if stop > start else np.nan
        if kind == SECONDS:
            rows.seconds[row] = number
        else:
            rows.measures[slot, row] = number
        return stop == start or not np.isnan(number)
    return True


@njit(cache=True, nogil=True)
def _keep_item(data: np.ndarray, slot: int, rows: Rows, row: int, start: int, stop: int) -> bool:
    """An empty cell, or a digit with or without a decimal part of zeros (`3.0`, as spreadsheets and data frames write it)."""
    if stop == start:
        rows.answers[slot, row] = 0
        return True
    digit = int(data[start]) - _ZERO
    if digit < 0 or digit > 9 or (stop - start > 1 and data[start + 1] != _POINT):
        return False
    for position in range(start + 2, stop):
        if data[position] != _ZERO:
            return False
    rows.answers[slot, row] = digit if 1 <= digit <= 5 else NOT_ONE_TO_FIVE
    return True


@njit(cache=True, nogil=True)
def _keep_sex(data: np.ndarray, rows: Rows, row: int, start: int, stop: int) -> bool:
    length = stop - start
    if length == 6 and data[start] == 102 and data[start + 2] == 109 and data[start + 5] == 101:  # f_m__e
        rows.sex[row] = 1
        return data[start + 1] == 101 and data[start + 3] == 97 and data[start + 4] == 108  # _e_al_
    if length == 4 and data[start] == 109 and data[start + 3] == 101:  # m__e
        rows.sex[row] = 2
        return data[start + 1] == 97 and data[start + 2] == 108  # _al_
    return length == 0


@njit(cache=True, nogil=True)
def _day(data: np.ndarray, start: int, stop: int) -> int:
    """YYYY-MM-DD as one number, 0 for anything else; whether there is such a day is for the caller to see."""
    if stop - start != 10 or data[start + 4] != _DASH or data[start + 7] != _DASH:
        return 0
    day = 0
    for position in range(start, stop):
        if position != start + 4 and position != start + 7:
            digit = int(data[position]) - _ZERO
            if digit < 0 or digit > 9:
                return 0
            day = day * 10 + digit
    return day


@njit(cache=True, nogil=True)
def _number(data: np.ndarray, start: int, stop: int) -> float:
    """A plain decimal number of at most 15 digits, exactly as Python reads it; NaN for anything else."""
    digits, decimals, seen_point = 0, 0, False
    if stop - start > 15:
        return np.nan
    for position in range(start, stop):
        if data[position] == _POINT and not seen_point and position > start:
            seen_point = True
        else:
            digit = int(data[position]) - _ZERO
            if digit < 0 or digit > 9:
                return np.nan
            digits = digits * 10 + digit
            decimals += seen_point
    return digits / 10.0**decimals if stop > start else np.nan
