"""Measured values of a client over time: entered, corrected, graded. What was entered by mistake stays in the record, marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.model import Fault, InvalidInput, Profile, day_of
from tcm_engine.records import client as clients
from tcm_engine.records import measurement

from .grades import Grade, grades
from .measures import MEASURES, plain, read_value
from .record import Client, client_in, today_of

RECENT = 366
"""Days for which a value is the newest that counts for plans."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on one day and entered at once."""

    public_id: str
    taken_on: date
    values: Mapping[str, int]
    source: str
    """`entered` or `imported`."""
    account: int | None
    created_at: datetime
    removed_at: datetime | None
    grades: tuple[Grade, ...]


def read_measured(given: Mapping[str, str], taken_on: str, today: date) -> tuple[date, dict[str, int]]:
    """The day and the values of a form or a row; empty ones are not measured.

    Raises InvalidInput with every fault at `$.taken_on` or `$.CODE`: `missing`, `not_a_date`, `in_the_future`, `too_early`, `not_a_number`,
    `too_fine`, `out_of_range`, `conflicts_with`, `unknown_key`.
    """
    faults = [Fault(f"$.{code}" if code.isidentifier() else "$", "unknown_key") for code in given if code not in MEASURES]
    day = _day(taken_on.strip(), today, faults)
    values: dict[str, int] = {}
    for code, text in given.items():
        if code not in MEASURES or not text.strip():
            continue
        found = read_value(code, text)
        if isinstance(found, str):
            measure = MEASURES[code]
            limits = {"minimum": measure.shown(measure.least), "maximum": measure.shown(measure.most)}
            params = {"decimals": measure.decimals} if found == "too_fine" else limits if found == "out_of_range" else {}
            faults.append(Fault(f"$.{code}", found, params))
        else:
            values[code] = found
    if values.get("systolic_mmhg", 999) <= values.get("diastolic_mmhg", 0):
        faults.append(Fault("$.diastolic_mmhg", "conflicts_with", {"other": "systolic_mmhg"}))
    if not values and not faults:
        faults.append(Fault("$.values", "missing"))
    if faults or day is None:
        raise InvalidInput(faults)
    return day, values


def add_measured(
    center: Center, caller: Caller, public_id: str, given: Mapping[str, str], taken_on: str, *, instead_of: str | None = None
) -> str:
    """Public id of what was kept; `instead_of` names what was entered by mistake. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "edit_client")
    day, values = read_measured(given, taken_on, today_of(center))
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        if instead_of:
            _remove(db, center, caller, client, instead_of)
        return keep_measured(db, center, caller, client, day, values, "entered")


def keep_measured(db: Connection, center: Center, caller: Caller, client: Client, day: date, values: Mapping[str, int], source: str) -> str:
    """Keep values that were read, in the transaction of who asks."""
    now = center.clock()
    content = {"values": dict(values), "source": source}
    added = measurement.add(db, center.records.vault, caller.organisation, client.id, day, content, caller.account, now)
    clients.touch(db, caller.organisation, client.id, now)
    note(db, center, caller, "measurement_added", "measurement", added, client=client.public_id, values=len(values), source=source)
    return added


def remove_measured(center: Center, caller: Caller, public_id: str, measured: str) -> None:
    """Mark as entered by mistake. Raises NotAllowed, NotFound."""
    permit(caller, "edit_client")
    with center.records.write() as db:
        _remove(db, center, caller, client_in(db, center, caller, public_id), measured)


def measured_of(db: Connection, center: Center, caller: Caller, client: Client) -> tuple[Measured, ...]:
    """All that was measured, the newest day first, with what was removed."""
    rows = measurement.of_client(db, center.records.vault, caller.organisation, client.id)
    return tuple(_measured(row, client) for row in rows)


def newest(measured: tuple[Measured, ...], on: date, within: int = RECENT) -> dict[str, tuple[int, date]]:
    """Code -> (newest value, its day), where it is not older than `within` days."""
    found: dict[str, tuple[int, date]] = {}
    for one in measured:
        if one.removed_at is None and 0 <= (on - one.taken_on).days <= within:
            for code, value in one.values.items():
                found.setdefault(code, (value, one.taken_on))
    return found


def vitals_of(measured: tuple[Measured, ...], on: date) -> dict[str, float]:
    """The newest values as plans look at them."""
    from tcm_engine.model import VITALS

    return {code: plain(code, value) for code, (value, _day) in newest(measured, on).items() if code in VITALS}


def _measured(row: measurement.MeasurementRow, client: Client) -> Measured:
    values: dict[str, Any] = dict(row.content["values"])
    age = Profile(birth_date=client.identity.birth_date).age_on(row.taken_on)
    source = row.content.get("source", "entered")
    level = grades(values, client.identity.sex, age)
    return Measured(row.public_id, row.taken_on, values, source, row.account, row.created_at, row.removed_at, level)


def _remove(db: Connection, center: Center, caller: Caller, client: Client, measured: str) -> None:
    if not measurement.remove(db, caller.organisation, client.id, measured, center.clock()):
        raise NotFound
    note(db, center, caller, "measurement_removed", "measurement", measured, client=client.public_id)


def _day(text: str, today: date, faults: list[Fault]) -> date | None:
    day = day_of(text) if text else None
    code = "missing" if not text else "not_a_date" if day is None else "in_the_future" if day > today else ""
    if not code and day and day.year < 1950:
        faults.append(Fault("$.taken_on", "too_early", {"minimum": "1950-01-01"}))
    elif code:
        faults.append(Fault("$.taken_on", code))
    return day
