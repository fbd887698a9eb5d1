"""Paper forms coming back: entered one by one at the desk, once or twice, or as a file of answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, Outdated, note, permit
from tcm_engine.center.privacy import PURPOSES, Purpose, give_consents, has_consent
from tcm_engine.model import Fault, InvalidInput, Sex
from tcm_engine.records import campaign_person

from .answering import NEEDED, score_person
from .campaigns import row_of
from .codes import code_of, number_of
from .roster import Table, plain, read_tables
from .seats import Seat, client_of_row

_AT_ONCE = 200
"""Rows a transaction: a file that breaks off in the middle has kept what was scored, and is simply sent again."""
_YES = ("1", "是", "已签", "有", "同意", "y", "yes", "true", "√")


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper form at the desk."""

    public_id: str
    code: str
    name: str
    sex: Sex | None
    instrument: str
    version: int
    done: bool
    consented: bool
    second: bool
    """It was entered once and waits for a second entry; what was entered is not shown."""
    own: bool
    """The first entry was the caller's own."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of a file of answers."""

    scored: int
    already: int
    """Forms that had a result; they stay as they are."""
    faults: tuple[tuple[int, Fault], ...]
    """(row of the file, fault)."""


def entry(center: Center, caller: Caller, public: str, who: str) -> Entry:
    """Raises NotAllowed, NotFound."""
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        found = _seat(db, center, caller, public, who)
        consented = all(has_consent(db, found.client.id, purpose) for purpose in NEEDED)
        note(db, center, caller, "form_opened", "campaign_person", who)
    first = found.person.draft.get("paper") or {}
    return Entry(
        who, code_of(found.person.number), found.client.identity.name, found.client.identity.sex, found.campaign.instrument,
        found.person.version, found.person.assessment is not None, consented, bool(first),
        bool(first) and first.get("by") == caller.account,
    )  # fmt: skip


def enter(
    center: Center, caller: Caller, public: str, who: str, version: int, answers: Mapping[str, Any], *, signed: bool, twice: bool = False,
    agreed: Collection[Purpose] = (),
) -> str:  # fmt: skip
    """Take a form's answers: `scored`, or `waits` for the second entry. `signed`: the consent on the paper is signed;
    `agreed`: what is ticked there beyond what an assessment needs.

    twice: keep it until somebody enters it again and both are the same. Raises NotAllowed, NotFound, Outdated,
    InvalidInput: at an item's key every fault of the answers, and `entries_differ` where the two entries do.
    """
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        found = _seat(db, center, caller, public, who)
        if found.person.version != version:
            raise Outdated(who)
        _enterable(found)
        first = found.person.draft.get("paper")
        if first:
            differ = [key for key in {*first["answers"], *answers} if first["answers"].get(key) != answers.get(key)]
            if differ:
                raise InvalidInput(Fault(f"$.answers.{key}", "entries_differ") for key in sorted(differ))
        _consent(db, center, caller, found, signed, agreed)
        if twice and not first:
            _check(center, found, answers)
            draft = dict(found.person.draft) | {"paper": {"answers": dict(answers), "by": caller.account}}
            campaign_person.change(db, center.records.vault, found.person, draft=draft, state="started", mode="paper")
            note(db, center, caller, "form_entered_once", "campaign_person", who)
            return "waits"
        score_person(db, center, caller, found, answers, None, "paper")
    return "scored"


def drop_entry(center: Center, caller: Caller, public: str, who: str) -> None:
    """Forget a first entry, to begin anew. Raises NotAllowed, NotFound."""
    permit(caller, "fill_campaign")
    with center.records.write() as db:
        found = _seat(db, center, caller, public, who)
        if found.person.assessment is None and "paper" in found.person.draft:
            left = {key: value for key, value in found.person.draft.items() if key != "paper"}
            campaign_person.change(db, center.records.vault, found.person, draft=left or None, state="started" if left else "missing")
            note(db, center, caller, "entry_dropped", "campaign_person", who)


