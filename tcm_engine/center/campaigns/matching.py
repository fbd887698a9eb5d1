"""People of a roster and the clients that are known already: by identity number, else name and day of birth, else name and telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center
from tcm_engine.center.clients import Identity, entries_of_content
from tcm_engine.records import client_bulk

from .campaigns import CampaignRow
from .roster import RosterPerson

_KINDS = ("id_number", "name_birth", "name_phone")
"""What tells that somebody is a client already, the surest first."""


def known_clients(
    db: Connection, center: Center, organisation: int, branch: int | None, people: Sequence[RosterPerson]
) -> list[int | None]:
    """For each person the row of the client that it is, of several the oldest; None for a new one. Never one who must be another."""
    words = [dict(identity_of(person).entries()) for person in people]
    found = {
        kind: client_bulk.find_all(db, center.records.vault, organisation, branch, kind, (own[kind] for own in words if kind in own))
        for kind in _KINDS
    }
    rows = {row for by_value in found.values() for ids in by_value.values() for row in ids}
    known = client_bulk.contents(db, center.records.vault, organisation, rows)
    return [_match(person, own, found, known) for person, own in zip(people, words, strict=True)]


def _match(
    person: RosterPerson, own: Mapping[str, str], found: Mapping[str, Mapping[str, list[int]]], known: Mapping[int, Mapping[str, Any]]
) -> int | None:
    for kind in _KINDS:
        for row in sorted(found[kind].get(own.get(kind, ""), ())):
            if _may_be(person, known[row]["identity"]):
                return row
    return None


def _may_be(person: RosterPerson, kept: Mapping[str, Any]) -> bool:
    """Nothing that both say is different."""
    said = {"id_number": person.id_number, "sex": person.sex, "birth_date": person.birth_date}
    return all(not value or not kept.get(name) or kept[name] == value for name, value in said.items())


def add_clients(db: Connection, center: Center, caller: Caller, campaign: CampaignRow, people: Sequence[RosterPerson]) -> list[int]:
    """Rows of new clients, in the order of `people`."""
    rows = []
    for person in people:
        content = {"identity": _kept(person, campaign.employer), "profile": {}, "background": {}}
        rows.append((content, tuple(entries_of_content(center, content))))
    return client_bulk.add_all(db, center.records.vault, caller.organisation, campaign.branch, rows, caller.account, center.clock())


def identity_of(person: RosterPerson) -> Identity:
    """What a row is compared by."""
    return Identity(
        name=person.name,
        birth_date=date.fromisoformat(person.birth_date) if person.birth_date else None,
        id_number=person.id_number or "",
        phone=person.phone or "",
    )


def _kept(person: RosterPerson, employer: str) -> dict[str, Any]:
    """What a new record says of its identity: what is not known is left out."""
    given = {"name": person.name, "sex": person.sex, "birth_date": person.birth_date, "id_number": person.id_number, "phone": person.phone}
    return {name: value for name, value in (given | {"employer": employer, "unit": person.unit}).items() if value}
