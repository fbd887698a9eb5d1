"""Answering: what a person does with a link or on a device, from the consent to the result. Answers are kept between pages, sealed."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import (
    Caller,
    Center,
    NotFound,
    Once,
    Sheet,
    StoredAssessment,
    StoredPlan,
    get_assessment,
    get_plan,
    make_plan,
    note,
    sheet_reasons,
)
from tcm_engine.center.clients import Client, person_of_client, score_for_client
from tcm_engine.center.privacy import Purpose, give_consents, has_consent
from tcm_engine.model import Fault, InvalidInput, Listed, Person, Profile, Sex
from tcm_engine.records import campaign_person

from .campaigns import today
from .seats import RESULT_FOR, Key, Link, Seat, seat

NEEDED: tuple[Purpose, ...] = ("health_data", "automated_decision")
"""Without these there is no assessment."""
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Form:
    """What pages show of a form that is being answered."""

    public_id: str
    campaign: str
    """Name of the campaign."""
    organisation: int
    employer: str
    instrument: str
    hint: str
    """The first character of the name: nobody else's form is answered by mistake."""
    sex: Sex | None
    age: int | None
    open: bool
    starts_on: date
    agreed: bool
    done: bool
    shown: bool
    """A finished result can still be looked at."""
    asks: str
    """What reopens a result elsewhere: birth_date, phone, or nothing."""
    locked: bool
    """It was answered wrong too often."""
    draft: Mapping[str, Any]


def look(center: Center, key: Key) -> Form:
    """Raises NotFound."""
    with center.records.read() as db:
        found = seat(db, center, key)
        agreed = all(has_consent(db, found.client.id, purpose) for purpose in NEEDED)
    return _form(center, found, agreed)


def agree(center: Center, key: Key, answers: Mapping[Purpose, bool]) -> None:
    """Keep the answers to the consent texts, yes and no alike. Raises NotFound, InvalidInput for what is needed and was not agreed to."""
    with center.records.write() as db:
        found = _open_seat(db, center, key)
        give_consents(db, center, found.caller, found.client.id, answers, found.means)
    refused = [Fault(purpose, "consent_needed") for purpose in NEEDED if not answers.get(purpose)]
    if refused:
        raise InvalidInput(refused)


