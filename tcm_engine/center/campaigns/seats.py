"""Who sits before the form: a person with the link of an invitation, or the one whose turn it is on a device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound
from tcm_engine.center.clients import Client, client_in
from tcm_engine.center.privacy import Means
from tcm_engine.records import campaign, campaign_device, campaign_person
from tcm_engine.records import client as clients

CampaignRow = campaign.CampaignRow
PersonRow = campaign_person.PersonRow
IDLE = timedelta(minutes=5)
"""After that long without a touch a turn on a device is over; what was answered is kept for the next try."""
RESULT_FOR = timedelta(days=30)
"""After a campaign's last day a link shows the result that long."""


@dataclass(frozen=True, slots=True)
class Link:
    """The token of an invitation: all that it opens is this person's form and, later, their result."""

    token: str


@dataclass(frozen=True, slots=True)
class Device:
    """The token of a device that staff signed into a campaign."""

    token: str


Key = Link | Device


@dataclass(frozen=True, slots=True)
class Seat:
    caller: Caller
    """On whose behalf things are written: the client's own, or the account that signed the device in."""
    campaign: CampaignRow
    person: PersonRow
    client: Client
    means: Means

    @property
    def open(self) -> bool:
        return self.campaign.state == "open"


def seat(db: Connection, center: Center, key: Key, *, lock: bool = False) -> Seat:
    """Raises NotFound: no such link, or nobody's turn."""
    person, account = _by_link(db, center, key.token) if isinstance(key, Link) else _by_device(db, center, key.token)
    if person and lock:
        person = campaign_person.find_by_id(db, center.records.vault, person.organisation, person.id, lock=True)
    row = campaign.find_by_id(db, person.organisation, person.campaign) if person else None
    if person is None or row is None:
        raise NotFound
    caller = Caller(person.organisation, "link", "operator", account)
    means: Means = "link" if isinstance(key, Link) else "tablet"
    return Seat(caller, row, person, client_of_row(db, center, caller, person.client), means)


def client_of_row(db: Connection, center: Center, caller: Caller, row: int) -> Client:
    """The record of a row; of one that was merged the survivor's. Raises NotFound."""
    found = clients.of_ids(db, center.records.vault, caller.organisation, [row])
    if not found:
        raise NotFound
    return client_in(db, center, caller, found[0].public_id)


def _by_link(db: Connection, center: Center, token: str) -> tuple[PersonRow | None, int | None]:
    return (campaign_person.find_invited(db, center.records.vault, token) if 10 < len(token) < 80 else None), None


def _by_device(db: Connection, center: Center, token: str) -> tuple[PersonRow | None, int | None]:
    vault, now = center.records.vault, center.clock()
    found = campaign_device.find(db, vault, token, now)
    if found is None or found.person is None or now - found.seen_at > IDLE:
        return None, None
    return campaign_person.find_by_id(db, vault, found.organisation, found.person), found.account
