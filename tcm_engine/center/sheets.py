"""Reading an answered questionnaire with its person, all faults of both at once; and what a practitioner should look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tcm_engine.model import Coded, Fault, InvalidInput, Person, Profile, read_person

from .center import Center


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answered questionnaire."""

    instrument: str
    answers: Mapping[str, Any]
    """Item key -> 1..5, or the key of a measure -> a number; checked by the engine."""
    person: Person
    on: date
    """The day on which it was answered."""
    answered_in_s: float | None = None


def read_sheet(
    center: Center, instrument: str, person: Any, answers: Any, *, on: date, today: date, answered_in_s: float | None = None
) -> Sheet:
    """The sheet of JSON values, as PERSON.json has them.

    Raises InvalidInput. Where the person has faults, those of the answers are found and told too; else `assess` finds them.
    """
    faults: list[Fault] = [] if isinstance(answers, Mapping) else [Fault("$.answers", "not_an_object")]
    known = center.engine.knowledge.instruments.get(instrument)
    if known is None:
        allowed = ", ".join(center.engine.knowledge.instruments)
        faults.append(Fault("$.instrument", "unknown_instrument", {"allowed": allowed}))
    try:
        read = read_person(person, center.registers, on, today=today, minimum_age=known.minimum_age if known else 18)
    except InvalidInput as invalid:
        if not faults:
            faults += _faults_of_answers(center, instrument, person, answers, on)
        raise InvalidInput([*faults, *invalid.faults]) from None
    if faults:
        raise InvalidInput(faults)
    return Sheet(instrument, answers, read, on, answered_in_s)


def sheet_reasons(profile: Profile) -> tuple[Coded, ...]:
    """Why a practitioner should look at this person, beside what the answers say: words that no register knows, red flags."""
    lists = {"medicine": profile.medicines, "condition": profile.conditions, "allergy": profile.allergies, "complaint": profile.complaints}
    reasons = [Coded(f"unregistered_{kind}", {"count": len(given.words)}) for kind, given in lists.items() if given and given.words]
    flags = sum(bool(present) for present in profile.red_flags.values())
    return (*reasons, Coded("red_flag", {"count": flags})) if flags else tuple(reasons)


def _faults_of_answers(center: Center, instrument: str, person: Any, answers: Mapping[str, Any], on: date) -> tuple[Fault, ...]:
    sex = person.get("sex") if isinstance(person, Mapping) else None
    try:
        center.engine.assess(instrument, answers, sex=sex if sex in ("female", "male") else None, assessed_on=on)
    except InvalidInput as invalid:
        return invalid.faults
    return ()