def save(center: Center, key: Key, change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Form:
    """Write into the half-answered form what `change` makes of it, in one transaction. Raises NotFound, InvalidInput."""
    with center.records.write() as db:
        found = _open_seat(db, center, key)
        if not all(has_consent(db, found.client.id, purpose) for purpose in NEEDED):
            raise InvalidInput([Fault("consent", "consent_needed")])
        new = dict(change(dict(found.person.draft)))
        state = "started" if found.person.state == "missing" else found.person.state
        campaign_person.change(db, center.records.vault, found.person, draft=new, state=state, mode=found.means)
    return _form(center, replace(found, person=replace(found.person, draft=new, state=state)), True)


def submit(center: Center, key: Key, answers: Mapping[str, Any], said: Profile, answered_in_s: float | None = None) -> None:
    """Score the form and keep the result with the client: whole or not at all, and once. `said`: the safety answers.

    Raises NotFound, InvalidInput (every fault of the answers), ConsentMissing.
    """
    with center.records.write() as db:
        found = _open_seat(db, center, key)
        score_person(db, center, found.caller, found, answers, said, found.means, answered_in_s)


def score_person(
    db: Connection, center: Center, caller: Caller, found: Seat, answers: Mapping[str, Any], said: Profile | None, mode: str,
    answered_in_s: float | None = None,
) -> str:  # fmt: skip
    """Public id of the assessment, tied to the person's row, in the transaction of who asks."""
    day = today(center)
    person = person_of_client(center, found.client, on=day)
    profile = person.profile if said is None else _joined(person.profile, said)
    sheet = Sheet(found.campaign.instrument, answers, Person(profile, person.name), day, answered_in_s)
    scored = score_for_client(db, center, caller, found.client.ref, sheet)
    reasons = (*scored.kept.assessment.review_reasons, *sheet_reasons(profile))
    campaign_person.change(
        db, center.records.vault, found.person, draft=None, state="review" if reasons else "done", mode=mode, assessment_id=scored.row,
        plan_id=None, done_at=center.clock(), tries=0,
    )  # fmt: skip
    note(db, center, caller, "person_assessed", "campaign_person", found.person.public_id, mode=mode, review=bool(reasons))
    return scored.kept.id


def result(center: Center, key: Key, lang: str) -> tuple[StoredAssessment, StoredPlan]:
    """What a finished form came to, with a plan of the day it was first asked for. Raises NotFound: not done, or no longer shown."""
    with center.records.read() as db:
        found = seat(db, center, key)
        if not _form(center, found, True).shown:
            raise NotFound
        ids = campaign_person.public_ids(db, found.person)
    if ids[0] is None:
        raise NotFound
    kept = get_assessment(center, found.caller, ids[0])
    if ids[1]:
        return kept, get_plan(center, found.caller, ids[1])
    once = Once(f"campaign:{found.person.public_id}:{ids[0]}", ids[0].encode())
    plan = make_plan(center, found.caller, ids[0], on=today(center), lang=lang, once=once)
    with center.records.write() as db:
        now = seat(db, center, key, lock=True)
        campaign_person.change(
            db,
            center.records.vault,
            now.person,
            plan_id=campaign_person.plan_id(db, center.records.vault, now.person.organisation, plan.id),
        )
    return kept, plan


def reopen(center: Center, key: Link, answer: str) -> bool:
    """Whether `answer` is what the record says: the day of birth as eight digits, or the last four digits of the telephone number.

    After too many wrong answers nothing opens until staff make a new link. Raises NotFound.
    """
    with center.records.write() as db:
        found = seat(db, center, key, lock=True)
        form = _form(center, found, True)
        if not form.shown or form.locked:
            return False
        right = hmac.compare_digest(_answer(found.client, form.asks).encode(), "".join(filter(str.isdigit, answer)).encode())
        if not form.asks or not right:
            campaign_person.change(db, center.records.vault, found.person, tries=found.person.tries + 1)
            return False
        if found.person.tries:
            campaign_person.change(db, center.records.vault, found.person, tries=0)
        note(db, center, found.caller, "result_reopened", "campaign_person", found.person.public_id)
    return True


def _open_seat(db: Connection, center: Center, key: Key) -> Seat:
    found = seat(db, center, key, lock=True)
    if not found.open:
        raise InvalidInput([Fault("campaign", "campaign_closed" if found.campaign.state == "closed" else "campaign_not_open")])
    if found.person.assessment is not None:
        raise InvalidInput([Fault("form", "already_answered")])
    return found


def _form(center: Center, found: Seat, agreed: bool) -> Form:
    day, identity, done = today(center), found.client.identity, found.person.assessment is not None
    asks = "birth_date" if identity.birth_date else "phone" if len(identity.phone) >= 4 else ""
    return Form(
        found.person.public_id, found.campaign.name, found.campaign.organisation, found.campaign.employer, found.campaign.instrument,
        identity.name[:1], identity.sex, Profile(birth_date=identity.birth_date).age_on(day), found.open, found.campaign.starts_on, agreed,
        done, done and day <= found.campaign.ends_on + RESULT_FOR, asks, found.person.tries >= MOST_TRIES, found.person.draft,
    )  # fmt: skip


def _answer(client: Client, asks: str) -> str:
    if asks == "birth_date" and client.identity.birth_date:
        return f"{client.identity.birth_date:%Y%m%d}"
    return client.identity.phone[-4:] if asks == "phone" else ""


def _joined(record: Profile, said: Profile) -> Profile:
    """The record with what the person says now: what either knows counts, and nothing that was known is taken back by a tick left out."""
    lists: dict[str, Any] = {name: _both(getattr(record, name), getattr(said, name)) for name in ("conditions", "medicines", "allergies")}
    now = {name: getattr(said, name) for name in ("pregnant", "trimester", "lactating", "complaints", "preferences")}
    kept = {name: value for name, value in now.items() if value is not None}
    if said.pregnant is not None:
        kept["trimester"] = said.trimester
    place = said.place if said.place.zone else record.place
    return replace(record, **lists, **kept, red_flags=said.red_flags, complaint_answers=said.complaint_answers, place=place)


def _both(one: Listed | None, other: Listed | None) -> Listed | None:
    if one is None or other is None:
        return one or other
    return Listed(tuple(dict.fromkeys((*one.codes, *other.codes))), tuple(dict.fromkeys((*one.words, *other.words))))
