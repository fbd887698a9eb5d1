"""Sealed assessments opened into arrays of codes, for one run and in memory alone; what is not counted is never decoded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import msgspec
import numpy as np

from tcm_engine.evaluation import TYPES, Crowd
from tcm_engine.model import CONSTITUTIONS, VERDICT_CODES, Profile
from tcm_engine.records import statistics

REASONS = (
    "equal_top_scores",
    "contradictory_types",
    "nothing_applies",
    "sex_missing",
    "sex_item_without_sex",
    "straight_lining",
    "answered_too_fast",
    "below_intended_age",
)
"""Review reasons of an assessment, in the order in which they are told."""
FACTS = ("sex", "birth_date", "conditions", "medicines", "allergies", "complaints")
"""What a record should say of everybody, were it "none"."""
_SEX = {None: 0, "female": 1, "male": 2}
_VERDICT = {code: n for n, code in enumerate(VERDICT_CODES)}
_TYPE = {code: n for n, code in enumerate(CONSTITUTIONS)} | {None: TYPES}


class _Scale(msgspec.Struct):
    verdict: str
    margin_steps: int | None


class _Reason(msgspec.Struct):
    code: str


class _Result(msgspec.Struct):
    scores: list[_Scale]
    primary: str | None
    review_reasons: list[_Reason]


class _Profile(msgspec.Struct):
    sex: str | None = None
    birth_date: date | None = None
    conditions: msgspec.Raw = msgspec.Raw(b"null")
    medicines: msgspec.Raw = msgspec.Raw(b"null")
    allergies: msgspec.Raw = msgspec.Raw(b"null")
    complaints: msgspec.Raw = msgspec.Raw(b"null")


class _Person(msgspec.Struct):
    profile: _Profile


_results = msgspec.json.Decoder(_Result)
_people = msgspec.json.Decoder(_Person)


@dataclass(frozen=True, slots=True)
class Assessed:
    """People with the last of their assessments, in the order of the arrays."""

    crowd: Crowd
    rows: tuple[int, ...]
    """Row of each one's assessment."""
    branches: tuple[int | None, ...]
    sittings: int
    """Assessments, earlier ones of the same people included."""
    instruments: tuple[str, ...]


def assessed_of(rows: Iterable[statistics.AssessedRow]) -> Assessed:
    """Each person once, with the last assessment; `rows` the oldest first. A row is let go as soon as its codes are read."""
    last: dict[int, _Codes] = {}
    instruments: set[str] = set()
    sittings = 0
    for row in rows:
        last[row.client] = _codes(row)
        instruments.add(row.instrument)
        sittings += 1
    people = list(last.values())
    branches = tuple(one.branch for one in people)
    return Assessed(_crowd(people), tuple(one.row for one in people), branches, sittings, tuple(sorted(instruments)))


class _Codes(NamedTuple):
    """What is counted of one assessment."""

    row: int
    branch: int | None
    verdicts: bytes
    primary: int
    margin: int
    sex: int
    age: int
    reasons: tuple[bool, ...]
    known: tuple[bool, ...]


def _codes(row: statistics.AssessedRow) -> _Codes:
    result, profile = _results.decode(row.result), _people.decode(row.person).profile
    steps = [scale.margin_steps for scale in result.scores if scale.margin_steps is not None]
    told = {reason.code for reason in result.review_reasons}
    years = Profile(birth_date=profile.birth_date).age_on(row.assessed_on)
    return _Codes(
        row.id,
        row.branch,
        bytes(_VERDICT[scale.verdict] for scale in result.scores),
        _TYPE[result.primary],
        min(steps) if len(steps) == TYPES else -1,
        _SEX[profile.sex],
        -1 if years is None else years,
        tuple(code in told for code in REASONS),
        tuple(_says(getattr(profile, fact)) for fact in FACTS),
    )


def _crowd(people: list[_Codes]) -> Crowd:
    size = len(people)
    return Crowd(
        np.frombuffer(b"".join(one.verdicts for one in people), np.uint8).reshape(size, TYPES),
        np.array([one.primary for one in people], np.int8),
        np.array([one.margin for one in people], np.int16),
        np.array([one.sex for one in people], np.uint8),
        np.array([one.age for one in people], np.int16),
        np.array([one.reasons for one in people], bool).reshape(size, len(REASONS)),
        np.array([one.known for one in people], bool).reshape(size, len(FACTS)),
    )


def _says(value: Any) -> bool:
    return bytes(value) != b"null" if isinstance(value, msgspec.Raw) else value is not None
