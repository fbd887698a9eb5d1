"""A file of rows, whatever it is: .xlsx, .xls, .ods, or text with commas, semicolons or tabs in UTF-8 or GBK."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from tcm_engine.model import Fault, InvalidInput

from .open_table import MOST_COLUMNS, MOST_ROWS
from .zip_check import check_zip

_READER = Path(__file__).parent / "open_table.py"
_SECONDS = 60
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
Cell = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    name: str
    """Empty for text files."""
    rows: tuple[tuple[Cell, ...], ...]
    """As they stand in the file, empty ones too: the row's number is its place, from 1."""


def read_tables(data: bytes) -> tuple[Table, ...]:
    """Sheets with at least one row, in order. What kind of file it is, its bytes say. Raises InvalidInput at `file`."""
    if not data.strip():
        raise _fault("file_empty")
    if data[:4] == b"PK\3\4":
        check_zip(data)
        found = _spreadsheet(data)
    elif data[:4] == _OLD_EXCEL:
        found = _spreadsheet(data)
    else:
        found = (_text(data),)
    tables = tuple(table for table in found if any(any(filled(cell) for cell in row) for row in table.rows))
    if not tables:
        raise _fault("file_empty")
    return tables


def filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _spreadsheet(data: bytes) -> tuple[Table, ...]:
    try:
        done = subprocess.run([sys.executable, "-I", str(_READER)], input=data, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _fault("too_much_inside") from None
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise _fault("too_much_inside")
    if done.returncode:
        raise _fault("not_a_spreadsheet")
    sheets = json.loads(done.stdout)
    if any(sheet["height"] > MOST_ROWS for sheet in sheets):
        raise InvalidInput([Fault("file", "too_many_rows", {"maximum": MOST_ROWS})])
    return tuple(Table(sheet["name"], tuple(tuple(_cell(cell) for cell in row) for row in sheet["rows"])) for sheet in sheets)


def _cell(value: Any) -> Cell:
    return date.fromisoformat(value["day"]) if isinstance(value, dict) else value


def _text(data: bytes) -> Table:
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t，", key=lambda mark: sum(line.count(mark) for line in text.splitlines()[:20])) if first else ","
    try:
        rows = [
            tuple(row[:MOST_COLUMNS]) for _, row in zip(range(MOST_ROWS + 1), csv.reader(StringIO(text), delimiter=delimiter), strict=False)
        ]
    except csv.Error:
        raise _fault("not_a_spreadsheet") from None
    if len(rows) > MOST_ROWS:
        raise InvalidInput([Fault("file", "too_many_rows", {"maximum": MOST_ROWS})])
    return Table("", tuple(rows))


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codecs: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        raise _fault("not_a_spreadsheet")
    else:
        codecs = ("utf-8-sig", "gb18030")
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise _fault("unknown_encoding")


def _fault(code: str) -> InvalidInput:
    return InvalidInput([Fault("file", code)])
