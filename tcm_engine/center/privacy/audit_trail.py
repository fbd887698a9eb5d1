"""The audit trail for who may read it: filtered, a page at a time, as CSV, and checked. Reading it is written down in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tcm_engine.center import Caller, Center, note, permit
from tcm_engine.records import Records, audit, staff

from .anchors import keep_anchor, read_anchors
from .audit_check import Anchor, Checked, check_trail

PAGE = 50
"""Rows."""
COLUMNS = ("number", "at", "actor", "login", "action", "subject", "subject_id", "detail", "digest")
Selection = audit.Selection
EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    number: int
    at: datetime
    actor: str
    login: str
    """Of the account, where the actor is one of the organisation."""
    action: str
    subject: str
    subject_id: str
    detail: Mapping[str, Any]
    digest: bytes


@dataclass(frozen=True, slots=True)
class AuditPage:
    entries: tuple[AuditEntry, ...]
    """The newest first."""
    count: int
    """Rows that were chosen, on all pages."""
    older: int | None
    """`before` of the next page; None where this is the last."""
    actors: tuple[tuple[str, str], ...]
    """(actor, login) of everybody in the trail."""
    actions: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrailOf:
    organisation: int
    checked: Checked


def read_trail(center: Center, caller: Caller, chosen: Selection = EVERYTHING, before: int | None = None) -> AuditPage:
    """One page of the organisation's trail. Raises NotAllowed."""
    permit(caller, "read_audit")
    with center.records.write() as db:
        logins = {f"account:{row.id}": row.login for row in staff.of_organisation(db, center.records.vault, caller.organisation)}
        rows = list(audit.find_rows(db, caller.organisation, chosen, before=before, most=PAGE + 1))
        count = audit.count_rows(db, caller.organisation, chosen)
        actors, actions, subjects = (audit.names(db, caller.organisation, name) for name in ("actor", "action", "subject"))
        if before is None:
            note(db, center, caller, "audit_read", "audit", "", rows=count)
    shown = tuple(_entry(row, logins) for row in rows[:PAGE])
    older = shown[-1].number if len(rows) > PAGE else None
    return AuditPage(shown, count, older, tuple((actor, logins.get(actor, "")) for actor in actors), actions, subjects)


def export_trail(center: Center, caller: Caller, chosen: Selection = EVERYTHING) -> bytes:
    """The chosen rows as CSV (UTF-8 with a byte order mark), the oldest first, written down with their count. Raises NotAllowed."""
    permit(caller, "read_audit")
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    with center.records.write() as db:
        logins = {f"account:{row.id}": row.login for row in staff.of_organisation(db, center.records.vault, caller.organisation)}
        rows = sorted(audit.find_rows(db, caller.organisation, chosen), key=lambda row: row.number)
        table.writerows(_cells(row, logins) for row in rows)
        note(db, center, caller, "audit_exported", "audit", "", rows=len(rows))
    return text.getvalue().encode("utf-8-sig")


def check_audit(center: Center, caller: Caller, known: Anchor | None = None) -> Checked:
    """Check the organisation's whole trail, against the anchors in `var` and one that the caller brings. Raises NotAllowed."""
    permit(caller, "read_audit")
    checked = _check(center.records, center.var, caller.organisation, (known,) if known else ())
    with center.records.write() as db:
        note(db, center, caller, "audit_checked", "audit", "", rows=checked.rows, intact=checked.intact)
    return checked


def check_every_trail(records: Records, var: Path) -> tuple[TrailOf, ...]:
    """Check the trails of all organisations: for the operator of the installation. Intact ones leave an anchor in `var`."""
    with records.read() as db:
        found = audit.organisations(db)
    return tuple(TrailOf(organisation, _check(records, var, organisation)) for organisation in found)


def _check(records: Records, var: Path, organisation: int, more: tuple[Anchor, ...] = ()) -> Checked:
    with records.snapshot() as db:
        checked = check_trail(db, records.vault, organisation, (*read_anchors(var, records.vault, organisation), *more))
    if checked.intact:
        keep_anchor(var, records.vault, organisation, checked)
    return checked


def _entry(row: audit.AuditRow, logins: Mapping[str, str]) -> AuditEntry:
    return AuditEntry(
        row.number,
        row.at,
        row.actor,
        logins.get(row.actor, ""),
        row.action,
        row.subject,
        row.subject_id,
        json.loads(row.detail),
        row.digest,
    )


def _cells(row: audit.AuditRow, logins: Mapping[str, str]) -> tuple[object, ...]:
    plain = (row.number, row.at.isoformat(), row.actor, logins.get(row.actor, ""), row.action, row.subject, row.subject_id, row.detail)
    return (*plain, row.digest.hex())
