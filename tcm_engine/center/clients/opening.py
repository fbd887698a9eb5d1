"""Use cases of the desk that own their transaction: a new record, an assessment from a sheet of paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tcm_engine.center import Caller, Center, Sheet, StoredAssessment, permit
from tcm_engine.center.privacy import give_consent
from tcm_engine.model import Fault, InvalidInput, Profile, day_of

from .identity import Identity
from .record import Client, ClientRef, add_client, client_in, find_same, person_of_client, today_of
from .scoring import score_for_client
from .vitals import measured_of, vitals_of

EARLIEST_SHEET = date(2009, 1, 1)
"""No form of ours is older."""


def same_client(center: Center, caller: Caller, identity: Identity) -> Client | None:
    """The record that this person seems to have already. Raises NotAllowed."""
    with center.records.read() as db:
        found = find_same(db, center, caller, identity)
        return client_in(db, center, caller, found.public_id) if found else None


def new_client(center: Center, caller: Caller, identity: Identity) -> ClientRef:
    """Raises NotAllowed, InvalidInput."""
    with center.records.write() as db:
        return add_client(db, center, caller, identity)


def assess_client(
    center: Center, caller: Caller, public_id: str, instrument: str, answers: Mapping[str, Any], assessed_on: str, *, signed: bool = False
) -> StoredAssessment:
    """Score what an operator typed from a sheet of paper; `signed`: the client's consent lies there on paper and is written down with it.

    Raises NotAllowed, NotFound, ConsentMissing, InvalidInput: all faults at once, `$.assessed_on`, `$.answers.…`, `$.person.…`.
    """
    permit(caller, "create_assessment")
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        day, faults = _day(center, assessed_on)
        try:
            person = person_of_client(center, client, vitals_of(measured_of(db, center, caller, client), day), day)
            sheet = Sheet(instrument, answers, person, day)
            if faults:
                _score_only(center, sheet)
                raise InvalidInput(faults)
        except InvalidInput as invalid:
            raise InvalidInput([*faults, *(fault for fault in invalid.faults if fault not in faults)]) from None
        if signed:
            give_consent(db, center, caller, client.id, "health_data", "paper")
        return score_for_client(db, center, caller, client.ref, sheet).kept


def _score_only(center: Center, sheet: Sheet) -> None:
    """For the faults of the answers."""
    profile = sheet.person.profile
    center.engine.assess(sheet.instrument, sheet.answers, sex=profile.sex, assessed_on=sheet.on, birth_date=profile.birth_date)


def _day(center: Center, text: str) -> tuple[date, list[Fault]]:
    """The day, or today with what is wrong."""
    today, day = today_of(center), day_of(text.strip())
    if day is None:
        return today, [Fault("$.assessed_on", "not_a_date" if text.strip() else "missing")]
    if day > today:
        return today, [Fault("$.assessed_on", "in_the_future")]
    if day < EARLIEST_SHEET:
        return today, [Fault("$.assessed_on", "too_early", {"minimum": EARLIEST_SHEET.isoformat()})]
    return day, []


def plan_profile(center: Center, caller: Caller, public_id: str, on: date) -> tuple[Client, Profile]:
    """The client with the profile that a plan of this day is made from: the record's, with the newest measurements."""
    with center.records.read() as db:
        client = client_in(db, center, caller, public_id)
        vitals = vitals_of(measured_of(db, center, caller, client), on)
    return client, person_of_client(center, client, vitals, on).profile
