"""Devices for many clients in turn: staff sign one into a campaign; whoever hands it back leaves nothing behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import campaign, campaign_device, campaign_person

from .campaigns import row_of
from .codes import number_of
from .people_search import matching
from .seats import IDLE

DeviceRow = campaign_device.DeviceRow
PersonRow = campaign_person.PersonRow
DAY = timedelta(hours=12)
"""A device is signed in for a working day."""


@dataclass(frozen=True, slots=True)
class Tablet:
    """A device as its own pages and the campaign's page know it."""

    public_id: str
    label: str
    campaign: str
    """Name of the campaign."""
    campaign_id: str
    organisation: int
    busy: bool
    """Somebody's turn is on it."""
    open: bool
    expires_at: datetime


def start_device(center: Center, caller: Caller, public: str, label: str) -> str:
    """The token of a device that is signed in from now on. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "fill_campaign")
    label = label.strip()
    if not label or not label.isprintable() or len(label) > campaign_device.LONGEST_LABEL:
        raise InvalidInput([Fault("label", "missing" if not label else "unfit_text")])
    with center.records.write() as db:
        row = row_of(db, caller, public)
        if row.state != "open":
            raise InvalidInput([Fault("label", "campaign_not_open" if row.state == "preparing" else "campaign_closed")])
        now = center.clock()
        token = campaign_device.add(db, center.records.vault, caller.organisation, row.id, label, caller.account, now, now + DAY)
        note(db, center, caller, "device_started", "campaign", public)
    return token


def devices(center: Center, caller: Caller, public: str) -> tuple[Tablet, ...]:
    """Raises NotAllowed, NotFound."""
    permit(caller, "read_campaign")
    with center.records.read() as db:
        row = row_of(db, caller, public)
        found = campaign_device.of_campaign(db, caller.organisation, row.id, center.clock())
        return tuple(_tablet(db, center, one) for one in found)


def end_device(center: Center, caller: Caller, public: str, device: str) -> None:
    """Raises NotAllowed, NotFound."""
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        row = row_of(db, caller, public)
        if not campaign_device.end(db, caller.organisation, row.id, device, center.clock()):
            raise NotFound
        note(db, center, caller, "device_ended", "campaign", public)


def give_turn(center: Center, caller: Caller, public: str, device: str, person: str) -> None:
    """Staff put a person's form on a device. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        row = row_of(db, caller, public)
        found = next(
            (one for one in campaign_device.of_campaign(db, caller.organisation, row.id, center.clock()) if one.public_id == device), None
        )
        who = campaign_person.find(db, center.records.vault, caller.organisation, row.id, person)
        if found is None or who is None:
            raise NotFound
        _seat(db, center, found, who)
        note(db, center, caller, "turn_given", "campaign_person", person)


def tablet(center: Center, token: str) -> Tablet:
    """What a device's own page shows. Raises NotFound for one that is unknown, over or ended."""
    with center.records.read() as db:
        return _tablet(db, center, _device(db, center, token))


def begin_turn(center: Center, token: str, code: str, first: str) -> None:
    """Somebody finds themselves: by the code of their card, or the last four characters of identity card or telephone; and by the name.

    first: the first character of the name, or its first letter in pinyin. Raises NotFound, InvalidInput.
    """
    with center.records.write() as db:
        found = _device(db, center, token)
        number = number_of(code)
        listed = campaign_person.in_campaign(db, center.records.vault, found.organisation, found.campaign, number=number or 0)
        people = matching(center, listed, number, code, first)
        if len(people) != 1:
            raise InvalidInput([Fault("code", "several_found" if people else "nobody_found")])
        _seat(db, center, found, people[0])


def take_link(center: Center, token: str, link: str) -> bool:
    """Whether the invitation that was scanned on a device belongs to its campaign: then it is this person's turn. Raises NotFound."""
    with center.records.write() as db:
        found = _device(db, center, token)
        who = campaign_person.find_invited(db, center.records.vault, link)
        if who is None or who.campaign != found.campaign:
            return False
        _seat(db, center, found, who)
    return True


def touch(center: Center, token: str) -> None:
    """Somebody is at it: the turn goes on. Raises NotFound."""
    with center.records.write() as db:
        campaign_device.change(db, _device(db, center, token).id, seen_at=center.clock())


def hand_back(center: Center, token: str) -> str:
    """End the turn; the device's new token. What pages of the old turn send is taken by nobody. Raises NotFound."""
    with center.records.write() as db:
        return campaign_device.renew(db, center.records.vault, _device(db, center, token).id)


def _device(db: Connection, center: Center, token: str) -> DeviceRow:
    found = campaign_device.find(db, center.records.vault, token, center.clock()) if 10 < len(token) < 80 else None
    if found is None:
        raise NotFound
    return found


def _seat(db: Connection, center: Center, device: DeviceRow, who: PersonRow) -> None:
    if who.assessment is not None:
        raise InvalidInput([Fault("code", "already_answered")])
    campaign_device.change(db, device.id, campaign_person_id=who.id, seen_at=center.clock())


def _tablet(db: Connection, center: Center, row: DeviceRow) -> Tablet:
    found = campaign.find_by_id(db, row.organisation, row.campaign)
    if found is None:
        raise NotFound
    busy = row.person is not None and center.clock() - row.seen_at <= IDLE
    return Tablet(row.public_id, row.label, found.name, found.public_id, row.organisation, busy, found.state == "open", row.expires_at)
