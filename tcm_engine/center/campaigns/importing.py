"""Bringing a roster in: the file is read and kept sealed, its columns are agreed on, what would happen is shown, then all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import campaign_person, new_token, roster_import

from .campaigns import CampaignRow, row_of, today
from .matching import add_clients, known_clients
from .roster import (
    FIELDS,
    Cell,
    Field,
    Header,
    Reading,
    RowFault,
    Table,
    find_header,
    first_row_of_words,
    guess,
    plain,
    read_people,
    read_tables,
)

ImportRow = roster_import.ImportRow
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    index: int
    heading: str
    field: Field | None
    """What it is taken to hold; None: it is not read."""
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The columns of sheets that have the same header."""

    sheets: tuple[str, ...]
    columns: tuple[ColumnChoice, ...]
    remembered: bool
    """Somebody of the organisation has agreed to them, now or for an earlier file."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the file would do; after it was taken, what it did."""

    public_id: str
    state: str
    read_sheets: tuple[str, ...]
    left_sheets: tuple[str, ...]
    """Sheets without a header of people."""
    new: int
    known: int
    """Clients already, not in the campaign yet."""
    already: int
    """In the campaign already."""
    doubles: tuple[tuple[str, int, int], ...]
    """(sheet, row, row of the first)."""
    faults: tuple[RowFault, ...]
    faulty_rows: int
    passed_over: Mapping[str, int]
    imported_before: datetime | None


@dataclass(frozen=True, slots=True)
class Taken:
    added_clients: int
    added_people: int
    faulty_rows: int


