"""Devices that are signed into one campaign, and whose turn it is on each. Only a keyed hash of the token is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from .campaign import campaign_device as device
from .schema import new_public_id
from .vault import Vault, new_token

LONGEST_LABEL = 80
_columns = (
    device.c.id, device.c.public_id, device.c.organisation_id, device.c.campaign_id, device.c.campaign_person_id, device.c.label,
    device.c.account_id, device.c.created_at, device.c.seen_at, device.c.expires_at,
)  # fmt: skip
_alive = device.c.ended_at.is_(None) & (device.c.expires_at > bindparam("now"))
_find = select(*_columns).where(device.c.handle.in_(bindparam("handles", expanding=True)) & _alive)
_all = (
    select(*_columns)
    .where((device.c.organisation_id == bindparam("organisation")) & (device.c.campaign_id == bindparam("campaign")) & _alive)
    .order_by(device.c.id)
)
_one = update(device).where(device.c.id == bindparam("of"))
_end = (
    update(device)
    .where((device.c.organisation_id == bindparam("organisation")) & (device.c.campaign_id == bindparam("campaign")))
    .where((device.c.public_id == bindparam("public")) & device.c.ended_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    id: int
    public_id: str
    organisation: int
    campaign: int
    person: int | None
    """Whose turn it is."""
    label: str
    account: int | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def add(
    db: Connection, vault: Vault, organisation: int, campaign: int, label: str, account: int | None, now: datetime, until: datetime
) -> str:
    """The token of a new device, for its cookie."""
    token = new_token()
    row = {
        "organisation_id": organisation, "public_id": new_public_id(), "campaign_id": campaign, "campaign_person_id": None,
        "handle": vault.handle(_place(token)), "label": label[:LONGEST_LABEL], "account_id": account, "created_at": now, "seen_at": now,
        "expires_at": until, "ended_at": None,
    }  # fmt: skip
    db.execute(insert(device), row)
    return token


def find(db: Connection, vault: Vault, token: str, now: datetime) -> DeviceRow | None:
    row = db.execute(_find, {"handles": vault.handles(_place(token)), "now": now}).first()
    return DeviceRow(*tuple(row)) if row else None


def of_campaign(db: Connection, organisation: int, campaign: int, now: datetime) -> tuple[DeviceRow, ...]:
    return tuple(DeviceRow(*tuple(row)) for row in db.execute(_all, {"organisation": organisation, "campaign": campaign, "now": now}))


def change(db: Connection, device_id: int, **values: Any) -> None:
    db.execute(_one.values(values), {"of": device_id})


def renew(db: Connection, vault: Vault, device_id: int) -> str:
    """A new token; the old one opens nothing any more."""
    token = new_token()
    change(db, device_id, handle=vault.handle(_place(token)), campaign_person_id=None)
    return token


def end(db: Connection, organisation: int, campaign: int, public: str, now: datetime) -> bool:
    key = {"organisation": organisation, "campaign": campaign, "public": public}
    return db.execute(_end.values(ended_at=now, campaign_person_id=None), key).rowcount == 1


def _place(token: str) -> str:
    return "device:" + token
