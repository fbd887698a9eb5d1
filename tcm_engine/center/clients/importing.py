"""Earlier assessments and check-up values from other systems' tables: looked at first, then all good rows taken, nothing filled in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, Sheet, note, permit, read_result
from tcm_engine.center.privacy import has_consent
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import assessments_of_client, client_import, measurement
from tcm_engine.records import client as clients

from .identity import Identity, read_identity
from .import_columns import IDENTITY, cell_text, find_columns
from .measures import MEASURES
from .names import folded_name
from .record import Client, client_in, find_same, person_of_client, today_of
from .scoring import score_for_client
from .vitals import keep_measured, read_measured

_PAIR = re.compile(r"\s*(\d{2,3})\s*[/／]\s*(\d{2,3})\s*")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?")
_SEX = {"男": "male", "男性": "male", "m": "male", "male": "male", "女": "female", "女性": "female", "f": "female", "female": "female"}
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class RowFaults:
    row: int
    """As the table shows it, from 1."""
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    public_id: str
    state: str
    good: int
    doubled: int
    """Rows that stand in the record already, value by value; they are passed over."""
    faulty: tuple[RowFaults, ...]
    columns: Mapping[str, str]
    """What a column is -> its heading."""
    unknown: tuple[str, ...]
    other_unit: tuple[str, ...]
    instrument: str
    before: datetime | None
    """When the same file was imported already."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    client: Client
    day: date
    values: Mapping[str, int]
    answers: Mapping[str, Any]


def start_import(center: Center, caller: Caller, data: bytes, rows: Sequence[Sequence[Any]]) -> str:
    """Look at a table; `data` are the file's bytes, so that it is known again. The preview's public id.

    Raises NotAllowed, and InvalidInput at `$.file`: `no_headings`, `nothing_to_take`, `too_many_rows`.
    """
    permit(caller, "edit_client")
    columns = find_columns(center, rows)
    if columns is None:
        raise InvalidInput([Fault("$.file", "no_headings")])
    wanted = set(columns.known.values()) - set(IDENTITY) - {"day"}
    if not wanted:
        raise InvalidInput([Fault("$.file", "nothing_to_take")])
    if len(rows) > MOST_ROWS:
        raise InvalidInput([Fault("$.file", "too_many_rows", {"maximum": MOST_ROWS})])
    kept = []
    for number, row in enumerate(rows[columns.row + 1 :], columns.row + 2):
        cells = {what: cell_text(row[place]) for place, what in columns.known.items() if place < len(row)}
        if any(cells.values()):
            kept.append([number, {what: text for what, text in cells.items() if text}])
    digest = hashlib.sha256(data).hexdigest()
    content = {
        "rows": kept, "headings": dict(columns.headings), "unknown": columns.unknown, "other_unit": columns.other_unit,
        "instrument": columns.instrument, "file": digest,
    }  # fmt: skip
    with center.records.write() as db:
        made = client_import.add(
            db, center.records.vault, caller.organisation, digest, content, len(kept), 0, caller.account, center.clock()
        )
        note(db, center, caller, "import_started", "client_import", made, rows=len(kept))
        return made


def preview_import(center: Center, caller: Caller, public_id: str) -> ImportPreview:
    """What would be taken, and every fault of every row. Raises NotAllowed, NotFound."""
    permit(caller, "edit_client")
    with center.records.read() as db:
        row = _find(db, center, caller, public_id)
        earlier = client_import.imported_before(db, center.records.vault, caller.organisation, row.content["file"])
        if row.state != "preview":
            return _closed(row, earlier)
        good, doubled, faulty = _sort(db, center, caller, row.content)
        return ImportPreview(
            public_id, row.state, len(good), doubled, tuple(faulty), row.content["headings"], tuple(row.content["unknown"]),
            tuple(row.content["other_unit"]), row.content["instrument"], earlier.created_at if earlier else None,
        )  # fmt: skip


