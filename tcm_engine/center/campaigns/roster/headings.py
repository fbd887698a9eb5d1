"""Which column holds what: headings as they stand in real rosters, above which titles stand, and which run over two rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .cells import plain
from .tables import Cell, Table, filled

Field = Literal["name", "sex", "birth_date", "id_number", "phone", "unit", "staff_number"]
FIELDS: tuple[Field, ...] = ("name", "sex", "birth_date", "id_number", "phone", "unit", "staff_number")
_LOOK_AT = 25
"""Rows from the top among which the header is looked for."""
_WORDS: Mapping[Field, str] = {
    "name": """
        姓名 员工姓名 职工姓名 客户姓名 居民姓名 村民姓名 受检人 受检者 受检人姓名 体检人 体检人姓名 名字 人员姓名
        name fullname employee employeename clientname
    """,
    "sex": """
        性别 男女 sex gender
    """,
    "birth_date": """
        出生日期 出生年月日 出生年月 生日 出生 出生时间 dateofbirth birthdate birthday
        dob born
    """,
    "id_number": """
        身份证 身份证号 身份证号码 身份证件号 身份证件号码 公民身份号码 证件号 证件号码 居民身份证号 居民身份证号码
        idnumber idno idcard idcardnumber nationalid
    """,
    "phone": """
        手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 本人电话 移动电话 联系手机 phone mobile
        mobilephone phonenumber telephone tel cell
    """,
    "unit": """
        部门 所在部门 部门名称 科室 单位 所属单位 工作单位 车间 班组 班级 组别 小组 村组 村民小组 村 自然村
        行政村 所属部门 department dept unit team group village
    """,
    "staff_number": """
        工号 员工号 员工编号 职工号 职工编号 人员编号 编号 体检号 体检编号 档案号 staffnumber
        employeeid employeenumber staffid staffno
    """,
}
_KNOWN: Mapping[str, Field] = {word: field for field, words in _WORDS.items() for word in words.split()}
REASON = ("问题说明", "What to correct")
"""Heading of the column in which a file to correct says what is wrong: no column of the roster."""
_NOISE = re.compile(r"[\s*＊:：_·/\\-]|[（(【\[].*?[）)】\]]")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet."""

    row: int
    """Index of its last row, from 0: people stand below it."""
    labels: tuple[str, ...]
    """One a column; empty where there is none."""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(label for label in self.labels if label)

    @property
    def key(self) -> str:
        """What a remembered mapping is found by: the labels, whatever their order of rows above."""
        return "\x1f".join(_bare(label) for label in self.labels).rstrip("\x1f")


Mapped = Mapping[int, Field]
"""Index of a column -> what it holds."""


def find_header(table: Table) -> Header | None:
    """The row, or two rows, in the top of a sheet that name most columns; None where none names a person."""
    best: tuple[int, Header] | None = None
    rows = table.rows[:_LOOK_AT]
    for at, row in enumerate(rows):
        single = Header(at, tuple(_label(cell) for cell in row))
        for header in (single, _with_next(single, rows)):
            if header is None:
                continue
            score = len(guess(header))
            if score and (best is None or score > best[0]):
                best = score, header
    if best is None or "name" not in guess(best[1]).values() or best[0] < 2:
        return None
    return best[1]


def first_row_of_words(table: Table) -> Header | None:
    """Where no heading is known: the row in the top that has most words and no digit, for somebody to say what its columns hold."""
    best: Header | None = None
    for at, row in enumerate(table.rows[:_LOOK_AT]):
        header = Header(at, tuple(_label(cell) for cell in row))
        words = [label for label in header.labels if label]
        if len(words) > 1 and not any(re.search(r"\d", label) for label in words) and (best is None or len(words) > len(best.words)):
            best = header
    return best


def guess(header: Header) -> dict[int, Field]:
    """The columns whose heading is known; of two with the same meaning the first."""
    found: dict[int, Field] = {}
    for index, label in enumerate(header.labels):
        field = _KNOWN.get(_bare(label))
        if field and field not in found.values():
            found[index] = field
    return found


def is_header_again(header: Header, row: Sequence[Cell]) -> bool:
    """Whether a row below repeats the header, as printed lists do on every page."""
    named = [(label, _label(row[index]) if index < len(row) else "") for index, label in enumerate(header.labels) if label]
    known = sum(1 for label, cell in named if cell and (_bare(cell) == _bare(label) or _bare(cell) in _KNOWN))
    return known >= max(2, len(named) // 2)


def _with_next(header: Header, rows: Sequence[tuple[Cell, ...]]) -> Header | None:
    """The header with the row below it, where that row names columns and holds nobody."""
    if header.row + 1 >= len(rows):
        return None
    below = rows[header.row + 1]
    if any(filled(cell) and (not isinstance(cell, str) or re.search(r"\d", cell)) for cell in below):
        return None
    width = max(len(header.labels), len(below))
    upper = (*header.labels, *("",) * (width - len(header.labels)))
    lower = tuple(_label(below[index]) if index < len(below) else "" for index in range(width))
    return Header(header.row + 1, tuple(low or high for low, high in zip(lower, upper, strict=True)))


def _label(cell: Cell) -> str:
    label = plain(cell)[:60] if isinstance(cell, str) else ""
    return "" if label in REASON else label


def _bare(label: str) -> str:
    return _NOISE.sub("", plain(label)).lower()
