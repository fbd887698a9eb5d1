"""Walks over records: every text, every statement, every entry, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from ..base import Found
from ..model import Record, Statement, Text

PLAIN = (str, int, float, bool, date, type(None))
CHINESE = re.compile(r"[㐀-䶿一-鿿]")


def entries(found: Found, *registers: str) -> Iterator[tuple[str, str, str, Any]]:
    """(register, key, file, entry) of the given registers, or of all."""
    for register in registers or tuple(found):
        for key, (file, entry) in found[register].items():
            yield register, key, file, entry


def parts(value: Any) -> list[tuple[str, Any]]:
    """Every record, mapping and sequence of a record, itself first, each with its JSON path; plain values are left out."""
    kept = _walked.get(id(value))
    if kept is not None and kept[0] is value:
        return kept[1]
    walked = list(_parts(value, "$"))
    if isinstance(value, Record):
        _walked[id(value)] = (value, walked)
    return walked


def forget() -> None:
    """Let go of what was walked: some forty checks ask for the parts of the same entries, nobody does afterwards."""
    _walked.clear()


_walked: dict[int, tuple[Any, list[tuple[str, Any]]]] = {}


def _parts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, BaseModel):
        yield path, value
        for name, part in value.__dict__.items():
            if not isinstance(part, PLAIN):
                yield from _parts(part, f"{path}.{name}")
    elif isinstance(value, Mapping):
        yield path, value
        for key, entry in value.items():
            if not isinstance(entry, PLAIN):
                yield from _parts(entry, f"{path}.{key}")
    elif isinstance(value, tuple):
        yield path, value
        for index, entry in enumerate(value):
            if not isinstance(entry, PLAIN):
                yield from _parts(entry, f"{path}[{index}]")


def texts(entry: Any) -> Iterator[tuple[str, Text]]:
    return ((path, part) for path, part in parts(entry) if isinstance(part, Text))


def statements(entry: Any) -> Iterator[tuple[str, Statement]]:
    """The entry and every statement inside it."""
    return ((path, part) for path, part in parts(entry) if isinstance(part, Statement))


def with_classes(found: Found, register: str, code: str) -> set[str]:
    """A code and every class that it belongs to, classes of classes included."""
    reached, open_ = set[str](), [code]
    while open_:
        name = open_.pop()
        if name not in reached and name in found[register]:
            reached.add(name)
            open_ += found[register][name][1].member_of
    return reached


def chinese_length(text: str) -> int:
    """Chinese characters only: marks, digits and Latin letters are not counted."""
    return len(CHINESE.findall(text))


def place(register: str, key: str, path: str) -> str:
    """A path that also names the entry where one file holds many."""
    return f"{key}{path[1:]}" if register in ("safety", "red_flags", "season_needs") else path
