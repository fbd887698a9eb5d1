"""Lists of clients: all, the newest change first; what is searched for exactly; what records lack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, note, permit
from tcm_engine.center.privacy import who_consented
from tcm_engine.records import assessed_clients
from tcm_engine.records import client as clients

from .id_number import read_id_number
from .identity import read_phone
from .missing import BESIDE, MISSING
from .names import folded_name
from .record import Client, opened

PAGE = 50
"""Clients on a page."""
MOST_FOUND = 200
"""Of one search; who finds more should say more."""
FoundBy = Literal["name", "pinyin", "initials", "phone", "id_number", "code"]


@dataclass(frozen=True, slots=True)
class ClientPage:
    clients: tuple[Client, ...]
    total: int
    number: int
    """From 1."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many records lack something."""

    code: str
    count: int


def list_clients(center: Center, caller: Caller, number: int = 1) -> ClientPage:
    """One page, the newest change first. Raises NotAllowed."""
    permit(caller, "read_client")
    number = max(1, number)
    with center.records.read() as db:
        total = clients.count(db, caller.organisation, caller.branch)
        rows = clients.newest(db, center.records.vault, caller.organisation, caller.branch, PAGE, (number - 1) * PAGE)
        found = tuple(opened(db, caller, row) for row in rows)
    _note(center, caller, "clients_listed", page=number, count=len(found))
    return ClientPage(found, total, number)


def search_clients(center: Center, caller: Caller, words: str) -> tuple[Client, ...]:
    """Whoever has exactly this name, telephone, number of the identity card or of the centre, or whose name reads or begins so in pinyin.

    At most `MOST_FOUND`, the newest change first. Raises NotAllowed.
    """
    permit(caller, "read_client")
    with center.records.read() as db:
        ids: set[int] = set()
        for kind, value in _meant(words):
            ids |= clients.search(db, center.records.vault, caller.organisation, kind, value)
        rows = [row for row in clients.of_ids(db, center.records.vault, caller.organisation, ids) if caller.branch in (None, row.branch)]
        rows.sort(key=lambda row: (row.changed_at, row.id), reverse=True)
        found = tuple(opened(db, caller, row) for row in rows[:MOST_FOUND])
    _note(center, caller, "clients_searched", count=len(found))
    return found


def lacking(center: Center, caller: Caller) -> tuple[Lacking, ...]:
    """What records lack, and how many. Raises NotAllowed."""
    permit(caller, "read_client")
    with center.records.read() as db:
        fields = (Lacking(code, _count(db, center, caller, code)) for code in MISSING)
        return (*fields, *(Lacking(code, len(_without(db, caller, code))) for code in BESIDE))


def incomplete_clients(center: Center, caller: Caller, code: str, number: int = 1) -> ClientPage:
    """One page of those whose record lacks `code`, the longest unchanged first. Raises NotAllowed, KeyError."""
    permit(caller, "read_client")
    if code not in (*MISSING, *BESIDE):
        raise KeyError(code)
    number = max(1, number)
    with center.records.read() as db:
        if code in BESIDE:
            ids = _without(db, caller, code)
            total, rows = len(ids), clients.of_ids(db, center.records.vault, caller.organisation, ids[(number - 1) * PAGE : number * PAGE])
        else:
            total = _count(db, center, caller, code)
            rows = clients.found_by(
                db, center.records.vault, caller.organisation, caller.branch, "missing", code, PAGE, (number - 1) * PAGE
            )
        found = tuple(opened(db, caller, row) for row in rows)
    _note(center, caller, "clients_listed", page=number, count=len(found), lacking=code)
    return ClientPage(found, total, number)


def _note(center: Center, caller: Caller, action: str, **detail: str | int) -> None:
    """Written down before anything is shown; opening the records needs no lock."""
    with center.records.write() as db:
        note(db, center, caller, action, "client", "", **detail)


def _count(db: Connection, center: Center, caller: Caller, code: str) -> int:
    return clients.count_by(db, center.records.vault, caller.organisation, caller.branch, "missing", code)


def _without(db: Connection, caller: Caller, code: str) -> list[int]:
    """Clients without consent to the processing of health data, or without an assessment; the longest unchanged first."""
    everybody = clients.living_ids(db, caller.organisation, caller.branch)
    if code == "consent":
        having = who_consented(db, caller.organisation, "health_data", everybody)
    else:
        having = assessed_clients(db, caller.organisation)
    return [one for one in everybody if one not in having]


def _meant(words: str) -> list[tuple[FoundBy, str]]:
    """Everything that the words may stand for."""
    plain = folded_name(words)
    if not plain:
        return []
    meant: list[tuple[FoundBy, str]] = [("name", plain), ("code", plain)]
    if plain.isascii() and plain.isalpha():
        meant += [("pinyin", plain), ("initials", plain)]
    phone, card = read_phone(words), read_id_number(words)
    if phone:
        meant.append(("phone", phone))
    if not isinstance(card, str):
        meant.append(("id_number", card.number))
    return meant
