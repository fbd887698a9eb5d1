"""People of a campaign: who is invited, how far each is, and what ties them to client, assessment and plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from .assessment import assessment
from .campaign import campaign_person as person
from .client import client
from .plan import plan
from .schema import new_public_id
from .sealed_json import open_json, seal_json
from .vault import Vault

TABLE = "campaign_person"
MISSING, STARTED, DONE, REVIEW = "missing", "started", "done", "review"
_AT_ONCE = 500
"""Rows a statement: SQLite takes at most 32,766 values in one."""

_columns = (
    person.c.id, person.c.public_id, person.c.organisation_id, person.c.campaign_id, person.c.client_id, person.c.number, person.c.state,
    person.c.mode, person.c.assessment_id, person.c.plan_id, person.c.done_at, person.c.version, person.c.tries, person.c.unit,
    person.c.invitation, person.c.draft,
)  # fmt: skip
_in_campaign = (person.c.organisation_id == bindparam("organisation")) & (person.c.campaign_id == bindparam("campaign"))
_one = (person.c.organisation_id == bindparam("organisation")) & (person.c.id == bindparam("of"))
_all = (
    select(*_columns, client.c.public_id.label("client_public"), client.c.content)
    .join(client, (client.c.id == person.c.client_id) & (client.c.organisation_id == person.c.organisation_id))
    .where(_in_campaign)
    .order_by(person.c.number)
)
_by_public = select(*_columns).where(_in_campaign & (person.c.public_id == bindparam("public")))
_by_number = select(*_columns).where(_in_campaign & (person.c.number == bindparam("number")))
_by_id = select(*_columns).where(_one)
_by_handle = select(*_columns).where(person.c.invitation_handle.in_(bindparam("handles", expanding=True)))
_lock = select(*_columns).where(_one).with_for_update()
_last_number = select(func.max(person.c.number)).where(_in_campaign)
_clients = select(person.c.client_id).where(_in_campaign)
_states = select(person.c.state, func.count()).where(_in_campaign).group_by(person.c.state)
_units = select(person.c.public_id, person.c.unit, person.c.state).where(_in_campaign)
_publics = (
    select(assessment.c.public_id, plan.c.public_id)
    .select_from(person)
    .outerjoin(assessment, (assessment.c.id == person.c.assessment_id) & (assessment.c.organisation_id == person.c.organisation_id))
    .outerjoin(plan, (plan.c.id == person.c.plan_id) & (plan.c.organisation_id == person.c.organisation_id))
    .where(_one)
)
_done = (
    select(person.c.id, person.c.public_id, person.c.client_id, person.c.assessment_id, person.c.plan_id, assessment.c.public_id)
    .join(assessment, assessment.c.id == person.c.assessment_id)
    .where(_in_campaign & person.c.assessment_id.is_not(None))
    .order_by(person.c.number)
)
_plan_id = select(plan.c.id).where(
    (plan.c.organisation_id == bindparam("organisation")) & plan.c.handle.in_(bindparam("handles", expanding=True))
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: int
    public_id: str
    organisation: int
    campaign: int
    client: int
    number: int
    state: str
    """missing, started, done or review."""
    mode: str
    """link, tablet, paper or file; empty before the first answer."""
    assessment: int | None
    plan: int | None
    done_at: datetime | None
    version: int
    tries: int
    unit: str
    staff_number: str
    token: str
    """The invitation's; empty where there is none."""
    draft: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A person with the sealed record of the client."""

    person: PersonRow
    client_public: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewPerson:
    client: int
    unit: str
    staff_number: str
    token: str


def add_many(db: Connection, vault: Vault, organisation: int, campaign: int, people: Sequence[NewPerson]) -> int:
    """How many were added, numbered on from the last; who is in the campaign already is passed over."""
    key = {"organisation": organisation, "campaign": campaign}
    there = set(db.execute(_clients, key).scalars())
    number = db.execute(_last_number, key).scalar() or 0
    rows = []
    for new in people:
        if new.client in there:
            continue
        there.add(new.client)
        number += 1
        rows.append(_new_row(vault, organisation, campaign, number, new))
    for part in _parts(rows):
        db.execute(insert(person), part)
    return len(rows)


def _new_row(vault: Vault, organisation: int, campaign: int, number: int, new: NewPerson) -> dict[str, Any]:
    public = new_public_id()
    return {
        "organisation_id": organisation, "public_id": public, "campaign_id": campaign, "client_id": new.client, "number": number,
        "unit": seal_json(vault, TABLE, public, [new.unit, new.staff_number], "unit"),
        "invitation": seal_json(vault, TABLE, public, new.token, "invitation") if new.token else None,
        "invitation_handle": vault.handle(invitation(new.token)) if new.token else None,
        "state": MISSING, "mode": "", "assessment_id": None, "plan_id": None, "done_at": None, "version": 1, "tries": 0, "draft": None,
    }  # fmt: skip


def in_campaign(
    db: Connection, vault: Vault, organisation: int, campaign: int, *, states: Sequence[str] = (), public: str = "", number: int = 0,
    limit: int | None = None, offset: int = 0,
) -> Iterator[Listed]:  # fmt: skip
    """Everybody, in the order of their numbers, drafts left sealed; of `states` alone, one by id or number, or a part of them."""
    query = _all.limit(limit).offset(offset)
    if states:
        query = query.where(person.c.state.in_(states))
    if public:
        query = query.where(person.c.public_id == public)
    if number:
        query = query.where(person.c.number == number)
    for row in db.execute(query, {"organisation": organisation, "campaign": campaign}):
        yield Listed(_row(vault, row, draft=False), row.client_public, row.content)


def clients(db: Connection, organisation: int, campaign: int) -> frozenset[int]:
    return frozenset(db.execute(_clients, {"organisation": organisation, "campaign": campaign}).scalars())


def find(db: Connection, vault: Vault, organisation: int, campaign: int, public: str) -> PersonRow | None:
    return _first(db, vault, _by_public, {"organisation": organisation, "campaign": campaign, "public": public})


def find_number(db: Connection, vault: Vault, organisation: int, campaign: int, number: int) -> PersonRow | None:
    return _first(db, vault, _by_number, {"organisation": organisation, "campaign": campaign, "number": number})


def find_by_id(db: Connection, vault: Vault, organisation: int, person_id: int, *, lock: bool = False) -> PersonRow | None:
    return _first(db, vault, _lock if lock else _by_id, {"organisation": organisation, "of": person_id})


def find_invited(db: Connection, vault: Vault, token: str) -> PersonRow | None:
    """Whose link this is, in whichever organisation: the token is all that opens it."""
    return _first(db, vault, _by_handle, {"handles": vault.handles(invitation(token))})


def states(db: Connection, organisation: int, campaign: int) -> dict[str, int]:
    found = db.execute(_states, {"organisation": organisation, "campaign": campaign})
    return {row[0]: row[1] for row in found}


def units(db: Connection, vault: Vault, organisation: int, campaign: int) -> Iterator[tuple[str, str]]:
    """(unit, state) of everybody."""
    for row in db.execute(_units, {"organisation": organisation, "campaign": campaign}):
        yield (open_json(vault, TABLE, row.public_id, row.unit, "unit")[0] if row.unit else ""), row.state


def public_ids(db: Connection, row: PersonRow) -> tuple[str | None, str | None]:
    """Public ids of the person's assessment and plan."""
    found = db.execute(_publics, {"organisation": row.organisation, "of": row.id}).first()
    return (found[0], found[1]) if found else (None, None)


