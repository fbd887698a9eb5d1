"""What a person says of themselves, as JSON has it, made into a profile: one reading for the API, the command line and files.

Shape first (keys, types, ranges), then meaning (real dates, facts that go together). All faults at once, each at its path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from .faults import Fault, InvalidInput
from .profile import Listed, Place, Profile
from .shape_faults import key_in_path, shape_faults
from .vocabulary import Vocabulary

LISTS: Mapping[str, str] = MappingProxyType(
    {
        "conditions": "conditions",
        "medicines": "medicines",
        "allergies": "allergens",
        "complaints": "complaints",
        "preferences": "preferences",
    }
)
"""Key of a list in PERSON.json -> the register that its words are looked up in."""
VITALS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "systolic_mmhg": (40, 300),
        "diastolic_mmhg": (20, 200),
        "heart_rate_per_min": (20, 250),
        "fasting_glucose_mmol_l": (1, 50),
        "hba1c_percent": (2, 20),
        "height_cm": (80, 250),
        "weight_kg": (20, 350),
        "waist_cm": (30, 250),
    }
)
"""Measured values that are taken, each with its unit in the name -> least and most that a living adult can have."""
EARLIEST_BIRTH = date(1900, 1, 1)
LONGEST_NAME, LONGEST_WORD, MOST_WORDS = 80, 80, 100
PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""One line of text: no control characters, which no name has and which break files and logs."""

Word = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_WORD, pattern=PRINTABLE)]
Words = Annotated[list[Word], Field(max_length=MOST_WORDS)] | None


