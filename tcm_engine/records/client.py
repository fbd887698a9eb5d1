"""Client records: everything about the person sealed, found again by keyed hashes of what is searched for exactly.

A record that was merged into another stays as it is, with its hashes: what is searched for leads to the survivor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from .schema import Moment, SealedBytes, belongs_to, new_public_id, owned, public_id
from .sealed_json import open_json, seal_json
from .vault import HANDLE_BYTES, Vault

client = owned(
    "client",
    public_id(),
    belongs_to("branch", nullable=True, ondelete=None),
    Column("content", SealedBytes, nullable=False, comment="JSON: identity, contacts, profile"),
    Column("version", Integer, nullable=False, comment="counts up with every change"),
    belongs_to("client", nullable=True, ondelete=None, name="merged_into_id"),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

client_version = owned(
    "client_version",
    belongs_to("client"),
    Column("version", Integer, nullable=False),
    Column("content", SealedBytes, nullable=False, comment="JSON, as it was in that version"),
    Column("account_id", Integer, nullable=True, comment="who wrote it"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("client_id", "version"),
)

client_index = owned(
    "client_index",
    belongs_to("client"),
    Column("kind", String(20), nullable=False, comment="name, initials, phone, id_number, code"),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=False, comment="keyed hash of organisation, kind and value"),
    Index("ix_client_index_search", "organisation_id", "kind", "handle"),
)

_own = client.c.organisation_id == bindparam("organisation")
_alive = _own & client.c.merged_into_id.is_(None)
_row = (
    client.c.id,
    client.c.public_id,
    client.c.branch_id,
    client.c.content,
    client.c.version,
    client.c.merged_into_id,
    client.c.created_at,
    client.c.changed_at,
)
_find = select(*_row).where(_own & (client.c.public_id == bindparam("public")))
_by_ids = select(*_row).where(_own & client.c.id.in_(bindparam("ids", expanding=True)))
_newest = select(*_row).where(_alive).order_by(client.c.changed_at.desc(), client.c.id.desc())
_merged = select(*_row).where(_own & (client.c.merged_into_id == bindparam("into"))).order_by(client.c.id)
_change = update(client).where(_own & (client.c.id == bindparam("of")) & (client.c.version == bindparam("of_version")))
_unindex = delete(client_index).where(
    (client_index.c.organisation_id == bindparam("organisation")) & (client_index.c.client_id == bindparam("of"))
)
_indexed = (client_index.c.client_id == client.c.id) & (client_index.c.organisation_id == client.c.organisation_id)
_living_id = func.coalesce(client.c.merged_into_id, client.c.id)
_search = (
    select(_living_id)
    .join(client_index, _indexed)
    .where(_own & (client_index.c.kind == bindparam("of_kind")) & client_index.c.handle.in_(bindparam("handles", expanding=True)))
    .distinct()
)
_versions = (
    select(client_version.c.version, client_version.c.content, client_version.c.account_id, client_version.c.at)
    .where((client_version.c.organisation_id == bindparam("organisation")) & (client_version.c.client_id == bindparam("of")))
    .order_by(client_version.c.version.desc())
)


@dataclass(frozen=True, slots=True)
class ClientRow:
    id: int
    public_id: str
    branch: int | None
    content: Mapping[str, Any]
    version: int
    merged_into: int | None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: int
    content: Mapping[str, Any]
    account: int | None
    at: datetime


Entries = Iterable[tuple[str, str]]
"""(kind, value) that a client is found by."""


def add(
    db: Connection, vault: Vault, organisation: int, branch: int | None, content: Mapping[str, Any], entries: Entries,
    account: int | None, now: datetime,
) -> tuple[int, str]:  # fmt: skip
    """(row id, public id) of a new client."""
    public = new_public_id()
    row = {"organisation_id": organisation, "public_id": public, "branch_id": branch, "version": 1, "merged_into_id": None}
    row |= {"content": seal_json(vault, "client", public, content), "created_at": now, "changed_at": now}
    added = int(db.execute(insert(client).returning(client.c.id), row).scalar_one())
    _keep_version(db, vault, organisation, added, public, 1, content, account, now)
    _index(db, vault, organisation, added, entries)
    return added, public


def change(
    db: Connection, vault: Vault, organisation: int, row: ClientRow, branch: int | None, content: Mapping[str, Any], entries: Entries,
    account: int | None, now: datetime,
) -> bool:  # fmt: skip
    """Whether `row.version` was still the one that stands; else nothing is written."""
    values = {"content": seal_json(vault, "client", row.public_id, content), "version": row.version + 1, "changed_at": now}
    found = db.execute(
        _change.values(branch_id=branch, **values), {"organisation": organisation, "of": row.id, "of_version": row.version}
    ).rowcount
    if found == 1:
        _keep_version(db, vault, organisation, row.id, row.public_id, row.version + 1, content, account, now)
        reindex(db, vault, organisation, row.id, entries)
    return found == 1


def reindex(db: Connection, vault: Vault, organisation: int, client_id: int, entries: Entries) -> None:
    """Make a client's hashes anew, under the current secret."""
    db.execute(_unindex, {"organisation": organisation, "of": client_id})
    _index(db, vault, organisation, client_id, entries)