def done(db: Connection, organisation: int, campaign: int) -> tuple[tuple[int, str, int, int, int | None, str | None], ...]:
    """(row, public id, client, assessment, plan, assessment's public id) of everybody who was assessed."""
    return tuple(tuple(row) for row in db.execute(_done, {"organisation": organisation, "campaign": campaign}))


def change(db: Connection, vault: Vault, row: PersonRow, *, draft: Mapping[str, Any] | bool | None = False, **values: Any) -> bool:
    """Write into a person's row; `draft=None` deletes what was answered so far. Whether the row was as it was read."""
    new = dict(values) | {"version": row.version + 1}
    if draft is not False:
        new["draft"] = None if draft is None else seal_json(vault, TABLE, row.public_id, draft, "draft")
    statement = update(person).where(_one & (person.c.version == bindparam("of_version"))).values(new)
    return db.execute(statement, {"organisation": row.organisation, "of": row.id, "of_version": row.version}).rowcount == 1


def reissue(db: Connection, vault: Vault, row: PersonRow, token: str) -> bool:
    """A new link instead of the old one, which opens nothing any more."""
    sealed = seal_json(vault, TABLE, row.public_id, token, "invitation")
    return change(db, vault, row, invitation=sealed, invitation_handle=vault.handle(invitation(token)), tries=0)


def plan_id(db: Connection, vault: Vault, organisation: int, token: str) -> int | None:
    return db.execute(_plan_id, {"organisation": organisation, "handles": vault.handles(token)}).scalar()


def invitation(token: str) -> str:
    """What the handle of a link is made of."""
    return "invitation:" + token


def _first(db: Connection, vault: Vault, statement: Any, key: Mapping[str, Any]) -> PersonRow | None:
    row = db.execute(statement, key).first()
    return _row(vault, row) if row else None


def _row(vault: Vault, row: Any, *, draft: bool = True) -> PersonRow:
    public = row.public_id
    unit, staff_number = open_json(vault, TABLE, public, row.unit, "unit") if row.unit else ("", "")
    token = open_json(vault, TABLE, public, row.invitation, "invitation") if row.invitation else ""
    answered = open_json(vault, TABLE, public, row.draft, "draft") if draft and row.draft else {}
    return PersonRow(
        row.id, public, row.organisation_id, row.campaign_id, row.client_id, row.number or 0, row.state, row.mode or "", row.assessment_id,
        row.plan_id, row.done_at, row.version, row.tries or 0, unit, staff_number, token, answered,
    )  # fmt: skip


def _parts(rows: Sequence[dict[str, Any]]) -> Iterable[Sequence[dict[str, Any]]]:
    return (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
