"""People of a roster and the clients that are known already: by identity number, else name and day of birth, else name and telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pypinyin import Style, lazy_pinyin
from sqlalchemy import Connection

from tcm_engine.center import Center
from tcm_engine.records import client_bulk

from .roster import RosterPerson


def known_clients(
    db: Connection, center: Center, organisation: int, branch: int | None, people: Sequence[RosterPerson]
) -> list[int | None]:
    """For each person the row of the client that it is; None for a new one. Never one whose identity number differs."""
    vault = center.records.vault
    by_card = client_bulk.find_all(db, vault, organisation, branch, "id_number", (p.id_number for p in people if p.id_number))
    by_phone = client_bulk.find_all(db, vault, organisation, branch, "phone", (p.phone for p in people if p.phone))
    by_name = client_bulk.find_all(db, vault, organisation, branch, "name", (p.name for p in people))
    others = {row for found in (by_phone, by_name) for rows in found.values() for row in rows}
    known = client_bulk.contents(db, vault, organisation, others)
    return [_match(person, by_card, by_phone, by_name, known) for person in people]


def _match(
    person: RosterPerson,
    by_card: Mapping[str, list[int]],
    by_phone: Mapping[str, list[int]],
    by_name: Mapping[str, list[int]],
    known: Mapping[int, Mapping[str, Any]],
) -> int | None:
    if person.id_number and by_card.get(person.id_number):
        return by_card[person.id_number][0]
    alike = [row for row in by_name.get(person.name, ()) if _may_be(person, known.get(row, {}))]
    if person.birth_date:
        for row in alike:
            if known[row].get("birth_date") == person.birth_date:
                return row
    same_phone = set(by_phone.get(person.phone or "", ()))
    return next((row for row in alike if row in same_phone and _same_or_open(person.birth_date, known[row].get("birth_date"))), None)


def _may_be(person: RosterPerson, content: Mapping[str, Any]) -> bool:
    return bool(content) and _same_or_open(person.id_number, content.get("id_number")) and _same_or_open(person.sex, content.get("sex"))


def _same_or_open(one: object, other: object) -> bool:
    return not one or not other or one == other


def add_clients(
    db: Connection, center: Center, organisation: int, branch: int | None, people: Sequence[RosterPerson], account: int | None
) -> list[int]:
    """Rows of new clients, in the order of `people`."""
    rows = [(_content(person), _words(person)) for person in people]
    return client_bulk.add_all(db, center.records.vault, organisation, branch, rows, account, center.clock())


def _content(person: RosterPerson) -> dict[str, Any]:
    given = {"name": person.name, "sex": person.sex, "birth_date": person.birth_date, "id_number": person.id_number, "phone": person.phone}
    return {name: value for name, value in (given | {"code": person.staff_number}).items() if value}


def _words(person: RosterPerson) -> list[tuple[str, str]]:
    words = [("name", person.name), ("initials", "".join(lazy_pinyin(person.name, style=Style.FIRST_LETTER)).lower())]
    given = (("id_number", person.id_number), ("phone", person.phone), ("code", person.staff_number))
    return words + [(kind, value) for kind, value in given if value]