def take_import(center: Center, caller: Caller, public_id: str) -> int:
    """Take all good rows, in one transaction; how many. Taken a second time nothing is written. Raises NotAllowed, NotFound."""
    permit(caller, "edit_client")
    permit(caller, "create_assessment")
    with center.records.write() as db:
        row = _find(db, center, caller, public_id)
        if row.state != "preview":
            return 0
        good, doubled, faulty = _sort(db, center, caller, row.content)
        for one in good:
            _take(db, center, caller, one, row.content["instrument"])
        rest = {
            "file": row.content["file"], "headings": row.content["headings"], "instrument": row.content["instrument"], "unknown": [],
            "other_unit": [], "taken": len(good), "doubled": doubled,
            "faulty": [[one.row, [[fault.path, fault.code, dict(fault.params)] for fault in one.faults]] for one in faulty],
        }  # fmt: skip
        client_import.close(db, center.records.vault, caller.organisation, row, "imported", rest)
        note(db, center, caller, "import_taken", "client_import", public_id, rows=len(good), faulty=len(faulty), doubled=doubled)
        return len(good)


def drop_import(center: Center, caller: Caller, public_id: str) -> None:
    """Forget what was read. Raises NotAllowed, NotFound."""
    permit(caller, "edit_client")
    with center.records.write() as db:
        row = _find(db, center, caller, public_id)
        rest = {"file": row.content["file"], "headings": {}, "instrument": "", "unknown": [], "other_unit": [], "taken": 0, "doubled": 0}
        if client_import.close(db, center.records.vault, caller.organisation, row, "dropped", rest | {"faulty": []}):
            note(db, center, caller, "import_dropped", "client_import", public_id)


def _find(db: Connection, center: Center, caller: Caller, public_id: str) -> client_import.ImportRow:
    row = client_import.find(db, center.records.vault, caller.organisation, public_id)
    if row is None or (caller.branch is not None and row.account != caller.account):
        raise NotFound
    return row


def _closed(row: client_import.ImportRow, earlier: client_import.ImportRow | None) -> ImportPreview:
    kept = row.content
    faulty = tuple(RowFaults(number, tuple(Fault(*one) for one in faults)) for number, faults in kept["faulty"])
    before = earlier.created_at if earlier and earlier.id != row.id else None
    return ImportPreview(
        row.public_id, row.state, kept["taken"], kept["doubled"], faulty, kept["headings"], (), (), kept["instrument"], before
    )


def _sort(db: Connection, center: Center, caller: Caller, content: Mapping[str, Any]) -> tuple[list[_Row], int, list[RowFaults]]:
    """(good rows, how many are there already, faulty rows). Of two equal rows of one file the later is there already."""
    good: list[_Row] = []
    faulty: list[RowFaults] = []
    doubled = 0
    seen: set[tuple[Any, ...]] = set()
    for number, cells in content["rows"]:
        try:
            row = _read(db, center, caller, number, cells, content["instrument"])
        except InvalidInput as invalid:
            faulty.append(RowFaults(number, invalid.faults))
            continue
        key = (row.client.id, row.day, tuple(sorted(row.values.items())), tuple(sorted(row.answers.items())))
        if key in seen or _there(db, center, caller, row, content["instrument"]):
            doubled += 1
        else:
            seen.add(key)
            good.append(row)
    return good, doubled, faulty


