"""Walks over records: every text, every statement, every entry, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ..base import Found
from ..model import Statement, Text

CHINESE = re.compile(r"[㐀-䶿一-鿿]")


def entries(found: Found, *registers: str) -> Iterator[tuple[str, str, str, Any]]:
    """(register, key, file, entry) of the given registers, or of all."""
    for register in registers or tuple(found):
        for key, (file, entry) in found[register].items():
            yield register, key, file, entry


def parts(value: Any, path: str = "$") -> Iterator[tuple[str, Any]]:
    """Every part of a record, itself first: records, mappings, sequences and plain values, each with its JSON path."""
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from parts(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from parts(entry, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from parts(entry, f"{path}[{index}]")


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
