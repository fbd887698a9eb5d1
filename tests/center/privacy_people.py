"""An organisation, its callers, and clients with everything that can hang on one, written as the wings write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select

from tcm_engine.center import Caller, Center, Role
from tcm_engine.records import add_account, add_organisation, new_public_id, seal_json
from tcm_engine.records.tables import client


@dataclass(frozen=True)
class House:
    center: Center
    organisation: int
    accounts: dict[Role, int]

    def caller(self, role: Role = "manager", branch: int | None = None) -> Caller:
        return Caller(self.organisation, f"account:{self.accounts[role]}", role, self.accounts[role], branch)


def house(center: Center, code: str = "ours") -> House:
    now = center.clock()
    roles: tuple[Role, ...] = ("operator", "practitioner", "manager", "administrator", "auditor")
    with center.records.write() as db:
        organisation = add_organisation(db, code, code.title(), now)
        return House(center, organisation, {role: add_account(db, organisation, role, role, now) for role in roles})


def add_client(at: House, name: str = "张三", branch: int | None = None) -> tuple[int, str]:
    """(row's id, public id) of a client with little in it."""
    public, now = new_public_id(), at.center.clock()
    content = {"name": name, "sex": "female", "birth_date": date(1979, 5, 12).isoformat(), "phone": "13800000000"}
    row = {"organisation_id": at.organisation, "public_id": public, "branch_id": branch, "version": 1, "created_at": now, "changed_at": now}
    with at.center.records.write() as db:
        db.execute(insert(client), row | {"content": seal_json(at.center.records.vault, "client", public, content), "merged_into_id": None})
        return int(db.execute(select(client.c.id).where(client.c.public_id == public)).scalar_one()), public
