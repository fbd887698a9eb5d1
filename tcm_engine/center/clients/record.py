"""One client's record: made, found, read, changed. Somebody bound to a branch has the records of that branch alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, Outdated, note, permit
from tcm_engine.model import Fault, InvalidInput, Person, Profile
from tcm_engine.records import branch as branches
from tcm_engine.records import client as clients

from .background import Background, background_of
from .identity import Identity, of_content, to_content
from .missing import missing_of
from .names import folded_name
from .profile import read_profile, to_mapping

HOME_ZONE = timezone(timedelta(hours=8))
"""China has one time, without summer time."""


@dataclass(frozen=True, slots=True)
class ClientRef:
    id: int
    public_id: str


@dataclass(frozen=True, slots=True)
class Client:
    id: int
    public_id: str
    branch: int | None
    identity: Identity
    profile: Mapping[str, Any]
    """As PERSON.json's `person`, without name, sex and birth date; what is not known is absent or None."""
    background: Background
    version: int
    created_at: datetime
    changed_at: datetime

    @property
    def ref(self) -> ClientRef:
        return ClientRef(self.id, self.public_id)


def add_client(
    db: Connection, center: Center, caller: Caller, identity: Identity, profile: Profile | Mapping[str, Any] | None = None,
    background: Background | None = None,
) -> ClientRef:  # fmt: skip
    """A new record, in the transaction of who asks. Whether the person has one already is asked with `find_same`.

    Raises NotAllowed, InvalidInput: `$.code` `code_taken`, `$.branch` `branch_unknown`, faults of the profile at `$.person…`.
    """
    permit(caller, "edit_client")
    raw = to_mapping(profile)
    branch = _checked(db, center, caller, identity, raw, None)
    content = _content(identity, raw, background or Background())
    entries = entries_of(identity, raw, today_of(center))
    now = center.clock()
    added, public = clients.add(db, center.records.vault, caller.organisation, branch, content, entries, caller.account, now)
    note(db, center, caller, "client_added", "client", public)
    return ClientRef(added, public)


def find_same(db: Connection, center: Center, caller: Caller, identity: Identity) -> ClientRef | None:
    """The record of this person: by number of the identity card, else by name with birth date, else by name with telephone.

    Two numbers of identity cards are two people. None also where several records fit: then a person must look (`doubles`).
    """
    permit(caller, "read_client")
    vault = center.records.vault
    for kind in ("id_number", "name_birth", "name_phone"):
        value = dict(identity.entries()).get(kind)
        if value is None:
            continue
        found = clients.of_ids(db, vault, caller.organisation, clients.search(db, vault, caller.organisation, kind, value))
        fitting = [row for row in found if _visible(caller, row) and not _other_card(row, identity)]
        if len(fitting) == 1:
            return ClientRef(fitting[0].id, fitting[0].public_id)
        if fitting:
            return None
    return None


def client_of(center: Center, caller: Caller, public_id: str) -> Client:
    """The record; of one that was merged the survivor's. Who shows it writes down the reading. Raises NotAllowed, NotFound."""
    with center.records.read() as db:
        return client_in(db, center, caller, public_id)


def read_client(center: Center, caller: Caller, public_id: str) -> Client:
    """`client_of`, written down: for pages that show it. Raises NotAllowed, NotFound."""
    permit(caller, "read_client")
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        note(db, center, caller, "client_read", "client", client.public_id)
        return client


def client_in(db: Connection, center: Center, caller: Caller, public_id: str) -> Client:
    """`client_of` within a transaction."""
    permit(caller, "read_client")
    row = clients.find(db, center.records.vault, caller.organisation, public_id)
    if row is not None and row.merged_into is not None:
        row = next(iter(clients.of_ids(db, center.records.vault, caller.organisation, [row.merged_into])), None)
    if row is None or not _visible(caller, row):
        raise NotFound
    return opened(db, caller, row)


