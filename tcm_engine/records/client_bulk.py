"""Client records by the thousand, for rosters: found by what tells people apart, and written, in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, insert, select

from .client import client, client_index, client_version, index_place
from .schema import new_public_id
from .sealed_json import open_json, seal_json
from .vault import Vault

_AT_ONCE = 400
_T = TypeVar("_T")
_found = (
    select(client_index.c.client_id, client_index.c.handle)
    .join(client, client.c.id == client_index.c.client_id)
    .where(
        (client_index.c.organisation_id == bindparam("organisation"))
        & (client_index.c.kind == bindparam("kind"))
        & client_index.c.handle.in_(bindparam("handles", expanding=True))
        & client.c.merged_into_id.is_(None)
        & (bindparam("whole_house") | (client.c.branch_id == bindparam("branch")))
    )
)
_contents = select(client.c.id, client.c.public_id, client.c.branch_id, client.c.content).where(
    (client.c.organisation_id == bindparam("organisation")) & client.c.id.in_(bindparam("ids", expanding=True))
)


def find_all(db: Connection, vault: Vault, organisation: int, branch: int | None, kind: str, values: Iterable[str]) -> dict[str, list[int]]:
    """Value -> rows of the clients that have it, merged ones left out. `branch`: the only one that is looked at; None: all."""
    by_handle = {handle: value for value in set(values) for handle in vault.handles(index_place(organisation, kind, value))}
    found: dict[str, list[int]] = {}
    for part in parts(list(by_handle)):
        key = {"organisation": organisation, "branch": branch, "whole_house": branch is None, "kind": kind, "handles": part}
        for client_id, handle in db.execute(_found, key):
            found.setdefault(by_handle[handle], []).append(client_id)
    return found


def contents(db: Connection, vault: Vault, organisation: int, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Row of a client -> what is kept of it."""
    found: dict[int, dict[str, Any]] = {}
    for part in parts(sorted(set(ids))):
        for row in db.execute(_contents, {"organisation": organisation, "ids": part}):
            found[row.id] = open_json(vault, "client", row.public_id, row.content)
    return found


def add_all(
    db: Connection,
    vault: Vault,
    organisation: int,
    branch: int | None,
    people: Sequence[tuple[Mapping[str, Any], Sequence[tuple[str, str]]]],
    account: int | None,
    now: datetime,
) -> list[int]:
    """Rows of new clients, in order. people: (content, what it is found by as (kind, value))."""
    added: list[int] = []
    for part in parts(people):
        added += _add(db, vault, organisation, branch, part, account, now)
    return added


def _add(
    db: Connection,
    vault: Vault,
    organisation: int,
    branch: int | None,
    people: Sequence[tuple[Mapping[str, Any], Sequence[tuple[str, str]]]],
    account: int | None,
    now: datetime,
) -> list[int]:
    publics = [new_public_id() for _ in people]
    shared = {
        "organisation_id": organisation,
        "branch_id": branch,
        "version": 1,
        "merged_into_id": None,
        "created_at": now,
        "changed_at": now,
    }
    rows = [
        shared | {"public_id": public, "content": seal_json(vault, "client", public, dict(content))}
        for public, (content, _) in zip(publics, people, strict=True)
    ]
    ids = {row.public_id: row.id for row in db.execute(insert(client).returning(client.c.public_id, client.c.id), rows)}
    added = [int(ids[public]) for public in publics]
    first = {"organisation_id": organisation, "version": 1, "account_id": account, "at": now}
    versions = [
        first | {"client_id": id_, "content": seal_json(vault, "client_version", f"{public}:1", dict(content))}
        for public, id_, (content, _) in zip(publics, added, people, strict=True)
    ]
    db.execute(insert(client_version), versions)
    index = [
        {"organisation_id": organisation, "client_id": id_, "kind": kind, "handle": vault.handle(index_place(organisation, kind, value))}
        for id_, (_, words) in zip(added, people, strict=True)
        for kind, value in dict.fromkeys(words)
    ]
    if index:
        db.execute(insert(client_index), index)
    return added


def parts(rows: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
