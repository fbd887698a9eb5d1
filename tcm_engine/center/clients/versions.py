"""Earlier versions of a record: nothing that was written is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.records import client as clients

from .record import Client, client_in, opened


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    client: Client
    account: int | None
    """Who wrote it."""
    at: datetime


def versions_of(center: Center, caller: Caller, public_id: str) -> tuple[Client, tuple[Version, ...]]:
    """The record and all its versions, the newest first; the reading is written down. Raises NotAllowed, NotFound."""
    permit(caller, "read_client")
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        note(db, center, caller, "client_history_read", "client", client.public_id)
        return client, _versions(db, center, caller, client)


def version_of(center: Center, caller: Caller, public_id: str, number: int) -> Client:
    """The record as it was in a version. Raises NotAllowed, NotFound."""
    permit(caller, "read_client")
    with center.records.read() as db:
        found = _versions(db, center, caller, client_in(db, center, caller, public_id))
    version = next((one for one in found if one.number == number), None)
    if version is None:
        raise NotFound
    return version.client


def _versions(db: Connection, center: Center, caller: Caller, client: Client) -> tuple[Version, ...]:
    row = next(iter(clients.of_ids(db, center.records.vault, caller.organisation, [client.id])))
    return tuple(
        Version(one.version, opened(db, caller, replace(row, content=one.content, version=one.version)), one.account, one.at)
        for one in clients.versions(db, center.records.vault, caller.organisation, row)
    )
