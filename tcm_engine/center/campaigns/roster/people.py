"""Rows of a table as people: clean ones, faulty ones with every fault, doubles, and what was passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .cells import Identity, Wrong, plain, read_day, read_id_number, read_line, read_name, read_phone, read_sex
from .headings import Field, Header, is_header_again
from .tables import Cell, Table, filled

_TOTALS = ("合计", "总计", "共计", "小计", "总人数", "合 计", "total", "sum")
_NOTES = ("填表", "制表", "备注", "说明", "注：", "注:", "审核", "联系人", "日期", "单位盖章", "盖章", "负责人")


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One clean row. `birth_date` is ISO; a number of an identity card has already given sex and day of birth."""

    sheet: str
    row: int
    """Number of the row as the spreadsheet shows it, from 1."""
    name: str
    sex: str | None = None
    birth_date: str | None = None
    id_number: str | None = None
    phone: str | None = None
    unit: str | None = None
    staff_number: str | None = None

    def keys(self) -> Iterator[tuple[str, str]]:
        """What tells that two rows are the same person, the surest first."""
        if self.id_number:
            yield "id_number", self.id_number
        if self.birth_date:
            yield "name_birth", f"{self.name}\0{self.birth_date}"
        if self.phone:
            yield "name_phone", f"{self.name}\0{self.phone}"


@dataclass(frozen=True, slots=True)
class RowFault:
    sheet: str
    row: int
    column: str
    """The heading as it stands in the file; empty for the row as a whole."""
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What a roster holds."""

    people: list[RosterPerson] = field(default_factory=list)
    doubles: list[tuple[RosterPerson, int]] = field(default_factory=list)
    """A person that stands in an earlier row already, with that row's number."""
    faults: list[RowFault] = field(default_factory=list)
    faulty: dict[str, list[tuple[int, tuple[str, ...]]]] = field(default_factory=dict)
    """Sheet -> (row number, its cells as text), for the file to correct."""
    passed_over: Counter[str] = field(default_factory=Counter)
    """empty, header, total, note -> how many rows."""

    @property
    def faulty_rows(self) -> int:
        return sum(len(rows) for rows in self.faulty.values())


Columns = Mapping[Field, int]


def read_people(tables: Iterable[tuple[Table, Header, Mapping[int, Field]]], today: date, minimum_age: int) -> Reading:
    """Everybody in these sheets; all faults of a row are told at once."""
    found = Reading()
    for table, header, mapped in tables:
        columns: Columns = {what: index for index, what in mapped.items()}
        for at in range(header.row + 1, len(table.rows)):
            row = table.rows[at]
            kind = _passed_over(header, columns, row)
            if kind:
                found.passed_over[kind] += 1
                continue
            person, faults = _person(table, header, columns, at, today, minimum_age)
            if faults or person is None:
                found.faults += faults
                found.faulty.setdefault(table.name, []).append((at + 1, tuple(plain(cell) for cell in row)))
            else:
                found.people.append(person)
    _take_doubles(found)
    return found


def _passed_over(header: Header, columns: Columns, row: Sequence[Cell]) -> str:
    given = {what: row[index] for what, index in columns.items() if index < len(row) and filled(row[index])}
    texts = [plain(cell) for cell in row if filled(cell)]
    if not texts:
        return "empty"
    first = texts[0].lower()
    sure = given.keys() & {"id_number", "phone", "birth_date"}
    if first.startswith(_TOTALS) or plain(given.get("name")).lower().startswith(_TOTALS):
        return "" if {"id_number"} & given.keys() else "total"
    if is_header_again(header, row):
        return "header"
    if not sure and (len(texts) == 1 or first.startswith(_NOTES)) and (first.startswith(_NOTES) or "name" not in given):
        return "note" if not texts[0].isdigit() else "empty"
    return "" if given else "empty"


_READERS: Mapping[Field, Callable[[Cell, date], Any]] = {
    "name": lambda cell, _today: read_name(cell),
    "sex": lambda cell, _today: read_sex(cell),
    "birth_date": read_day,
    "id_number": read_id_number,
    "phone": lambda cell, _today: read_phone(cell),
    "unit": lambda cell, _today: read_line(cell),
    "staff_number": lambda cell, _today: read_line(cell),
}


def _person(
    table: Table, header: Header, columns: Columns, at: int, today: date, minimum_age: int
) -> tuple[RosterPerson | None, list[RowFault]]:
    row = table.rows[at]
    values: dict[Field, Any] = {}
    wrong: dict[Field, Wrong] = {}
    for what, read in _READERS.items():
        index = columns.get(what)
        value = read(row[index] if index is not None and index < len(row) else None, today)
        (wrong if isinstance(value, Wrong) else values)[what] = value
    card: Identity | None = values.get("id_number")
    if card:
        _compare(card, values, wrong, plain(row[columns["birth_date"]]) if "birth_date" in wrong else "")
    born = card.birth_date if card else values.get("birth_date")
    if born and _age(born, today) < minimum_age:
        wrong["birth_date" if "birth_date" in columns and not card else "id_number"] = Wrong(
            "under_minimum_age", (("minimum_age", minimum_age),)
        )
    if not card and not values.get("birth_date") and not values.get("phone") and not wrong.keys() & {"id_number", "birth_date", "phone"}:
        wrong.setdefault("name", Wrong("nothing_to_tell_apart"))
    if wrong:
        return None, [
            RowFault(table.name, at + 1, _heading(header, columns, what), reason.code, dict(reason.params))
            for what, reason in wrong.items()
        ]
    return RosterPerson(
        table.name, at + 1, values["name"], card.sex if card else values["sex"], born.isoformat() if born else None,
        card.number if card else None, values["phone"], values["unit"], values["staff_number"],
    ), []  # fmt: skip


def _compare(card: Identity, values: dict[Field, Any], wrong: dict[Field, Wrong], said_day: str) -> None:
    """What stands beside an identity number must agree with it; a month of birth without its day does."""
    digits = "".join(character for character in said_day if character.isdigit())
    if said_day and digits in (f"{card.birth_date:%Y%m}", f"{card.birth_date.year}{card.birth_date.month}"):
        wrong.pop("birth_date")
    elif values.get("birth_date") and values["birth_date"] != card.birth_date:
        wrong["birth_date"] = Wrong("differs_from_id")
    if values.get("sex") and values["sex"] != card.sex:
        wrong["sex"] = Wrong("differs_from_id")


def _heading(header: Header, columns: Columns, what: Field) -> str:
    index = columns.get(what)
    return header.labels[index] if index is not None and index < len(header.labels) else ""


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _take_doubles(found: Reading) -> None:
    """Later rows of one person leave; one identity number with two names is a fault of the later row."""
    seen: dict[tuple[str, str], RosterPerson] = {}
    kept = []
    for person in found.people:
        earlier = next((seen[key] for key in person.keys() if key in seen), None)  # noqa: SIM118  # a method of ours
        if earlier is None or _differ(person, earlier):
            kept.append(person)
            for key in person.keys():  # noqa: SIM118
                seen.setdefault(key, person)
        else:
            found.doubles.append((person, earlier.row))
    found.people = kept


def _differ(one: RosterPerson, other: RosterPerson) -> bool:
    """Two identity numbers, or two sexes, are two people, whatever else is the same."""
    pairs = ((one.id_number, other.id_number), (one.sex, other.sex))
    return any(here and there and here != there for here, there in pairs)