def change_client(
    center: Center, caller: Caller, public_id: str, version: int, *, identity: Identity | None = None,
    profile: Mapping[str, Any] | None = None, background: Background | None = None,
) -> Client:  # fmt: skip
    """Write what is given over what stands, if `version` still stands. Raises NotAllowed, NotFound, InvalidInput, Outdated(Client)."""
    permit(caller, "edit_client")
    with center.records.write() as db:
        old = client_in(db, center, caller, public_id)
        if old.version != version:
            raise Outdated(old)
        new_identity, raw = identity or old.identity, old.profile if profile is None else profile
        branch = _checked(db, center, caller, new_identity, raw, old)
        content = _content(new_identity, raw, background or old.background)
        row = _as_row(old)
        entries = entries_of(new_identity, raw, today_of(center))
        if not clients.change(db, center.records.vault, caller.organisation, row, branch, content, entries, caller.account, center.clock()):
            raise Outdated(client_in(db, center, caller, public_id))
        parts = {"identity": identity, "profile": profile, "background": background}
        changed = ",".join(name for name, given in parts.items() if given is not None)
        note(db, center, caller, "client_changed", "client", old.public_id, version=version + 1, parts=changed)
        return client_in(db, center, caller, public_id)


def person_of_client(center: Center, client: Client, vitals: Mapping[str, float] | None = None, on: date | None = None) -> Person:
    """Name and profile, ready for scoring and planning; `vitals` are the newest measurements. Raises InvalidInput."""
    raw = dict(client.profile) | ({"vitals": dict(vitals)} if vitals else {})
    day = on or today_of(center)
    return Person(read_profile(center, client.identity, raw, day), client.identity.name)


def opened(db: Connection, caller: Caller, row: clients.ClientRow) -> Client:
    """A row as a record."""
    publics = {one.id: one.public_id for one in branches.of_organisation(db, caller.organisation)} if row.branch else {}
    identity = of_content(row.content["identity"], publics.get(row.branch or 0))
    background = background_of(row.content.get("background") or {})
    return Client(
        row.id,
        row.public_id,
        row.branch,
        identity,
        row.content.get("profile") or {},
        background,
        row.version,
        row.created_at,
        row.changed_at,
    )


def entries_of(identity: Identity, profile: Mapping[str, Any], today: date) -> list[tuple[str, str]]:
    """All that a record is found by, and what it lacks."""
    return [*identity.entries(), *(("missing", code) for code in missing_of(identity, profile, today))]


def entries_of_content(center: Center, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """All that a record is found by, from what is kept of it: to make its hashes anew."""
    return entries_of(of_content(content["identity"], None), content.get("profile") or {}, today_of(center))


def today_of(center: Center) -> date:
    """The day at the centre: eight hours ahead of UTC."""
    return center.clock().astimezone(HOME_ZONE).date()


def _content(identity: Identity, profile: Mapping[str, Any], background: Background) -> dict[str, Any]:
    return {"identity": to_content(identity), "profile": dict(profile), "background": background.content()}


def _visible(caller: Caller, row: clients.ClientRow) -> bool:
    return caller.branch is None or row.branch == caller.branch


def _other_card(row: clients.ClientRow, identity: Identity) -> bool:
    kept = row.content["identity"].get("id_number")
    return bool(kept and identity.id_number and kept != identity.id_number)


def _as_row(client: Client) -> clients.ClientRow:
    return clients.ClientRow(client.id, client.public_id, client.branch, {}, client.version, None, client.created_at, client.changed_at)


def _checked(
    db: Connection, center: Center, caller: Caller, identity: Identity, profile: Mapping[str, Any], old: Client | None
) -> int | None:
    """The row of the branch. Raises InvalidInput with all faults of what can only be told beside other records."""
    faults: list[Fault] = []
    if identity.code:
        same = clients.search(db, center.records.vault, caller.organisation, "code", folded_name(identity.code))
        if same - ({old.id} if old else set()):
            faults.append(Fault("$.code", "code_taken"))
    branch = _branch(db, caller, identity, old, faults)
    try:
        read_profile(center, identity, profile, today_of(center))
    except InvalidInput as invalid:
        faults += invalid.faults
    if faults:
        raise InvalidInput(faults)
    return branch


def _branch(db: Connection, caller: Caller, identity: Identity, old: Client | None, faults: list[Fault]) -> int | None:
    """Somebody of a branch keeps records in it; others choose."""
    if identity.branch is None:
        return caller.branch
    known = {one.public_id: one for one in branches.of_organisation(db, caller.organisation)}
    found = known.get(identity.branch)
    allowed = found and (caller.branch is None or found.id == caller.branch)
    stays = found and old and old.branch == found.id
    if not allowed or (found and found.closed_at is not None and not stays):
        faults.append(Fault("$.branch", "branch_unknown"))
        return None
    return found.id if found else None