def touch(db: Connection, organisation: int, client_id: int, now: datetime) -> None:
    """Something new stands in the record beside its content."""
    db.execute(
        update(client).where(_own & (client.c.id == bindparam("of"))).values(changed_at=now),
        {"organisation": organisation, "of": client_id},
    )


def set_merged(db: Connection, organisation: int, ids: Iterable[int], into: int | None, now: datetime) -> None:
    values = {"merged_into_id": into, "changed_at": now}
    db.execute(
        update(client).where(_own & client.c.id.in_(bindparam("ids", expanding=True))).values(values),
        {"organisation": organisation, "ids": list(ids)},
    )


def find(db: Connection, vault: Vault, organisation: int, public: str) -> ClientRow | None:
    """Also one that was merged into another."""
    row = db.execute(_find, {"organisation": organisation, "public": public}).first()
    return _opened(vault, row) if row else None


def of_ids(db: Connection, vault: Vault, organisation: int, ids: Iterable[int]) -> tuple[ClientRow, ...]:
    """In the order of the ids; those that are not the organisation's are left out."""
    wanted = list(dict.fromkeys(ids))
    rows = {row.id: _opened(vault, row) for row in db.execute(_by_ids, {"organisation": organisation, "ids": wanted})}
    return tuple(rows[one] for one in wanted if one in rows)


def branch_of(db: Connection, organisation: int, client_id: int) -> int | None:
    """Row of the branch that a client's record belongs to; None: the whole organisation's, or no such client."""
    query = select(client.c.branch_id).where(_own & (client.c.id == bindparam("of")))
    return db.execute(query, {"organisation": organisation, "of": client_id}).scalar_one_or_none()


def merged_into(db: Connection, vault: Vault, organisation: int, into: int) -> tuple[ClientRow, ...]:
    return tuple(_opened(vault, row) for row in db.execute(_merged, {"organisation": organisation, "into": into}))


def newest(db: Connection, vault: Vault, organisation: int, branch: int | None, limit: int, offset: int) -> tuple[ClientRow, ...]:
    """Newest change first; without those that were merged away."""
    query = _newest.where(*_branch(branch)).limit(limit).offset(offset)
    return tuple(_opened(vault, row) for row in db.execute(query, {"organisation": organisation}))


def living_ids(db: Connection, organisation: int, branch: int | None) -> tuple[int, ...]:
    """Of all that were not merged away, the longest unchanged first."""
    query = select(client.c.id).where(_alive, *_branch(branch)).order_by(client.c.changed_at, client.c.id)
    return tuple(db.execute(query, {"organisation": organisation}).scalars())


def count(db: Connection, organisation: int, branch: int | None) -> int:
    query = select(func.count()).select_from(client).where(_alive, *_branch(branch))
    return int(db.execute(query, {"organisation": organisation}).scalar_one())


