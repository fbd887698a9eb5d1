"""A client's own copy of everything, machine-readable; and what may leave the house of many clients at once.

The copy follows docs/guides/centre/privacy.md: `tables` has every table that holds anything of the person, each row with its columns as
they are kept, opened; `seen_by` who looked at or changed the record. Nothing is left out but keyed hashes, links that open something,
and numbers that mean something inside this database alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, note, permit
from tcm_engine.records import audit, personal, staff
from tcm_engine.records import client as clients

from .consents import who_consented
from .erasing import living

FORMAT = "tcm-client-copy 1"
Level = Literal["deidentified", "full"]
Kind = Literal["csv", "json"]
BAND_YEARS = 5
SMALLEST_GROUP = 5
"""People of one sex and band of birth years; in smaller groups both are left out."""
COLUMNS = ("person", "sex", "born", "assessed_on", "instrument", "primary", "conclusion")
FULL_COLUMNS = ("person", "name", "sex", "birth_date", "id_number", "phone", "assessed_on", "instrument", "primary", "conclusion")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ClientCopy:
    public_id: str
    name: str
    content: Mapping[str, Any]
    """What `json_of` writes."""

    def as_json(self) -> bytes:
        return json.dumps(self.content, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True, slots=True)
class Exported:
    content: bytes
    rows: int
    people: int
    withheld: int
    """People whose sex and band of birth years were left out because too few share them."""


def copy_client(center: Center, caller: Caller, public_id: str) -> ClientCopy:
    """Everything that is kept of a client; written down. Raises NotAllowed, NotFound."""
    permit(caller, "answer_rights_request")
    vault, organisation = center.records.vault, caller.organisation
    with center.records.write() as db:
        row = living(db, center, caller, public_id)
        rows = personal.rows_of(db, organisation, personal.same_person(db, organisation, row.id))
        tables = personal.copy_of(db, vault, organisation, rows)
        seen = _seen_by(db, center, organisation, personal.public_ids(db, rows))
        note(db, center, caller, "client_copied", "client", row.public_id, rows=sum(len(one) for one in tables.values()))
    content = {"format": FORMAT, "made_at": center.clock().isoformat(), "client": row.public_id, "tables": tables, "seen_by": seen}
    return ClientCopy(row.public_id, str(_identity(row).get("name") or ""), content)


def export_results(center: Center, caller: Caller, level: Level, kind: Kind = "csv") -> Exported:
    """Every result of the organisation's clients that the caller sees: one row an assessment; written down with its counts.

    `deidentified`: no direct identifier; birth years in bands of five; a pseudonym that is the same throughout this export and different
    in the next; sex and band left out where fewer than five people share them. Raises NotAllowed.
    """
    permit(caller, "export_full" if level == "full" else "export_deidentified")
    key = os.urandom(32)
    with center.records.write() as db:
        rows = list(_results(db, center, caller))
        withheld = set() if level == "full" else _rare(rows)
        shown = [_full(row) if level == "full" else _deidentified(row, key, withheld) for row in rows]
        people = len({row["client"] for row in rows})
        hidden = len({row["client"] for row in rows if _group(row) in withheld})
        note(db, center, caller, "results_exported", "client", "", level=level, kind=kind, rows=len(rows), people=people)
    columns = FULL_COLUMNS if level == "full" else COLUMNS
    return Exported(_csv(columns, shown) if kind == "csv" else _json(level, shown), len(rows), people, hidden)


def _results(db: Connection, center: Center, caller: Caller) -> list[dict[str, Any]]:
    """Results of those who agree to it today."""
    found: list[dict[str, Any]] = []
    for client_id, assessed_on, instrument, result in personal.results(db, center.records.vault, caller.organisation, caller.branch):
        found.append({"client": client_id, "assessed_on": assessed_on, "instrument": instrument, "result": result})
    vault = center.records.vault
    agreed = who_consented(db, caller.organisation, "health_data", sorted({one["client"] for one in found}))
    known = {row.id: row for row in clients.of_ids(db, vault, caller.organisation, sorted(agreed))}
    return [
        one | {"identity": _identity(known[one["client"]]), "public": known[one["client"]].public_id}
        for one in found
        if one["client"] in known
    ]


def _group(row: Mapping[str, Any]) -> tuple[str, str]:
    born = str(row["identity"].get("birth_date") or "")[:4]
    band = f"{int(born) // BAND_YEARS * BAND_YEARS}-{int(born) // BAND_YEARS * BAND_YEARS + BAND_YEARS - 1}" if born.isdigit() else ""
    return str(row["identity"].get("sex") or ""), band


def _rare(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    groups: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        groups.setdefault(_group(row), set()).add(row["client"])
    return {group for group, people in groups.items() if len(people) < SMALLEST_GROUP}


def _deidentified(row: Mapping[str, Any], key: bytes, withheld: set[tuple[str, str]]) -> dict[str, Any]:
    sex, born = ("", "") if _group(row) in withheld else _group(row)
    person = hashlib.blake2b(str(row["client"]).encode(), key=key, digest_size=8).hexdigest()
    month = row["assessed_on"].strftime("%Y-%m") if row["assessed_on"] else ""
    return {"person": person, "sex": sex, "born": born, "assessed_on": month} | _conclusion(row)


def _full(row: Mapping[str, Any]) -> dict[str, Any]:
    identity = row["identity"]
    told = {name: str(identity.get(name) or "") for name in ("name", "sex", "birth_date", "id_number", "phone")}
    day = row["assessed_on"].isoformat() if row["assessed_on"] else ""
    return {"person": row["public"], **told, "assessed_on": day} | _conclusion(row)


def _conclusion(row: Mapping[str, Any]) -> dict[str, Any]:
    result = row["result"]
    return {"instrument": row["instrument"], "primary": result.get("primary") or "", "conclusion": result.get("conclusion") or ""}


def _csv(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(columns)
    table.writerows([_cell(row[name]) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    """A spreadsheet takes no cell for a formula."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(level: str, rows: list[dict[str, Any]]) -> bytes:
    return json.dumps({"format": "tcm-results 1", "level": level, "results": rows}, ensure_ascii=False, indent=1).encode()


def _seen_by(db: Connection, center: Center, organisation: int, ids: tuple[str, ...]) -> list[dict[str, Any]]:
    roles = {f"account:{row.id}": row.role for row in staff.of_organisation(db, center.records.vault, organisation)}
    rows = sorted((one for public in ids for one in audit.find_rows(db, organisation, audit.Selection(subject_id=public))), key=_number)
    return [{"at": row.at.isoformat(), "who": roles.get(row.actor, row.actor), "did": row.action, "to": row.subject} for row in rows]


def _number(row: audit.AuditRow) -> int:
    return row.number


def _identity(row: clients.ClientRow) -> Mapping[str, Any]:
    found: Mapping[str, Any] = row.content.get("identity") or row.content
    return found