def _read(db: Connection, center: Center, caller: Caller, number: int, cells: Mapping[str, str], instrument: str) -> _Row:
    """One row with all its faults at once."""
    today = today_of(center)
    faults: list[Fault] = []
    client = _client(db, center, caller, cells, today, faults)
    written = cells.get("day", "")
    match = _DAY.fullmatch(written)
    iso = f"{int(match[1]):04d}-{int(match[2]):02d}-{int(match[3]):02d}" if match else written
    measured = {code: text for code, text in cells.items() if code in MEASURES}
    if "pressure" in cells:
        pair = _PAIR.fullmatch(cells["pressure"])
        if pair:
            measured |= {"systolic_mmhg": pair[1], "diastolic_mmhg": pair[2]}
        else:
            faults.append(Fault("$.pressure", "not_a_pair"))
    answers = {what.removeprefix("answer:"): _answer(text) for what, text in cells.items() if what.startswith("answer:")}
    day = today
    values: dict[str, int] = {}
    try:
        day, values = read_measured(measured, iso, today)
    except InvalidInput as invalid:
        faults += [fault for fault in invalid.faults if not (fault.path == "$.values" and answers)]
    if client and answers and not faults:
        faults += _faults_of_answers(db, center, client, instrument, answers, _day_of(iso, today))
    if faults or client is None:
        raise InvalidInput(faults)
    return _Row(number, client, _day_of(iso, day), values, answers)


def _client(db: Connection, center: Center, caller: Caller, cells: Mapping[str, str], today: date, faults: list[Fault]) -> Client | None:
    """Whose row it is; nobody is made here: a record is opened by a person."""
    given: dict[str, str] = {key: cells[key] for key in IDENTITY if key in cells}
    if "sex" in given:
        given["sex"] = _SEX.get(given["sex"].casefold(), given["sex"])
    if match := _DAY.fullmatch(given.get("birth_date", "")):
        given["birth_date"] = f"{int(match[1]):04d}-{int(match[2]):02d}-{int(match[3]):02d}"
    nameless = "name" not in given and ("id_number" in given or "code" in given)
    try:
        identity = read_identity(given | ({"name": "?"} if nameless else {}), today=today)
    except InvalidInput as invalid:
        faults += invalid.faults
        return None
    found = _by_code(db, center, caller, identity) if identity.code else None
    found = found or find_same(db, center, caller, identity)
    if found is None:
        faults.append(Fault("$.name", "client_unknown"))
        return None
    client = client_in(db, center, caller, found.public_id)
    if not nameless and client.identity.name != identity.name:
        faults.append(Fault("$.name", "other_name"))
    return client


def _by_code(db: Connection, center: Center, caller: Caller, identity: Identity) -> Any:
    ids = clients.search(db, center.records.vault, caller.organisation, "code", folded_name(identity.code))
    rows = clients.of_ids(db, center.records.vault, caller.organisation, ids)
    return next((row for row in rows if caller.branch in (None, row.branch)), None)


def _answer(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() else text


def _faults_of_answers(
    db: Connection, center: Center, client: Client, instrument: str, answers: Mapping[str, Any], day: date
) -> Sequence[Fault]:
    if not has_consent(db, client.id, "health_data"):
        return [Fault("$.consent", "consent_missing")]
    profile = person_of_client(center, client, on=day).profile
    try:
        center.engine.assess(instrument, answers, sex=profile.sex, assessed_on=day, birth_date=profile.birth_date)
    except InvalidInput as invalid:
        return invalid.faults
    return ()


def _day_of(iso: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return otherwise


def _there(db: Connection, center: Center, caller: Caller, row: _Row, instrument: str) -> bool:
    """Whether all of a row stands in the record already."""
    vault, organisation = center.records.vault, caller.organisation
    if row.values:
        kept = measurement.of_client(db, vault, organisation, row.client.id)
        if not any(one.removed_at is None and one.taken_on == row.day and one.content["values"] == dict(row.values) for one in kept):
            return False
    if row.answers:
        results = [
            read_result(one.result) for one in assessments_of_client(db, vault, organisation, row.client.id) if one.assessed_on == row.day
        ]
        return any(one.instrument == instrument and dict(one.answers) == dict(row.answers) for one in results)
    return True


def _take(db: Connection, center: Center, caller: Caller, row: _Row, instrument: str) -> None:
    if row.values:
        keep_measured(db, center, caller, row.client, row.day, row.values, "imported")
    if row.answers:
        sheet = Sheet(instrument, row.answers, person_of_client(center, row.client, on=row.day), row.day)
        score_for_client(db, center, caller, row.client.ref, sheet)