class _Closed(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class PlaceInput(_Closed):
    zone: str | None = None
    tz: str | None = None
    hemisphere: Literal["north", "south"] | None = None
    humidity_percent: Annotated[float, Field(ge=0, le=100)] | None = None


class PersonInput(_Closed):
    """Shape of PERSON.json's `person`. Null or absent is "not known"; an empty list is "none"."""

    name: Annotated[str, StringConstraints(max_length=LONGEST_NAME, pattern=PRINTABLE)] | None = None
    sex: Literal["female", "male"] | None = None
    birth_date: str | None = None
    pregnant: bool | None = None
    trimester: Annotated[int, Field(ge=1, le=3)] | None = None
    lactating: bool | None = None
    conditions: Words = None
    medicines: Words = None
    allergies: Words = None
    complaints: Words = None
    complaint_answers: dict[str, dict[str, bool | None]] | None = None
    red_flags: dict[str, bool | None] | None = None
    vitals: dict[str, float | None] | None = None
    place: PlaceInput | None = None
    preferences: Words = None


@dataclass(frozen=True, slots=True)
class Person:
    profile: Profile
    name: str = ""
    """As the person wrote it; never enters the engine."""


@dataclass(frozen=True, slots=True)
class Registers:
    """The words that a person's facts are looked up in."""

    lists: Mapping[str, Vocabulary]
    """Key of a list in PERSON.json -> its vocabulary."""
    red_flags: frozenset[str]
    zones: frozenset[str]
    questions: Mapping[str, frozenset[str]]
    """Complaint -> codes of its questions."""
    women_only: frozenset[str] = frozenset()
    """Complaints that no man has."""

    @staticmethod
    def of(knowledge: Any) -> Registers:
        """From a `knowledge_base.KnowledgeBase`; made once per process."""
        women = frozenset(code for code, entry in knowledge.complaints.items() if entry.women_only)
        questions = {code: frozenset(q.code for q in entry.questions) for code, entry in knowledge.complaints.items()}
        lists = {key: Vocabulary(getattr(knowledge, register)) for key, register in LISTS.items()}
        return Registers(
            MappingProxyType(lists), frozenset(knowledge.red_flags), frozenset(knowledge.zones), MappingProxyType(questions), women
        )


def read_person(
    raw: Any, registers: Registers, on: date, *, today: date | None = None, minimum_age: int = 18, path: str = "$.person"
) -> Person:
    """The person of a JSON object, as old as on the day `on`; `today`, where that is another day, is what the future begins after.

    Raises InvalidInput with every fault found, each at its place under `path`; no fault carries what the person wrote.
    """
    try:
        given = PersonInput.model_validate(raw)
    except ValidationError as error:
        raise InvalidInput(shape_faults(error, path)) from None
    faults = [*_unknown(given, registers), *_dates(given, on, today or on, minimum_age), *_conflicts(given), *_of_women(given, registers)]
    if faults:
        raise InvalidInput(Fault(path + fault.path, fault.code, fault.params) for fault in faults)
    return Person(_profile(given, registers), (given.name or "").strip())


def check_profile(profile: Profile, on: date, *, minimum_age: int = 18, path: str = "$.person") -> None:
    """The same rules of meaning for a profile that was made elsewhere (the pages). Raises InvalidInput."""
    born = profile.birth_date.isoformat() if profile.birth_date else None
    given = PersonInput(
        sex=profile.sex, birth_date=born, pregnant=profile.pregnant, trimester=profile.trimester, lactating=profile.lactating
    )
    faults = [*_dates(given, on, on, minimum_age), *_conflicts(given)]
    if faults:
        raise InvalidInput(Fault(path + fault.path, fault.code, fault.params) for fault in faults)


def day_of(text: str) -> date | None:
    """The day of `YYYY-MM-DD`, and of nothing else that ISO 8601 allows; None where there is no such day."""
    if len(text) != 10 or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _profile(given: PersonInput, registers: Registers) -> Profile:
    lists: dict[str, Listed | None] = {}
    for key in LISTS:
        words = getattr(given, key)
        lists[key] = None if words is None else registers.lists[key].sort(words)
    place = given.place or PlaceInput()
    return Profile(
        sex=given.sex,
        birth_date=day_of(given.birth_date) if given.birth_date else None,
        pregnant=given.pregnant,
        trimester=given.trimester,
        lactating=given.lactating,
        complaint_answers=_answered(given),
        red_flags=MappingProxyType(dict(given.red_flags or {})),
        vitals=MappingProxyType({key: value for key, value in (given.vitals or {}).items() if value is not None}),
        place=Place(place.zone, place.tz or "Asia/Shanghai", place.hemisphere or "north", place.humidity_percent),
        **lists,
    )


def _answered(given: PersonInput) -> Mapping[str, Mapping[str, bool]]:
    """Answers that are yes or no; null is a question left open."""
    answers = {c: {q: a for q, a in own.items() if a is not None} for c, own in (given.complaint_answers or {}).items()}
    return MappingProxyType({complaint: MappingProxyType(own) for complaint, own in answers.items()})


def _unknown(given: PersonInput, registers: Registers) -> Iterator[Fault]:
    """Keys and codes that no register has, where a register is the only thing that counts."""
    for code in given.red_flags or {}:
        if code not in registers.red_flags:
            yield Fault(f".red_flags{key_in_path(code)}", "unknown_code")
    for complaint, answers in (given.complaint_answers or {}).items():
        place = f".complaint_answers{key_in_path(complaint)}"
        if complaint not in registers.questions:
            yield Fault(place, "unknown_code")
        else:
            unknown = [code for code in answers if code not in registers.questions[complaint]]
            yield from (Fault(place + key_in_path(code), "unknown_code") for code in unknown)
    yield from _unknown_measures(given)
    home = given.place
    if home and home.zone is not None and home.zone not in registers.zones:
        yield Fault(".place.zone", "unknown_code")
    if home and home.tz is not None and home.tz not in time_zones():
        yield Fault(".place.tz", "unknown_time_zone")


def _unknown_measures(given: PersonInput) -> Iterator[Fault]:
    for key, value in (given.vitals or {}).items():
        if key not in VITALS:
            yield Fault(f".vitals{key_in_path(key)}", "unknown_key")
        elif value is not None and not VITALS[key][0] <= value <= VITALS[key][1]:
            yield Fault(f".vitals.{key}", "out_of_range", {"minimum": VITALS[key][0], "maximum": VITALS[key][1]})


def _dates(given: PersonInput, on: date, today: date, minimum_age: int) -> Iterator[Fault]:
    if given.birth_date is None:
        return
    born = day_of(given.birth_date)
    if born is None:
        yield Fault(".birth_date", "not_a_date")
    elif born > today:
        yield Fault(".birth_date", "in_the_future")
    elif born < EARLIEST_BIRTH:
        yield Fault(".birth_date", "too_early", {"minimum": EARLIEST_BIRTH.isoformat()})
    elif (age := Profile(birth_date=born).age_on(on)) is not None and age < minimum_age:
        yield Fault(".birth_date", "under_minimum_age", {"minimum_age": minimum_age})


def _conflicts(given: PersonInput) -> Iterator[Fault]:
    """Facts that cannot both be true; which of them is wrong only the person knows."""
    if given.sex == "male" and given.pregnant:
        yield Fault(".pregnant", "conflicts_with", {"other": "sex"})
    if given.sex == "male" and given.lactating:
        yield Fault(".lactating", "conflicts_with", {"other": "sex"})
    if given.trimester is not None and not given.pregnant:
        yield Fault(".trimester", "conflicts_with", {"other": "pregnant"})


def _of_women(given: PersonInput, registers: Registers) -> Iterator[Fault]:
    for index, word in enumerate(given.complaints or ()):
        if given.sex == "male" and not registers.women_only.isdisjoint(registers.lists["complaints"].sort([word]).codes):
            yield Fault(f".complaints[{index}]", "conflicts_with", {"other": "sex"})


@cache
def time_zones() -> frozenset[str]:
    """Every name of a time zone that is known here."""
    return frozenset(available_timezones())