def enter_file(center: Center, caller: Caller, public: str, data: bytes) -> FileRead:
    """Score a table of answers: a `code` column (0427-3), `consent` (1 where it is signed), then a column per item key.

    Good rows are scored, each whole or not at all; every fault of the others is told. Raises NotAllowed, NotFound, InvalidInput at `file`.
    """
    permit(caller, "fill_campaign")
    with center.records.read() as db:
        row = row_of(db, caller, public)
    if row.state == "closed":
        raise InvalidInput([Fault("file", "campaign_closed")])
    table, columns = _answers_table(center, row.instrument, read_tables(data))
    rows = list(_given(table, columns))
    scored, already, faults = 0, 0, []
    for at in range(0, len(rows), _AT_ONCE):
        with center.records.write() as db:
            for number, given in rows[at : at + _AT_ONCE]:
                try:
                    with db.begin_nested():
                        done = _enter_row(db, center, caller, public, given)
                except InvalidInput as invalid:
                    faults += [(number, fault) for fault in invalid.faults]
                else:
                    scored, already = scored + done, already + (not done)
    with center.records.write() as db:
        note(db, center, caller, "answers_file_entered", "campaign", public, scored=scored, faults=len(faults))
    return FileRead(scored, already, tuple(faults))


def _given(table: Table, columns: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    """(row of the file, what stands in it), without empty rows."""
    for at, cells in enumerate(table.rows[1:], 2):
        given = {name: plain(cells[index]) for name, index in columns.items() if index < len(cells) and plain(cells[index])}
        if given:
            yield at, given


def _enter_row(db: Connection, center: Center, caller: Caller, public: str, given: Mapping[str, str]) -> bool:
    """Whether it was scored now; False where it was before."""
    number = number_of(given.get("code", ""))
    answers = {key: _number(value) for key, value in given.items() if key not in ("code", "consent")}
    row = row_of(db, caller, public)
    who = campaign_person.find_number(db, center.records.vault, caller.organisation, row.id, number) if number else None
    if who is None:
        raise InvalidInput([Fault("$.code", "code_unknown")])
    if who.assessment is not None:
        return False
    found = Seat(caller, row, who, client_of_row(db, center, caller, who.client), "paper")
    _consent(db, center, caller, found, given.get("consent", "").lower() in _YES)
    score_person(db, center, caller, found, answers, None, "file")
    return True


def _answers_table(center: Center, instrument: str, tables: tuple[Table, ...]) -> tuple[Table, dict[str, int]]:
    """The first sheet, and where its columns are. Raises InvalidInput at `file`."""
    table = tables[0]
    names = [plain(cell) for cell in table.rows[0]]
    form = center.engine.knowledge.instruments[instrument]
    measures = {item.measure.key: item.key for item in form.items if item.measure}
    known = {"code", "consent", *(item.key for item in form.items), *measures}
    missing = [name for name in ("code", "consent") if name not in names]
    missing += [
        item.key for item in form.items if item.key not in names and not any(m in names for m, key in measures.items() if key == item.key)
    ]
    unknown = [name for name in names if name and name not in known]
    for code, wrong in (("missing_columns", missing), ("unknown_columns", unknown)):
        if wrong:
            columns = ", ".join(name if name.isidentifier() else "…" for name in wrong[:10])
            raise InvalidInput([Fault("file", code, {"count": len(wrong), "columns": columns, "form": instrument})])
    return table, {name: index for index, name in enumerate(names) if name}


def _number(text: str) -> Any:
    """A whole number as one, any other number as one; other words stay, for the engine to refuse."""
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _seat(db: Connection, center: Center, caller: Caller, public: str, who: str) -> Seat:
    row = row_of(db, caller, public)
    found = campaign_person.find(db, center.records.vault, caller.organisation, row.id, who)
    if found is None:
        raise NotFound
    return Seat(caller, row, found, client_of_row(db, center, caller, found.client), "paper")


def _enterable(found: Seat) -> None:
    if found.person.assessment is not None:
        raise InvalidInput([Fault("form", "already_answered")])
    if found.campaign.state == "closed":
        raise InvalidInput([Fault("form", "campaign_closed")])


def _consent(db: Connection, center: Center, caller: Caller, found: Seat, signed: bool, agreed: Collection[Purpose] = ()) -> None:
    if all(has_consent(db, found.client.id, purpose) for purpose in NEEDED):
        return
    if not signed:
        raise InvalidInput([Fault("$.consent", "consent_not_signed")])
    answers: dict[Purpose, bool] = {purpose: True for purpose in PURPOSES if purpose in NEEDED or purpose in agreed}
    give_consents(db, center, caller, found.client.id, answers, "paper")


def _check(center: Center, found: Seat, answers: Mapping[str, Any]) -> None:
    """All faults of the first entry are told at once, before it waits for the second."""
    identity = found.client.identity
    center.engine.assess(found.campaign.instrument, answers, sex=identity.sex, assessed_on=center.clock().date())