def search(db: Connection, vault: Vault, organisation: int, kind: str, value: str) -> frozenset[int]:
    """Ids of the clients that are found by `value`; of a merged one that of the survivor."""
    key = {"organisation": organisation, "of_kind": kind, "handles": vault.handles(index_place(organisation, kind, value))}
    return frozenset(db.execute(_search, key).scalars())


def found_by(
    db: Connection, vault: Vault, organisation: int, branch: int | None, kind: str, value: str, limit: int, offset: int
) -> tuple[ClientRow, ...]:
    """One page of the clients that have `value`, the longest unchanged first."""
    query = (
        select(*_row).join(client_index, _indexed)
        .where(_alive & (client_index.c.kind == kind) & client_index.c.handle.in_(vault.handles(index_place(organisation, kind, value))))
        .where(*_branch(branch)).order_by(client.c.changed_at, client.c.id).limit(limit).offset(offset)
    )  # fmt: skip
    return tuple(_opened(vault, row) for row in db.execute(query, {"organisation": organisation}))


def count_by(db: Connection, vault: Vault, organisation: int, branch: int | None, kind: str, value: str) -> int:
    query = (
        select(func.count(func.distinct(client.c.id))).join(client_index, _indexed)
        .where(_alive & (client_index.c.kind == kind) & client_index.c.handle.in_(vault.handles(index_place(organisation, kind, value))))
        .where(*_branch(branch))
    )  # fmt: skip
    return int(db.execute(query, {"organisation": organisation}).scalar_one())


def doubles(
    db: Connection, organisation: int, branch: int | None, kinds: Iterable[str], limit: int
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """(kind, ids) of living clients that share a hash of one of `kinds`."""
    shared = (
        select(client_index.c.kind, client_index.c.handle).join(client, _indexed).where(_alive, *_branch(branch))
        .where(client_index.c.kind.in_(list(kinds))).group_by(client_index.c.kind, client_index.c.handle)
        .having(func.count(func.distinct(client.c.id)) > 1).order_by(client_index.c.kind, client_index.c.handle).limit(limit)
    )  # fmt: skip
    members = select(client.c.id).join(client_index, _indexed).where(_alive, *_branch(branch)).order_by(client.c.id)
    key = {"organisation": organisation}
    return tuple(
        (kind, tuple(db.execute(members.where((client_index.c.kind == kind) & (client_index.c.handle == handle)), key).scalars()))
        for kind, handle in db.execute(shared, key).all()
    )


def versions(db: Connection, vault: Vault, organisation: int, row: ClientRow) -> tuple[VersionRow, ...]:
    """Every version of a record, the newest first."""
    return tuple(
        VersionRow(one.version, open_json(vault, "client_version", f"{row.public_id}:{one.version}", one.content), one.account_id, one.at)
        for one in db.execute(_versions, {"organisation": organisation, "of": row.id})
    )


def index_place(organisation: int, kind: str, value: str) -> str:
    return f"{organisation}\0{kind}\0{value}"


def _branch(branch: int | None) -> tuple[ColumnElement[bool], ...]:
    return () if branch is None else (client.c.branch_id == branch,)


def _keep_version(
    db: Connection, vault: Vault, organisation: int, client_id: int, public: str, version: int, content: Mapping[str, Any],
    account: int | None, now: datetime,
) -> None:  # fmt: skip
    sealed = seal_json(vault, "client_version", f"{public}:{version}", content)
    row = {"organisation_id": organisation, "client_id": client_id, "version": version, "content": sealed, "account_id": account, "at": now}
    db.execute(insert(client_version), row)


def _index(db: Connection, vault: Vault, organisation: int, client_id: int, entries: Entries) -> None:
    rows = [
        {
            "organisation_id": organisation,
            "client_id": client_id,
            "kind": kind,
            "handle": vault.handle(index_place(organisation, kind, value)),
        }
        for kind, value in dict.fromkeys(entries)
    ]
    if rows:
        db.execute(insert(client_index), rows)


def _opened(vault: Vault, row: Any) -> ClientRow:
    content = open_json(vault, "client", row.public_id, row.content)
    return ClientRow(row.id, row.public_id, row.branch_id, content, row.version, row.merged_into_id, row.created_at, row.changed_at)
