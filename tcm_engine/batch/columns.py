"""Which column of an answers file holds what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..assessment import Form
from ..kernels import csv_rows
from .faults import FileFault

PROFILE = (
    "name",
    "birth_date",
    "pregnant",
    "trimester",
    "lactating",
    "conditions",
    "medicines",
    "allergies",
    "complaints",
    "red_flags",
    "preferences",
    "zone",
    "tz",
    "hemisphere",
)
"""Optional columns about the person, named as in PERSON.json. Scoring reads the birth date alone."""
_READ = {"person_id": csv_rows.ID, "sex": csv_rows.SEX, "birth_date": csv_rows.BIRTH, "answered_in_s": csv_rows.SECONDS}
_MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file."""

    names: tuple[str, ...]
    kinds: np.ndarray
    """int64 [columns]: what each one holds, a code of `kernels.csv_rows`."""
    slots: np.ndarray
    """int64 [columns]: item index or measure index."""


def columns_of(form: Form, header: Sequence[str]) -> Columns:
    """What the columns of a header hold. Columns without a name are left out. Raises FileFault on a column set that does not fit."""
    names = tuple(name.strip() for name in header)
    _check(form, [name for name in names if name])
    measures = tuple(form.measures)
    kinds, slots = [], []
    for name in names:
        kind, slot = _READ.get(name, csv_rows.SKIP), 0
        if name in form.items:
            kind, slot = csv_rows.ITEM, form.keys.index(name)
        elif name in form.measures:
            kind, slot = csv_rows.MEASURE, measures.index(name)
        kinds.append(kind)
        slots.append(slot)
    return Columns(names, np.array(kinds, np.int64), np.array(slots, np.int64))


def _check(form: Form, names: list[str]) -> None:
    if not names:
        raise FileFault("empty_file")
    repeated = [name for name, times in Counter(names).items() if times > 1]
    if repeated:
        raise FileFault("duplicate_columns", **_listed(repeated))
    given, measure_of = set(names), {item: measure for measure, item in form.measures.items()}
    missing = [name for name in ("person_id", "sex", *form.keys) if name not in given and measure_of.get(name) not in given]
    if missing:
        raise FileFault("missing_columns", form=form.code, **_listed(missing))
    known = {"person_id", "sex", "answered_in_s", *PROFILE, *form.items, *form.measures}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise FileFault("unknown_columns", **_listed(unknown))


def _listed(names: list[str]) -> dict[str, str | int]:
    """Names for a message; what is no plain word is not repeated, since a file without a header has a person in its first line."""
    plain = [name if name.isidentifier() and len(name) <= 60 else "…" for name in names[:_MOST_NAMES]]
    return {"columns": ", ".join(dict.fromkeys(plain)), "count": len(names)}
