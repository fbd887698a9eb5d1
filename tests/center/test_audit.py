"""The audit trail: only added to, read by who may, and any single change of it is found and named."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from tcm_engine.center import Center, NotAllowed, note
from tcm_engine.center.privacy import Anchor, Selection, check_audit, check_every_trail, export_trail, read_trail
from tcm_engine.center.privacy.anchors import NAME
from tcm_engine.center.privacy.audit_check import check_trail
from tcm_engine.records import Vault
from tcm_engine.records.tables import audit, audit_head
from tests.center.privacy_people import House, house
from tests.center.sheets import Clock

ROWS = 12


@pytest.fixture
def ours(center: Center, tmp_path: Path) -> House:
    object.__setattr__(center, "var", tmp_path / "var")
    return house(center)


def fill(at: House, rows: int = ROWS) -> None:
    caller = at.caller("operator")
    with at.center.records.write() as db:
        for number in range(rows):
            note(db, at.center, caller, f"act_{number % 3}", "client", f"id{number % 4}", count=number, flag=number % 2 == 0)


def disarm(db: Connection) -> None:
    """What whoever owns the database can do: drop the triggers."""
    if db.dialect.name == "sqlite":
        db.execute(text("DROP TRIGGER audit_no_update"))
        db.execute(text("DROP TRIGGER audit_no_delete"))
    else:
        db.execute(text("DROP TRIGGER audit_add_only ON audit"))


def tampered(at: House, change: Callable[[Connection], object]) -> tuple[str, int] | None:
    """What the check says after `change`, which is undone afterwards."""
    with at.center.records.engine.connect().execution_options(writes=True) as db, db.begin() as transaction:
        disarm(db)
        change(db)
        found = check_trail(db, at.center.records.vault, at.organisation).fault
        transaction.rollback()
    return (found.kind, found.number) if found else None


def of(at: House, number: int) -> object:
    return (audit.c.organisation_id == at.organisation) & (audit.c.number == number)


@pytest.mark.parametrize("statement", [update(audit).values(actor="client"), delete(audit)])
def test_rows_are_neither_changed_nor_deleted(ours: House, statement: object) -> None:
    fill(ours, 2)
    with pytest.raises(DBAPIError, match="only added"), ours.center.records.write() as db:
        db.execute(statement)  # type: ignore[call-overload]


def test_an_intact_trail_is_intact_and_an_empty_one_too(ours: House, center: Center) -> None:
    fill(ours)
    empty = house(center, "empty")
    with center.records.snapshot() as db:
        found = check_trail(db, center.records.vault, ours.organisation)
        assert found.intact and (found.rows, found.number) == (ROWS, ROWS)
        nothing = check_trail(db, center.records.vault, empty.organisation)
        assert nothing.intact and nothing.rows == 0


VALUES = {
    "actor": st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=20),
    "action": st.sampled_from(["act_9", "", "ACT_0", "act_0 "]),
    "subject": st.sampled_from(["clients", "", "cLient"]),
    "subject_id": st.sampled_from(["id9", "", "id0 "]),
    "detail": st.sampled_from(["{}", '{"count":99,"flag":true}', '{"count": 0, "flag": true}']),
    "digest": st.binary(min_size=32, max_size=32),
    "seal": st.binary(min_size=36, max_size=36),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_field_is_found_at_its_row(ours: House, data: st.DataObject) -> None:
    with ours.center.records.read() as db:
        filled = db.execute(select(audit.c.id).limit(1)).first()
    if filled is None:
        fill(ours)
    number = data.draw(st.integers(1, ROWS))
    column = data.draw(st.sampled_from([*VALUES, "at"]))
    with ours.center.records.read() as db:
        before = db.execute(select(audit.c[column]).where(of(ours, number))).scalar_one()  # type: ignore[arg-type]
    value = before.replace(microsecond=(before.microsecond + 1) % 10**6) if column == "at" else data.draw(VALUES[column])
    if value == before:
        return
    found = tampered(ours, lambda db: db.execute(update(audit).where(of(ours, number)).values({column: value})))  # type: ignore[arg-type]
    assert found is not None
    kinds = {"digest": {"changed"}, "seal": {"forged", "unknown_key"}}.get(column, {"changed"})
    assert found[0] in kinds and found[1] == number


@pytest.mark.parametrize("number", range(1, ROWS + 1))
def test_any_removed_row_is_missed(ours: House, number: int) -> None:
    fill(ours)
    found = tampered(ours, lambda db: db.execute(delete(audit).where(of(ours, number))))  # type: ignore[arg-type]
    assert found == (("cut" if number == ROWS else "removed"), number)


@pytest.mark.parametrize("keep", [0, 1, 5, ROWS - 1])
def test_a_cut_tail_is_missed(ours: House, keep: int) -> None:
    fill(ours)
    tail = (audit.c.organisation_id == ours.organisation) & (audit.c.number > keep)
    assert tampered(ours, lambda db: db.execute(delete(audit).where(tail))) == ("cut", keep + 1)


def test_a_cut_tail_stays_missed_when_new_rows_follow(ours: House) -> None:
    fill(ours)
    tail = (audit.c.organisation_id == ours.organisation) & (audit.c.number > 8)
    with ours.center.records.write() as db:
        disarm(db)
        db.execute(delete(audit).where(tail))
    fill(ours, 3)
    with ours.center.records.snapshot() as db:
        found = check_trail(db, ours.center.records.vault, ours.organisation).fault
    assert found and (found.kind, found.number) == ("removed", 9)


def test_a_tail_cut_together_with_its_head_is_missed_by_the_anchor_outside(ours: House) -> None:
    fill(ours)
    assert all(one.checked.intact for one in check_every_trail(ours.center.records, ours.center.var))
    with ours.center.records.write() as db:
        disarm(db)
        db.execute(delete(audit).where(audit.c.number > 5))
        db.execute(delete(audit_head))
    (found,) = check_every_trail(ours.center.records, ours.center.var)
    assert found.checked.fault and found.checked.fault.kind == "no_head"
    fill(ours, 1)  # makes a head of its own, over what was left
    (found,) = check_every_trail(ours.center.records, ours.center.var)
    assert found.checked.fault and (found.checked.fault.kind, found.checked.fault.number) == ("cut", 7)
    fill(ours, ROWS)
    (found,) = check_every_trail(ours.center.records, ours.center.var)
    assert found.checked.fault and (found.checked.fault.kind, found.checked.fault.number) == ("anchor", ROWS)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 9), (ROWS - 1, ROWS)])
def test_rows_that_change_places_are_found(ours: House, one: int, other: int) -> None:
    fill(ours)

    def swap(db: Connection) -> None:
        for source, to in ((one, 999), (other, one), (999, other)):
            db.execute(update(audit).where(of(ours, source)).values(number=to))  # type: ignore[arg-type]

    assert tampered(ours, swap) == ("changed", one)


def test_a_row_put_in_between_or_at_the_end_without_the_key_is_found(ours: House) -> None:
    fill(ours)
    with ours.center.records.read() as db:
        last = dict(db.execute(audit.select().where(of(ours, ROWS))).mappings().one())  # type: ignore[arg-type]
    stranger = Vault(["x" * 40])

    def append(db: Connection, seal: bytes) -> None:
        from tcm_engine.records import audit as records

        row = records.AuditRow(ROWS + 1, last["at"], "client", "act_0", "client", "id", "{}", b"", b"")
        digest = records.digest_of(last["digest"], ours.organisation, row)
        new = {**last, "number": ROWS + 1, "actor": "client", "action": "act_0", "subject_id": "id", "detail": "{}"}
        del new["id"]
        db.execute(insert(audit), {**new, "digest": digest, "seal": seal or stranger.stamp(digest)})

    assert tampered(ours, lambda db: append(db, b"")) == ("unknown_key", ROWS + 1)
    assert tampered(ours, lambda db: append(db, ours.center.records.vault.key_id + bytes(32))) == ("forged", ROWS + 1)
    assert tampered(ours, lambda db: append(db, last["seal"])) == ("forged", ROWS + 1)


def test_another_organisations_rows_do_not_fit_in(ours: House, center: Center) -> None:
    fill(ours)
    theirs = house(center, "theirs")
    fill(theirs)

    def move(db: Connection) -> None:
        db.execute(delete(audit).where(of(ours, 4)))  # type: ignore[arg-type]
        db.execute(update(audit).where(of(theirs, 4)).values(organisation_id=ours.organisation))  # type: ignore[arg-type]

    assert tampered(ours, move) == ("changed", 4)


def test_a_forged_head_is_found(ours: House) -> None:
    fill(ours)
    head = audit_head.c.organisation_id == ours.organisation
    for values in ({"number": 5}, {"digest": bytes(32)}, {"seal": bytes(36)}):
        assert tampered(ours, lambda db, values=values: db.execute(update(audit_head).where(head).values(values))) == ("head_changed", 0)
    assert tampered(ours, lambda db: db.execute(delete(audit_head).where(head))) == ("no_head", 0)


def test_broken_lines_among_the_anchors_say_nothing(ours: House) -> None:
    fill(ours)
    check_every_trail(ours.center.records, ours.center.var)
    file = ours.center.var / NAME
    assert len(file.read_text().splitlines()) == 1
    forged = json.loads(file.read_text()) | {"number": 99}
    file.write_text(file.read_text() + "not json\n[]\n" + json.dumps(forged) + "\n")
    assert all(one.checked.intact for one in check_every_trail(ours.center.records, ours.center.var))


def test_an_anchor_on_paper_is_compared(ours: House) -> None:
    fill(ours)
    checked = check_audit(ours.center, ours.caller("auditor"))
    assert checked.intact
    assert check_audit(ours.center, ours.caller("auditor"), Anchor(checked.number, checked.digest)).intact
    wrong = check_audit(ours.center, ours.caller("auditor"), Anchor(3, bytes(32)))
    assert wrong.fault and (wrong.fault.kind, wrong.fault.number) == ("anchor", 3)


@pytest.mark.parametrize("role", ["operator", "practitioner", "manager"])
def test_who_may_not_read_it_is_refused(ours: House, role: str) -> None:
    for use in (read_trail, export_trail, check_audit):
        with pytest.raises(NotAllowed):
            use(ours.center, ours.caller(role))  # type: ignore[arg-type]


def test_it_is_read_in_pages_and_filtered_and_reading_is_written_down(ours: House, center: Center, clock: Clock) -> None:
    theirs = house(center, "theirs")
    fill(theirs, 3)
    fill(ours, 60)
    clock.forward(days=1)
    fill(ours, 60)
    auditor = ours.caller("auditor")
    page = read_trail(center, auditor)
    numbers = [entry.number for entry in page.entries]
    while page.older:
        page = read_trail(center, auditor, before=page.older)
        numbers += [entry.number for entry in page.entries]
    assert numbers == list(range(120, 0, -1))
    assert page.actions == ("act_0", "act_1", "act_2", "audit_read") and page.subjects == ("audit", "client")
    assert (f"account:{ours.accounts['operator']}", "operator") in page.actors
    chosen = read_trail(center, auditor, Selection(action="act_1", subject="client", subject_id="id1", actor=page.entries[0].actor))
    assert chosen.count and {(one.action, one.subject_id, one.login) for one in chosen.entries} == {("act_1", "id1", "operator")}
    today = read_trail(center, auditor, Selection(since=clock.now))
    assert today.count == 62  # and the two looks before
    assert read_trail(center, auditor, Selection(until=clock.now)).count == 60


def test_the_export_has_every_chosen_row_and_is_written_down(ours: House) -> None:
    fill(ours)
    content = export_trail(ours.center, ours.caller("auditor"), Selection(action="act_1"))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [int(row["number"]) for row in rows] == [2, 5, 8, 11]
    assert rows[0]["login"] == "operator" and json.loads(rows[0]["detail"]) == {"count": 1, "flag": False}
    newest = read_trail(ours.center, ours.caller("auditor")).entries[0]
    assert (newest.action, newest.detail) == ("audit_exported", {"rows": 4})
