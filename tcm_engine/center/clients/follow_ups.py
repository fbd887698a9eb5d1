"""Contacts with a client: what is due, what was done, what was called off."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, Outdated, note, permit
from tcm_engine.model import Fault, InvalidInput, day_of
from tcm_engine.records import client as clients
from tcm_engine.records import follow_up

from .record import Client, client_in, opened, today_of

KINDS = ("contact", "reassessment", "referral")
WAYS = ("phone", "visit", "message", "home")
OUTCOMES = ("kept_to_plan", "partly", "not_kept", "not_reached", "referred", "answered")
TIERS = ("normal", "soon", "urgent")
LONGEST_NOTE = 1000
FARTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class FollowUp:
    public_id: str
    due_on: date
    kind: str
    state: str
    done_on: date | None
    way: str
    tier: str
    outcome: str
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    client: Client
    follow_up: FollowUp


def add_follow_up(center: Center, caller: Caller, public_id: str, given: Mapping[str, str]) -> str:
    """`given`: kind, due_on, way, tier, note. Public id. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "edit_client")
    due_on, content = _read(given, today_of(center))
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        now = center.clock()
        added = follow_up.add(db, center.records.vault, caller.organisation, client.id, due_on, given["kind"], content, caller.account, now)
        clients.touch(db, caller.organisation, client.id, now)
        note(db, center, caller, "follow_up_added", "follow_up", added, client=client.public_id, kind=given["kind"])
        return added


def close_follow_up(center: Center, caller: Caller, public_id: str, follow: str, version: int, given: Mapping[str, str]) -> None:
    """`given`: state (`done` with done_on and outcome, or `cancelled`), note. Raises NotAllowed, NotFound, InvalidInput, Outdated."""
    permit(caller, "edit_client")
    with center.records.write() as db:
        client = client_in(db, center, caller, public_id)
        rows = follow_up.of_client(db, center.records.vault, caller.organisation, client.id)
        row = next((one for one in rows if one.public_id == follow), None)
        if row is None:
            raise NotFound
        state, done_on, content = _read_closing(given, today_of(center))
        if row.version != version or row.state != "due":
            raise Outdated(_follow_up(row))
        if not follow_up.close(db, center.records.vault, caller.organisation, row, state, done_on, {**row.content, **content}):
            raise Outdated(_follow_up(row))
        clients.touch(db, caller.organisation, client.id, center.clock())
        note(db, center, caller, f"follow_up_{state}", "follow_up", follow, client=client.public_id, outcome=content.get("outcome", ""))


def follow_ups_of(db: Connection, center: Center, caller: Caller, client: Client) -> tuple[FollowUp, ...]:
    return tuple(_follow_up(row) for row in follow_up.of_client(db, center.records.vault, caller.organisation, client.id))


def due_follow_ups(center: Center, caller: Caller, days: int = 14, limit: int = 200) -> tuple[DueFollowUp, ...]:
    """What is overdue or due within `days`, the earliest first; at most `limit`. Raises NotAllowed."""
    permit(caller, "read_client")
    with center.records.write() as db:
        until = today_of(center) + timedelta(days=days)
        rows = follow_up.due(db, center.records.vault, caller.organisation, caller.branch, until, limit)
        known = {row.id: row for row in clients.of_ids(db, center.records.vault, caller.organisation, [one.client for one in rows])}
        note(db, center, caller, "follow_ups_listed", "follow_up", count=len(rows))
        return tuple(DueFollowUp(opened(db, caller, known[row.client]), _follow_up(row)) for row in rows)


def _follow_up(row: follow_up.FollowUpRow) -> FollowUp:
    texts = {key: str(row.content.get(key, "")) for key in ("way", "tier", "outcome", "note")}
    return FollowUp(row.public_id, row.due_on, row.kind, row.state, row.done_on, version=row.version, **texts)


def _read(given: Mapping[str, str], today: date) -> tuple[date, dict[str, str]]:
    faults: list[Fault] = []
    for key, allowed in (("kind", KINDS), ("way", WAYS), ("tier", TIERS)):
        if given.get(key, "") not in allowed:
            faults.append(Fault(f"$.{key}", "not_one_of", {"allowed": ", ".join(allowed)}))
    day = day_of(given.get("due_on", "").strip())
    if not given.get("due_on", "").strip():
        faults.append(Fault("$.due_on", "missing"))
    elif day is None:
        faults.append(Fault("$.due_on", "not_a_date"))
    elif day < today:
        faults.append(Fault("$.due_on", "too_early", {"minimum": today.isoformat()}))
    elif day > today + FARTHEST:
        faults.append(Fault("$.due_on", "too_late", {"maximum": (today + FARTHEST).isoformat()}))
    text = _note(given, faults)
    if faults or day is None:
        raise InvalidInput(faults)
    return day, {"way": given["way"], "tier": given["tier"], **({"note": text} if text else {})}


def _read_closing(given: Mapping[str, str], today: date) -> tuple[str, date | None, dict[str, str]]:
    faults: list[Fault] = []
    state = given.get("state", "")
    if state not in ("done", "cancelled"):
        faults.append(Fault("$.state", "not_one_of", {"allowed": "done, cancelled"}))
    text = _note(given, faults)
    content = {"note": text} if text else {}
    day = None
    if state == "done":
        if given.get("outcome", "") not in OUTCOMES:
            faults.append(Fault("$.outcome", "not_one_of", {"allowed": ", ".join(OUTCOMES)}))
        content["outcome"] = given.get("outcome", "")
        day = day_of(given.get("done_on", "").strip())
        if day is None:
            faults.append(Fault("$.done_on", "not_a_date"))
        elif day > today:
            faults.append(Fault("$.done_on", "in_the_future"))
    if faults:
        raise InvalidInput(faults)
    return state, day, content


def _note(given: Mapping[str, str], faults: list[Fault]) -> str:
    text = unicodedata.normalize("NFC", given.get("note") or "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_NOTE:
        faults.append(Fault("$.note", "too_long", {"maximum": LONGEST_NOTE}))
    elif not text.replace("\n", "").isprintable():
        faults.append(Fault("$.note", "unfit_text"))
    return text
