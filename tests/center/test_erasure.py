"""Erasing a client: nothing is left in any table, file or log; only the fact. And what is due by the organisation's own rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from tcm_engine.center import Center, NotAllowed, NotFound
from tcm_engine.center.access import change_settings
from tcm_engine.center.privacy import due_for_review, erase_client, erase_due
from tcm_engine.center.work import store_bytes
from tcm_engine.records import audit as trail
from tcm_engine.records import client as clients
from tcm_engine.records import new_public_id, open_json, personal, roster_import, seal_json, stored_file
from tcm_engine.records.tables import client, job, job_item, metadata
from tcm_engine.records.tables import roster_import as imports
from tests.center.privacy_people import House, add_client, fill_tables, house
from tests.center.sheets import Clock

KEPT = {"organisation", "account", "audit", "audit_head", "key_rotation"}


@pytest.fixture
def ours(center: Center, tmp_path: Path) -> House:
    object.__setattr__(center, "var", tmp_path / "var")
    return house(center)


def everybody(at: House) -> list[str]:
    with at.center.records.read() as db:
        return list(db.execute(select(client.c.public_id).order_by(client.c.id)).scalars())


def counts(at: House) -> dict[str, int]:
    with at.center.records.read() as db:
        return {name: db.execute(select(func.count()).select_from(table)).scalar_one() for name, table in metadata.tables.items()}


def test_every_table_that_hangs_on_a_client_is_known_by_its_references(ours: House) -> None:
    fill_tables(ours, 2)
    with ours.center.records.read() as db:
        first = db.execute(select(client.c.id)).scalars().first()
        assert first
        rows = personal.rows_of(db, ours.organisation, personal.same_person(db, ours.organisation, first))
    hanging = {
        "client", "client_version", "client_index", "measurement", "consent", "follow_up", "campaign_person", "assessment", "plan",
        "idempotency_key",
    }  # fmt: skip
    assert hanging <= set(rows)
    by_column = {table.name for table in metadata.tables.values() if "client_id" in table.c}
    assert by_column <= set(rows)


def test_erasing_leaves_no_row_of_the_one_and_every_row_of_the_other(ours: House) -> None:
    fill_tables(ours, 2)
    before = counts(ours)
    one, other = everybody(ours)
    with ours.center.records.read() as db:
        ids = {row.public_id: row.id for row in db.execute(select(client.c.public_id, client.c.id))}
        mine = personal.rows_of(db, ours.organisation, [ids[one]])
        theirs = personal.rows_of(db, ours.organisation, [ids[other]])
    erased = erase_client(ours.center, ours.caller("manager"), one)
    after = counts(ours)
    assert everybody(ours) == [other]
    for name, rows in mine.items():
        assert after[name] == before[name] - len(rows), name
    assert {name: count for name, count in erased.rows.items() if name not in ("job_item", "stored_file")} == {
        k: len(v) for k, v in mine.items()
    }
    with ours.center.records.read() as db:
        assert personal.rows_of(db, ours.organisation, [ids[other]]) == theirs
        newest = next(iter(trail.find_rows(db, ours.organisation, trail.Selection(), most=1)))
    detail = json.loads(newest.detail)
    assert (newest.action, newest.subject_id, newest.actor) == ("client_erased", one, ours.caller("manager").actor)
    assert detail["rows_client"] == 1 and detail["reason"] == "asked"
    assert all(isinstance(value, int) or value == "asked" for value in detail.values())
    with pytest.raises(NotFound):
        erase_client(ours.center, ours.caller("manager"), one)


def test_merged_records_go_with_the_one_they_were_merged_into(ours: House) -> None:
    survivor, public = add_client(ours)
    merged, _ = add_client(ours)
    deeper, deeper_public = add_client(ours)
    _, other_public = add_client(ours)
    with ours.center.records.write() as db:
        clients.set_merged(db, ours.organisation, [merged], survivor, ours.center.clock())
        clients.set_merged(db, ours.organisation, [deeper], merged, ours.center.clock())
    assert erase_client(ours.center, ours.caller("manager"), deeper_public).public_id == public
    assert everybody(ours) == [other_public]


def keep_file(at: House, key: str, shared: str = "") -> str:
    new = store_bytes(at.center, at.organisation, key.encode())
    vault, now = at.center.records.vault, at.center.clock()
    with at.center.records.write() as db:
        file = stored_file.add_file(db, vault, at.organisation, new, "archive", now)
        public = new_public_id()
        row = {
            "organisation_id": at.organisation,
            "public_id": public,
            "kind": "archive",
            "state": "done",
            "total": 1,
            "packed": 0,
            "error": "",
        }
        db.execute(job.insert(), row | {"content": seal_json(vault, "job", public, {}), "created_at": now})
        of = db.execute(select(job.c.id).where(job.c.public_id == public)).scalar_one()
        for one in filter(None, (key, shared)):
            item = {"organisation_id": at.organisation, "job_id": of, "key": one, "state": "done", "attempts": 1, "error": ""}
            db.execute(job_item.insert(), item | {"stored_file_id": file})
    return new.path


def test_files_with_the_person_go_from_disk_and_others_stay(ours: House) -> None:
    fill_tables(ours, 2)
    one, _ = everybody(ours)
    with ours.center.records.read() as db:
        of = db.execute(select(client.c.id).where(client.c.public_id == one)).scalar_one()
        keys = personal.public_ids(db, personal.rows_of(db, ours.organisation, [of]))
    assert len(keys) == 4
    gone = [keep_file(ours, keys[0], "somebody else"), *(keep_file(ours, f"{key}:zh-Hans") for key in keys[1:])]
    stays = keep_file(ours, "somebody else", "and another")
    assert erase_client(ours.center, ours.caller("manager"), one).files == 4
    folder = ours.center.var / "files"
    assert not any((folder / path).exists() for path in gone) and (folder / stays).exists()
    with ours.center.records.read() as db:
        assert not set(gone) & stored_file.all_paths(db)
        keys_left = set(db.execute(select(job_item.c.key)).scalars())
    assert {"somebody else", "and another"} <= keys_left and not any(key in left for key in keys for left in keys_left)


def test_a_file_that_cannot_be_removed_is_named_by_no_row_and_swept_later(ours: House) -> None:
    from tcm_engine.center.work import sweep_files

    _, public = add_client(ours)
    path = ours.center.var / "files" / keep_file(ours, public)
    path.rename(path.with_suffix(".away"))  # as if the process had died between the commit and the removal
    assert erase_client(ours.center, ours.caller("manager"), public).files == 0
    path.with_suffix(".away").rename(path)
    assert sweep_files(ours.center, old_s=0) >= 1
    assert not path.exists()


def test_rosters_as_they_were_read_lose_the_person_s_cells_and_no_others(ours: House) -> None:
    _, public = add_client(ours, "王小明")
    vault = ours.center.records.vault
    cells = [["姓名", "电话"], ["王小明", ""], [" 王 小明", "１３８００００００００"], ["王小明", "13911112222"], ["李雷", "13800000001"]]
    with ours.center.records.write() as db:
        fill_public = new_public_id()
        db.execute(metadata.tables["campaign"].insert(), campaign_row(ours))
        campaign = db.execute(select(metadata.tables["campaign"].c.id)).scalars().first()
        row = {"organisation_id": ours.organisation, "public_id": fill_public, "campaign_id": campaign, "file_handle": bytes(32)}
        content = {"tables": [["表1", cells]], "before": None}
        row |= {"content": seal_json(vault, "roster_import", fill_public, content), "state": roster_import.PREVIEW, "rows": 4, "faulty": 0}
        db.execute(imports.insert(), row | {"created_at": ours.center.clock()})
    assert erase_client(ours.center, ours.caller("manager"), public).imports == 1
    with ours.center.records.read() as db:
        sealed = db.execute(select(imports.c.content)).scalar_one()
    kept = open_json(vault, "roster_import", fill_public, sealed)["tables"][0][1]
    assert kept == [["姓名", "电话"], ["", ""], ["", ""], ["王小明", "13911112222"], ["李雷", "13800000001"]]


def campaign_row(at: House) -> dict[str, object]:
    today = at.center.clock().date()
    row: dict[str, object] = {
        "organisation_id": at.organisation,
        "public_id": new_public_id(),
        "name": "n",
        "employer": "",
        "instrument": "i",
    }
    return row | {"starts_on": today, "ends_on": today, "state": "open", "version": 1, "created_at": at.center.clock()}


@pytest.mark.parametrize("role", ["operator", "practitioner", "auditor"])
def test_who_may_not_erase_does_not(ours: House, role: str) -> None:
    _, public = add_client(ours)
    for use in (lambda: erase_client(ours.center, ours.caller(role), public), lambda: due_for_review(ours.center, ours.caller(role))):  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            use()
    assert everybody(ours) == [public]


def test_another_organisation_s_client_is_unknown(ours: House, center: Center) -> None:
    theirs = house(center, "theirs")
    _, public = add_client(theirs)
    with pytest.raises(NotFound):
        erase_client(center, ours.caller("manager"), public)
    assert everybody(ours) == [public]


def test_nothing_of_the_person_stays_in_file_or_log(ours: House) -> None:
    """Deleted pages are overwritten and the log is emptied: not even the sealed bytes are found."""
    fill_tables(ours, 3)
    one = everybody(ours)[0]
    with ours.center.records.read() as db:
        sealed = db.execute(select(client.c.content).where(client.c.public_id == one)).scalar_one()
    erase_client(ours.center, ours.caller("manager"), one)
    if ours.center.records.kind == "sqlite":
        file = Path(str(ours.center.records.engine.url.database))
        log = file.with_name(file.name + "-wal")
        assert bytes(sealed)[16:] not in file.read_bytes()
        assert log.stat().st_size == 0
    else:
        with ours.center.records.read() as db:
            left = {bytes(one) for one in db.execute(select(client.c.content)).scalars()}
        assert len(left) == 2 and bytes(sealed) not in left


def test_retention_lists_what_is_due_and_erases_what_was_chosen(ours: House, center: Center, clock: Clock) -> None:
    manager = ours.caller("manager")
    assert due_for_review(center, manager).years == 0
    change_settings(center, ours.caller("administrator"), 0, retention_years=10)
    old = [add_client(ours, f"某{number}")[1] for number in range(3)]
    theirs = house(center, "theirs")
    add_client(theirs)
    assert due_for_review(center, manager).due == ()
    clock.forward(days=3660)
    young = add_client(ours)[1]
    listed = due_for_review(center, manager)
    assert [one.public_id for one in listed.due] == old and listed.years == 10
    with center.records.write() as db:
        db.execute(update(client).where(client.c.public_id == old[2]).values(changed_at=clock.now))
    erased = erase_due(center, manager, [old[0], old[2], young])
    assert [one.public_id for one in erased] == [old[0]]
    assert [one.public_id for one in due_for_review(center, manager).due] == [old[1]]
    assert set(everybody(ours)) >= {old[1], old[2], young}
    with center.records.read() as db:
        reasons = [json.loads(row.detail)["reason"] for row in trail.audit_rows(db, ours.organisation) if row.action == "client_erased"]
    assert reasons == ["retention"]
