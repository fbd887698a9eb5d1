"""An organisation, its callers, and clients with everything that can hang on one, written as the wings write it."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer, LargeBinary, Table, insert, select

from tcm_engine.center import Caller, Center, Role, note
from tcm_engine.records import add_account, add_organisation, new_public_id, seal_json
from tcm_engine.records.resealing import sealing_place
from tcm_engine.records.schema import Moment, SealedBytes
from tcm_engine.records.tables import client, metadata

TOKEN = "t" * 32
CLIENT_CONTENT = {"identity": {"name": "张三", "sex": "female", "birth_date": "1979-05-12"}, "profile": {}, "background": {}}


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


def fill_tables(at: House, rows: int = 1, without: frozenset[str] = frozenset(), salt: str = "") -> None:
    """`rows` rows in every table that a centre fills, sealed as the modules of the nouns seal them; audit rows by `note`."""
    last: dict[str, int] = {"organisation": at.organisation, "account": at.accounts["operator"]}
    for number in range(rows):
        with at.center.records.write() as db:
            for table in metadata.sorted_tables:
                if table.name in {"organisation", "account", "audit", "audit_head", "key_rotation"} | without:
                    continue
                if number == 0 or table.name != "organisation_setting":
                    last[table.name] = _add_row(db, at, table, last, TOKEN + salt + str(number or ""))
            note(db, at.center, at.caller("operator"), "test", "client", f"id{number}", number=number)


def _add_row(db: Connection, at: House, table: Table, last: dict[str, int], token: str) -> int:
    vault = at.center.records.vault
    row: dict[str, Any] = {column.name: _value(at, table, column, last) for column in table.columns if column.name != "id"}
    if table.name == "idempotency_key":
        row["plan_id"] = None
    if table.name in ("assessment", "plan"):
        row["handle"] = vault.handle(row["public_id"])
    if table.name == "campaign_person":
        row["invitation_handle"] = vault.handle("invitation:" + token)
    parent = db.execute(select(client.c.public_id).where(client.c.id == last.get("client", 0))).scalar()
    for column in table.columns:
        if isinstance(column.type, SealedBytes):
            content = CLIENT_CONTENT if table.name.startswith("client") else token
            row[column.name] = vault.seal(
                json.dumps(content).encode(), sealing_place(table, column.name, row | {"client_public": parent, "id": 0})
            )
    return int(db.execute(insert(table).returning(table.c.id), row).scalar_one())


def _value(at: House, table: Table, column: Column[Any], last: dict[str, int]) -> Any:
    now = at.center.clock()
    if column.foreign_keys:
        parent = next(iter(column.foreign_keys)).column.table.name
        return last.get(parent) if parent != table.name else None
    if isinstance(column.type, Moment):
        return now + timedelta(days=30) if column.name in ("expires_at",) else None if column.nullable else now
    if isinstance(column.type, Date):
        return now.date()
    if isinstance(column.type, LargeBinary):
        return secrets.token_bytes(column.type.length or 32)
    if isinstance(column.type, Integer):
        return secrets.randbelow(10**6) + 1
    if isinstance(column.type, Boolean):
        return True
    longest = getattr(column.type, "length", None) or 8
    return secrets.token_hex(10) if column.name == "public_id" else secrets.token_hex(4)[:longest]