@dataclass(frozen=True, slots=True)
class FaultySheet:
    """Rows to correct, with their faults."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[RowFault, ...]], ...]


def upload_roster(center: Center, caller: Caller, campaign: str, data: bytes) -> str:
    """Read a file and keep it for a preview; its public id. Raises NotAllowed, NotFound, InvalidInput at `file`."""
    permit(caller, "fill_campaign")
    with center.records.read() as db:
        row_of(db, caller, campaign)
    tables = read_tables(data)
    if not any(_header(table) for table in tables):
        raise InvalidInput([Fault("file", "no_header_of_people")])
    content = {"tables": [[table.name, [[_kept(cell) for cell in row] for row in table.rows]] for table in tables]}
    digest = hashlib.sha256(data).digest()
    with center.records.write() as db:
        row = row_of(db, caller, campaign)
        _need_open(row)
        vault, now = center.records.vault, center.clock()
        before = roster_import.imported_before(db, vault, caller.organisation, row.id, digest)
        content["before"] = before.isoformat() if before else None  # type: ignore[assignment]
        public = roster_import.add(db, vault, caller.organisation, row.id, digest, content, caller.account, now)
        note(db, center, caller, "roster_uploaded", "campaign", campaign, bytes=len(data))
    return public


def roster_columns(center: Center, caller: Caller, campaign: str, public: str) -> tuple[SheetColumns, ...]:
    """The columns as they are understood, to be corrected. Raises NotAllowed, NotFound."""
    permit(caller, "fill_campaign")
    with center.records.read() as db:
        _, kept = _found(db, center, caller, campaign, public)
        return tuple(_columns(db, center, caller, group) for group in _by_header(_tables(kept)).values())


def set_columns(center: Center, caller: Caller, campaign: str, public: str, chosen: Sequence[Mapping[int, str]]) -> None:
    """Agree on the columns and remember them: for each of `roster_columns`, index of a column -> field or "".

    Raises NotAllowed, NotFound, InvalidInput at `columns`.
    """
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        _, kept = _found(db, center, caller, campaign, public)
        groups = _by_header(_tables(kept))
        faults = [fault for mapping in chosen for fault in _mapping_faults(mapping)]
        if len(chosen) != len(groups) or not any("name" in mapping.values() for mapping in chosen):
            faults.append(Fault("columns", "no_name_column"))
        if faults:
            raise InvalidInput(faults)
        for key, mapping in zip(groups, chosen, strict=True):
            said = {str(index): what for index, what in mapping.items() if what}
            roster_import.keep_mapping(db, center.records.vault, caller.organisation, key, said, center.clock())
        note(db, center, caller, "columns_agreed", "campaign", campaign)


def preview_roster(center: Center, caller: Caller, campaign: str, public: str) -> Preview:
    """Raises NotAllowed, NotFound."""
    permit(caller, "fill_campaign")
    with center.records.read() as db:
        row, kept = _found(db, center, caller, campaign, public)
        tables = _tables(kept)
        reading = _read(db, center, caller, row, tables)
        clients = known_clients(db, center, caller.organisation, row.branch, reading.people)
        there = campaign_person.clients(db, caller.organisation, row.id)
    read = tuple(table.name for group in _by_header(tables).values() for table, _ in group)
    already = sum(1 for client in clients if client in there)
    before = kept.content.get("before")
    return Preview(
        public, kept.state, read, tuple(table.name for table in tables if table.name not in read), clients.count(None),
        len(clients) - clients.count(None) - already, already, tuple((p.sheet, p.row, first) for p, first in reading.doubles),
        tuple(reading.faults), reading.faulty_rows, dict(reading.passed_over), datetime.fromisoformat(before) if before else None,
    )  # fmt: skip


def take_roster(center: Center, caller: Caller, campaign: str, public: str) -> Taken:
    """Add everybody whose row is clean: all of them, in one transaction, or nobody. Who is there already is left as they are.

    Raises NotAllowed, NotFound, InvalidInput where the campaign is closed or the file was taken already.
    """
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        row, kept = _found(db, center, caller, campaign, public, lock=True)
        _need_open(row)
        if kept.state != roster_import.PREVIEW:
            raise InvalidInput([Fault("file", "already_imported")])
        reading = _read(db, center, caller, row, _tables(kept))
        taken = _add(db, center, caller, row, reading)
        left = {"tables": _faulty_tables(_tables(kept), reading), "before": None, "taken": [taken.added_clients, taken.added_people]}
        roster_import.change(
            db, center.records.vault, caller.organisation, public, content=left, state=roster_import.IMPORTED, rows=taken.added_people,
            faulty=taken.faulty_rows,
        )  # fmt: skip
        note(db, center, caller, "roster_imported", "campaign", campaign, clients=taken.added_clients, people=taken.added_people,
             faulty=taken.faulty_rows)  # fmt: skip
    return taken


def faulty_rows(center: Center, caller: Caller, campaign: str, public: str) -> tuple[FaultySheet, ...]:
    """What is to be corrected, sheet by sheet. Raises NotAllowed, NotFound."""
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        row, kept = _found(db, center, caller, campaign, public)
        tables = _tables(kept)
        reading = _read(db, center, caller, row, tables)
        note(db, center, caller, "faulty_rows_exported", "campaign", campaign, rows=reading.faulty_rows)
    headers = {table.name: header for table in tables if (header := _header(table))}
    by_row: dict[tuple[str, int], list[RowFault]] = {}
    for fault in reading.faults:
        by_row.setdefault((fault.sheet, fault.row), []).append(fault)
    return tuple(
        FaultySheet(name, headers[name].labels, tuple((cells, tuple(by_row[name, number])) for number, cells in rows))
        for name, rows in reading.faulty.items()
    )


def imports(center: Center, caller: Caller, campaign: str) -> tuple[ImportRow, ...]:
    """Files brought in for a campaign, the newest first. Raises NotAllowed, NotFound."""
    permit(caller, "read_campaign")
    with center.records.read() as db:
        return roster_import.history(db, caller.organisation, row_of(db, caller, campaign).id)


def _add(db: Connection, center: Center, caller: Caller, row: CampaignRow, reading: Reading) -> Taken:
    clients = known_clients(db, center, caller.organisation, row.branch, reading.people)
    new = [person for person, client in zip(reading.people, clients, strict=True) if client is None]
    added = iter(add_clients(db, center, caller, row, new))
    people = [
        campaign_person.NewPerson(next(added) if client is None else client, person.unit or "", person.staff_number or "", new_token())
        for person, client in zip(reading.people, clients, strict=True)
    ]
    count = campaign_person.add_many(db, center.records.vault, caller.organisation, row.id, people)
    return Taken(len(new), count, reading.faulty_rows)


def _read(db: Connection, center: Center, caller: Caller, row: CampaignRow, tables: Sequence[Table]) -> Reading:
    minimum = center.engine.knowledge.instruments[row.instrument].minimum_age
    read = []
    for key, group in _by_header(tables).items():
        mapping = _mapping(db, center, caller, key, group[0][1])
        read += [(table, header, mapping) for table, header in group if "name" in mapping.values()]
    return read_people(read, today(center), minimum)


def _columns(db: Connection, center: Center, caller: Caller, group: Sequence[tuple[Table, Header]]) -> SheetColumns:
    table, header = group[0]
    remembered = roster_import.find_mapping(db, center.records.vault, caller.organisation, header.key) is not None
    mapping = _mapping(db, center, caller, header.key, header)
    columns = tuple(
        ColumnChoice(index, label, mapping.get(index), tuple(_examples(table, header, index)))
        for index, label in enumerate(header.labels)
        if label or index in mapping
    )
    return SheetColumns(tuple(table.name for table, _ in group), columns, remembered)


def _mapping(db: Connection, center: Center, caller: Caller, key: str, header: Header) -> dict[int, Field]:
    """As somebody agreed for this header, else as the headings say."""
    kept = roster_import.find_mapping(db, center.records.vault, caller.organisation, key)
    if kept is None:
        return guess(header)
    return {int(index): what for index, what in kept.items() if what in FIELDS}


def _by_header(tables: Iterable[Table]) -> dict[str, list[tuple[Table, Header]]]:
    found: dict[str, list[tuple[Table, Header]]] = {}
    for table in tables:
        header = _header(table)
        if header:
            found.setdefault(header.key, []).append((table, header))
    known = {key: group for key, group in found.items() if find_header(group[0][0])}
    return known or found


def _header(table: Table) -> Header | None:
    return find_header(table) or first_row_of_words(table)


def _examples(table: Table, header: Header, index: int) -> Iterator[str]:
    # Enough to tell an identity card from a telephone, not enough to be either.
    given = (plain(row[index]) for row in table.rows[header.row + 1 :] if index < len(row))
    for _, text in zip(range(EXAMPLES), (text for text in given if text), strict=False):
        yield f"{text[:6]}…{text[-2:]}" if sum(map(str.isdigit, text)) > 10 else text[:40]


def _mapping_faults(mapping: Mapping[int, str]) -> list[Fault]:
    used = [what for what in mapping.values() if what]
    if any(what not in FIELDS for what in used):
        return [Fault("columns", "not_one_of", {"allowed": ", ".join(FIELDS)})]
    return [Fault("columns", "column_twice")] if len(set(used)) < len(used) else []


def _faulty_tables(tables: Sequence[Table], reading: Reading) -> list[Any]:
    """What is kept once the rest was taken: the headers and the rows to correct, nobody else. Rows keep their numbers."""
    left = []
    for table in tables:
        header, numbers = _header(table), {number for number, _ in reading.faulty.get(table.name, ())}
        if header and numbers:
            rows = [[_kept(cell) for cell in row] if at <= header.row or at + 1 in numbers else [] for at, row in enumerate(table.rows)]
            left.append([table.name, rows])
    return left


def _found(
    db: Connection, center: Center, caller: Caller, campaign: str, public: str, *, lock: bool = False
) -> tuple[CampaignRow, ImportRow]:
    row = row_of(db, caller, campaign)
    kept = roster_import.find(db, center.records.vault, caller.organisation, row.id, public, lock=lock)
    if kept is None:
        raise NotFound
    return row, kept


def _need_open(row: CampaignRow) -> None:
    if row.state == "closed":
        raise InvalidInput([Fault("campaign", "campaign_closed")])


def _tables(kept: ImportRow) -> tuple[Table, ...]:
    return tuple(Table(name, tuple(tuple(_cell(cell) for cell in row) for row in rows)) for name, rows in kept.content["tables"])


def _kept(cell: Cell) -> Any:
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _cell(value: Any) -> Cell:
    return date.fromisoformat(value["day"]) if isinstance(value, dict) else value
