"""Two records of one person: found, merged, and parted again. Nothing is lost: the merged record stays as it was and says where it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import client as clients
from tcm_engine.records import client_merge, consent

from .record import Client, client_in, opened

KINDS = ("id_number", "name_birth", "name_phone")
"""What two records may share, the surest first."""
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Double:
    """Records that may be one person's."""

    kind: str
    clients: tuple[Client, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    public_id: str
    merged: Client
    """As it was."""
    moved: int
    """Rows that went to the survivor."""
    at: datetime


def doubles(center: Center, caller: Caller) -> tuple[Double, ...]:
    """Records that share a card's number, or a name with birth date or telephone; those with different cards are two people.

    At most `MOST_LISTED`. Raises NotAllowed.
    """
    permit(caller, "merge_clients")
    with center.records.write() as db:
        found: dict[tuple[int, ...], Double] = {}
        shared = clients.doubles(db, caller.organisation, caller.branch, KINDS, MOST_LISTED)
        for kind, ids in sorted(shared, key=lambda one: KINDS.index(one[0])):
            rows = clients.of_ids(db, center.records.vault, caller.organisation, ids)
            cards = {row.content["identity"].get("id_number") for row in rows} - {None, ""}
            if len(cards) < 2:
                found.setdefault(ids, Double(kind, tuple(opened(db, caller, row) for row in rows)))
        note(db, center, caller, "doubles_listed", "client", count=len(found))
        return tuple(found.values())


def merge_clients(center: Center, caller: Caller, survivor: str, merged: str, versions: tuple[int, int]) -> str:
    """Everything of `merged` goes to `survivor`; its own fields stay in it, to be read. Public id of the merge.

    `versions`: those that were compared. Raises NotAllowed, NotFound, and InvalidInput at `$.merged`: `same_record`, `two_cards`,
    `compared_before`.
    """
    permit(caller, "merge_clients")
    with center.records.write() as db:
        stays, goes = client_in(db, center, caller, survivor), client_in(db, center, caller, merged)
        cards = {one.identity.id_number for one in (stays, goes)} - {""}
        for wrong, code in (
            (stays.id == goes.id, "same_record"),
            (len(cards) > 1, "two_cards"),
            (versions != (stays.version, goes.version), "compared_before"),
        ):
            if wrong:
                raise InvalidInput([Fault("$.merged", code)])
        now = center.clock()
        moved = client_merge.move(db, caller.organisation, goes.id, stays.id)
        moved["client"] = [row.id for row in clients.merged_into(db, center.records.vault, caller.organisation, goes.id)]
        _later_no_counts(db, center, caller, stays)
        clients.set_merged(db, caller.organisation, [goes.id, *moved["client"]], stays.id, now)
        clients.touch(db, caller.organisation, stays.id, now)
        made = client_merge.add(db, caller.organisation, stays.id, goes.id, moved, caller.account, now)
        rows = sum(len(ids) for ids in moved.values())
        note(db, center, caller, "clients_merged", "client", stays.public_id, merged=goes.public_id, rows=rows)
        return made


def _later_no_counts(db: Connection, center: Center, caller: Caller, client: Client) -> None:
    """Who agreed in one record and withdrew later in the other has withdrawn; undoing the merge gives no consent back."""
    rows = consent.of_client(db, caller.organisation, client.id)
    for purpose in dict.fromkeys(row.purpose for row in rows):
        given = max((row.given_at for row in rows if row.purpose == purpose and row.withdrawn_at is None), default=None)
        ended = max((row.withdrawn_at for row in rows if row.purpose == purpose and row.withdrawn_at is not None), default=None)
        if given and ended and ended > given:
            consent.withdraw(db, caller.organisation, client.id, purpose, center.clock())
            note(db, center, caller, "consent_withdrawn", "client", client.public_id, purpose=purpose, reason="merge")


def undo_merge(center: Center, caller: Caller, survivor: str, merge: str) -> str:
    """The merged record is one of its own again, with the rows that it brought. Its public id. Raises NotAllowed, NotFound."""
    permit(caller, "merge_clients")
    with center.records.write() as db:
        stays = client_in(db, center, caller, survivor)
        row = next((one for one in client_merge.of_survivor(db, caller.organisation, stays.id) if one.public_id == merge), None)
        now = center.clock()
        if row is None or not client_merge.set_undone(db, caller.organisation, row.id, now):
            raise NotFound
        client_merge.move_back(db, caller.organisation, row.moved, stays.id, row.merged)
        clients.set_merged(db, caller.organisation, [row.merged], None, now)
        clients.set_merged(db, caller.organisation, row.moved.get("client", ()), row.merged, now)
        goes = clients.of_ids(db, center.records.vault, caller.organisation, [row.merged])[0]
        note(db, center, caller, "merge_undone", "client", stays.public_id, merged=goes.public_id)
        return goes.public_id


def merges_of(center: Center, caller: Caller, client: Client) -> tuple[Merge, ...]:
    """Merges into this record that stand, the newest first."""
    with center.records.read() as db:
        rows = client_merge.of_survivor(db, caller.organisation, client.id)
        known = {one.id: one for one in clients.of_ids(db, center.records.vault, caller.organisation, [row.merged for row in rows])}
        return tuple(
            Merge(row.public_id, opened(db, caller, known[row.merged]), sum(len(ids) for ids in row.moved.values()), row.created_at)
            for row in rows
        )
