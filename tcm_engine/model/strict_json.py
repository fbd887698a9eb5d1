"""JSON as RFC 8259 has it and nothing more: no NaN, no key twice, no depth without end."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from .faults import Fault, InvalidInput
from .shape_faults import key_in_path

DEEPEST = 8
"""Levels of nesting; a request of ours has four."""
LONGEST_NUMBER = 40
"""Digits of a number; more cannot be meant, and very long ones take long to read."""


class _Twice(dict[str, Any]):
    """An object in which a key stood twice."""

    twice: str


def read_strict(body: bytes) -> Any:
    """The value of a JSON text. Raises InvalidInput with what is wrong and where."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput([Fault("$", "not_utf8")]) from None
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_float, parse_int=_int)
    except RecursionError:
        raise InvalidInput([Fault("$", "too_deep")]) from None
    except json.JSONDecodeError:
        raise InvalidInput([Fault("$", "not_json")]) from None
    faults: list[Fault] = []
    _walk(value, "$", 1, faults)
    if faults:
        raise InvalidInput(faults)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    marked = _Twice(made)
    seen: set[str] = set()
    marked.twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # None is the point
    return marked


def _refuse(_name: str) -> NoReturn:
    raise json.JSONDecodeError("no such constant in JSON", "", 0)


def _float(digits: str) -> float | int:
    """JSON has one kind of number: 3.0 is the whole number 3."""
    value = float(digits)
    if not math.isfinite(value) or len(digits) > LONGEST_NUMBER:
        raise InvalidInput([Fault("$", "number_too_large")])
    return int(value) if value.is_integer() else value


def _int(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise InvalidInput([Fault("$", "number_too_large")])
    return int(digits)


def _walk(value: Any, path: str, depth: int, faults: list[Fault]) -> None:
    if not isinstance(value, dict | list):
        return
    if depth > DEEPEST:
        faults.append(Fault("$", "too_deep"))
        return
    if isinstance(value, _Twice):
        faults.append(Fault(path + key_in_path(value.twice), "duplicate_key"))
    for key, entry in enumerate(value) if isinstance(value, list) else value.items():
        # Steps of a path are made for containers alone: a sheet has a hundred plain values.
        if isinstance(entry, dict | list) and not (faults and faults[-1].code == "too_deep"):
            _walk(entry, path + (f"[{key}]" if isinstance(key, int) else key_in_path(key)), depth + 1, faults)
