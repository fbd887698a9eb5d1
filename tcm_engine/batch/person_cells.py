"""The profile columns of a row as the `person` of PERSON.json, to be read by the one reader that there is (`model.read_person`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from math import isnan
from typing import Any

from ..model import LISTS, Fault, Sex

_SEPARATOR = re.compile("[;；]")
_YES = frozenset({"true", "yes", "y", "t", "1", "1.0", "是", "有"})
_NO = frozenset({"false", "no", "n", "f", "0", "0.0", "否", "无", "無", "没有", "沒有"})
_NONE = frozenset({"none", "无", "無", "没有", "沒有"})
_WHOLE = re.compile(r"(\d{1,3})(\.0*)?")


def person_of(
    cells: Mapping[str, Any], sex: Sex | None, birth_date: str | None, red_flags: Iterable[str]
) -> tuple[dict[str, Any], list[Fault]]:
    """The person's JSON object without what is not known, and the faults of cells that say nothing PERSON.json could hold.

    `sex` and `birth_date` are read already, as scoring reads them. `red_flags`: every code there is, for `none`. In `red_flags` the
    codes that are listed are present; those that are not were not asked.
    """
    faults: list[Fault] = []
    found: dict[str, Any] = {"sex": sex, "birth_date": birth_date, "name": _text(cells.get("name"))}
    found |= {key: _truth(cells.get(key), f"$.person.{key}", faults) for key in ("pregnant", "lactating")}
    found["trimester"] = _whole(cells.get("trimester"), "$.person.trimester", faults)
    found |= {key: _listed(cells.get(key)) for key in LISTS}
    found["red_flags"] = _flags(_listed(cells.get("red_flags")), red_flags)
    found["place"] = _known({key: _text(cells.get(key)) for key in ("zone", "tz", "hemisphere")}) or None
    return _known(found), faults


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, float) and isnan(value)) or (isinstance(value, str) and not value.strip())


def _text(value: Any) -> str | None:
    return None if _empty(value) else str(value).strip()


def _plain(value: Any) -> str:
    return unicodedata.normalize("NFKC", str(value)).strip().casefold()


def _truth(value: Any, path: str, faults: list[Fault]) -> bool | None:
    if _empty(value):
        return None
    plain = _plain(value)
    if plain in _YES or plain in _NO:
        return plain in _YES
    faults.append(Fault(path, "not_true_or_false"))
    return None


def _whole(value: Any, path: str, faults: list[Fault]) -> int | None:
    if _empty(value):
        return None
    number = _WHOLE.fullmatch(_plain(value))
    if number:
        return int(number[1])
    faults.append(Fault(path, "not_a_whole_number"))
    return None


def _listed(value: Any) -> list[str] | None:
    """`a;b`; `none` for none; None for not known. A list that says `none` beside something keeps it: a word that no register knows."""
    if isinstance(value, (list, tuple)):
        return [str(word).strip() for word in value if not _empty(word)]
    if _empty(value):
        return None
    words = [word.strip() for word in _SEPARATOR.split(str(value)) if word.strip()]
    return [] if len(words) == 1 and _plain(words[0]) in _NONE else words or None


def _flags(present: list[str] | None, codes: Iterable[str]) -> dict[str, bool] | None:
    if present is None:
        return None
    return {_plain(code): True for code in present} if present else dict.fromkeys(sorted(codes), False)
