"""What a person answered, checked: every fault at once, each at its path. Nothing is imputed.

Fault codes: `missing`, `out_of_range` (minimum, maximum), `not_a_whole_number`, `not_a_number`, `wrong_sex` (sex), `unknown_key`,
`too_many_unknown_keys` (count), `implausible` (minimum, maximum), `disagrees` (item, answer), `unknown_sex`, `in_the_future`,
`under_minimum_age` (minimum_age, age).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any

from ..model import Fault, InvalidInput, Profile, Sex
from .form import SEX_CODES, Form
from .measures import answer_of

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
MOST_UNKNOWN_KEYS = 100
"""More unknown keys than these are counted, not listed: a sheet of a million wrong keys gets a short answer."""


def read_sheet(form: Form, answers: Mapping[str, Any], sex: Sex | None) -> Mapping[str, int]:
    """The answers 1..5 by item key, in the instrument's order, measured numbers mapped.

    An item of one sex is kept while the sex is not given, though it is not scored: the review reason `sex_item_without_sex` tells.
    Raises InvalidInput with every fault.
    """
    faults: list[Fault] = []
    if sex not in SEX_CODES:
        faults.append(Fault("$.person.sex", "unknown_sex"))
    given = {key: value for key, value in answers.items() if value is not None}
    measured = _measured(form, given, faults)
    read: dict[str, int] = {}
    for key in form.keys:
        value = _answer(form, key, given, measured, sex, faults)
        if value is not None:
            read[key] = value
    faults += _unknown_keys(form, answers)
    if faults:
        raise InvalidInput(faults)
    return MappingProxyType(read)


def age_faults(form: Form, birth_date: date | None, on: date) -> list[Fault]:
    """Why a person of this birth date cannot answer this form on that day; empty where nothing speaks against it."""
    age, least = Profile(birth_date=birth_date).age_on(on), form.instrument.minimum_age
    if birth_date is None or age is None:
        return []
    if birth_date > on:
        return [Fault("$.person.birth_date", "in_the_future")]
    if age < least:
        return [Fault("$.person.birth_date", "under_minimum_age", MappingProxyType({"minimum_age": least, "age": age}))]
    return []


def _measured(form: Form, given: Mapping[str, Any], faults: list[Fault]) -> dict[str, int]:
    """Item key -> answer, for the measured numbers that were given."""
    found: dict[str, int] = {}
    for measure_key, item_key in form.measures.items():
        if measure_key in given:
            answer = _measure(form, measure_key, given[measure_key], faults)
            if answer is not None:
                found[item_key] = answer
    return found


def _measure(form: Form, key: str, value: Any, faults: list[Fault]) -> int | None:
    measure = form.measure(key)
    path = f"$.answers.{key}"
    if not _is_number(value, Real) or not math.isfinite(value):
        faults.append(Fault(path, "not_a_number"))
    elif measure.integer and value != int(value):
        faults.append(Fault(path, "not_a_whole_number"))
    elif not measure.minimum <= value <= measure.maximum:
        faults.append(Fault(path, "implausible", MappingProxyType({"minimum": measure.minimum, "maximum": measure.maximum})))
    else:
        return answer_of(measure, value)
    return None


def _answer(
    form: Form, key: str, given: Mapping[str, Any], measured: Mapping[str, int], sex: Sex | None, faults: list[Fault]
) -> int | None:
    path, item = f"$.answers.{key}", form.items[key]
    if key not in given:
        measure_given = item.measure is not None and item.measure.key in given
        if form.asked(key, sex) and not measure_given:
            faults.append(Fault(path, "missing"))
        return measured.get(key)
    if item.sex is not None and sex is not None and item.sex != sex:
        faults.append(Fault(path, "wrong_sex", MappingProxyType({"sex": item.sex})))
        return None
    value = given[key]
    if not _is_number(value, Integral):
        faults.append(Fault(path, "not_a_whole_number"))
    elif not 1 <= value <= 5:
        faults.append(Fault(path, "out_of_range", MappingProxyType({"minimum": 1, "maximum": 5})))
    elif item.measure is not None and measured.get(key, value) != value:
        faults.append(Fault(f"$.answers.{item.measure.key}", "disagrees", MappingProxyType({"item": key, "answer": measured[key]})))
    else:
        return int(value)
    return None


def _is_number(value: Any, kind: type) -> bool:
    """Numbers of any library count; a truth value is none, although Python holds it for one."""
    return isinstance(value, kind) and not isinstance(value, bool)


def _unknown_keys(form: Form, answers: Mapping[str, Any]) -> list[Fault]:
    """Keys that are no item of this form. What is not a plain word is not repeated: it may be anything that a person typed."""
    unknown = [key for key in answers if key not in form.items and key not in form.measures]
    faults = [
        Fault(f"$.answers.{key}" if isinstance(key, str) and _PLAIN_KEY.fullmatch(key) else "$.answers", "unknown_key")
        for key in unknown[:MOST_UNKNOWN_KEYS]
    ]
    if len(unknown) > MOST_UNKNOWN_KEYS:
        faults.append(Fault("$.answers", "too_many_unknown_keys", MappingProxyType({"count": len(unknown)})))
    return faults
