"""Changing the secret key: nothing is left under the old one, everything opens under the new one alone, and a kill loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from tcm_engine import Engine
from tcm_engine.center import Center
from tcm_engine.center.clients import entries_of_content
from tcm_engine.center.privacy import OneKeyOnly, RotationReport, check_every_trail, rotate_keys
from tcm_engine.center.work import read_whole, store_bytes
from tcm_engine.records import CannotOpen, Records, Vault, find_assessment, open_json, stored_file
from tcm_engine.records import client as clients
from tcm_engine.records import key_rotation as rotations
from tcm_engine.records.resealing import DoesNotOpen, left, sealed_columns, stages
from tcm_engine.records.tables import assessment, campaign_person, client, client_version, metadata, plan, session
from tests.center.privacy_people import CLIENT_CONTENT, TOKEN, House, fill_tables, house
from tests.center.sheets import SECRET, Clock

NEW = "new-secret-" * 4
ROOT = Path(__file__).parents[2]


@pytest.fixture
def ours(center: Center, tmp_path: Path) -> House:
    object.__setattr__(center, "var", tmp_path / "var")
    found = house(center)
    fill_tables(found, 3, frozenset({"stored_file", "job_item", "organisation_setting"}))
    return found


def with_keys(at: House, engine: Engine, *secrets: str) -> Center:
    """The same database as a process with these secrets sees it."""
    return Center(
        engine,
        Records(at.center.records.engine.url.render_as_string(hide_password=False), Vault(secrets)),
        clock=at.center.clock,
        var=at.center.var,
    )


def rotate(center: Center, *, finish: bool = False) -> RotationReport:
    return rotate_keys(center, lambda content: entries_of_content(center, content), finish=finish)


def test_every_sealed_column_is_on_the_list() -> None:
    assert set(stages()) == {table.name for table in metadata.tables.values() if sealed_columns(table)}


def test_all_is_sealed_anew_and_opens_with_the_new_key_alone(ours: House, engine: Engine, clock: Clock) -> None:
    clock.forward(hours=1)
    center = with_keys(ours, engine, NEW, SECRET)
    with center.records.read() as db:
        assert set(left(db, center.records.vault)) == set(stages()) - {"account", "organisation_setting"}
    report = rotate(center)
    assert report.left == {} and sum(report.rows.values()) == 3 * (len(stages()) - 2)
    alone = with_keys(ours, engine, NEW)
    vault = alone.records.vault
    with alone.records.read() as db:
        assert left(db, vault) == {}
        for public, sealed in db.execute(select(client.c.public_id, client.c.content)):
            assert open_json(vault, "client", public, sealed) == CLIENT_CONTENT
        versions = select(client.c.public_id, client_version.c.version, client_version.c.content).join(client)
        for public, version, sealed in db.execute(versions):
            assert open_json(vault, "client_version", f"{public}:{version}", sealed) == CLIENT_CONTENT
        public = db.execute(select(assessment.c.public_id)).scalars().first()
        assert public and find_assessment(db, vault, ours.organisation, public, clock.now)
        assert db.execute(select(plan.c.handle).where(plan.c.public_id.is_not(None))).scalars().all()
        wanted = vault.handle("invitation:" + TOKEN)
        assert wanted in db.execute(select(campaign_person.c.invitation_handle)).scalars().all()
        assert len(clients.search(db, vault, ours.organisation, "name", "张三")) == 3
    assert all(one.checked.intact for one in check_every_trail(alone.records, alone.var))
    for one in (center, alone):
        one.records.close()


def test_accounts_and_settings_open_under_the_new_key(ours: House, engine: Engine) -> None:
    from tcm_engine.center.access import change_settings, read_settings
    from tcm_engine.records import staff

    change_settings(ours.center, ours.caller("administrator"), 0, display_name="康和")
    with ours.center.records.write() as db:
        staff.set_profile(db, ours.center.records.vault, ours.organisation, ours.accounts["operator"], {"name": "李四"})
        staff.set_second_factor(db, ours.center.records.vault, ours.organisation, ours.accounts["operator"], {"secret": "S"})
    center = with_keys(ours, engine, NEW, SECRET)
    assert rotate(center).left == {}
    alone = with_keys(ours, engine, NEW)
    assert read_settings(alone, ours.organisation).settings.display_name == "康和"
    with alone.records.read() as db:
        found = staff.find(db, alone.records.vault, ours.organisation, ours.accounts["operator"])
    assert found and found.profile == {"name": "李四"} and found.second_factor == {"secret": "S"}
    for one in (center, alone):
        one.records.close()


def test_again_does_nothing_and_says_what_still_waits(ours: House, engine: Engine, clock: Clock) -> None:
    clock.forward(hours=1)
    center = with_keys(ours, engine, NEW, SECRET)
    first = rotate(center)
    assert {one.kind for one in first.waiting} >= {"session", "sign_in_link", "api_token", "draft"} and not first.complete
    again = rotate(center)
    assert (again.rows, again.files, again.left) == ({}, 0, {}) and again.waiting == first.waiting
    done = rotate(center, finish=True)
    assert done.complete and done.ended["session"] == 3
    with center.records.read() as db:
        assert db.execute(select(func.count()).select_from(session)).scalar_one() == 0
    assert len([one for one in check_every_trail(center.records, center.var) if one.checked.intact]) == 1
    center.records.close()


def test_what_waits_is_over_by_itself_in_time(ours: House, engine: Engine, clock: Clock) -> None:
    clock.forward(hours=1)
    center = with_keys(ours, engine, NEW, SECRET)
    report = rotate(center)
    assert report.waiting and all(one.until for one in report.waiting)
    clock.forward(days=40)
    assert rotate(center).complete
    center.records.close()


def test_a_second_change_after_the_first_keeps_the_trail_whole(ours: House, engine: Engine, clock: Clock) -> None:
    third = "third-secret" * 4
    for secrets in ((NEW, SECRET), (third, NEW)):
        clock.forward(days=40)
        center = with_keys(ours, engine, *secrets)
        assert rotate(center).complete
        center.records.close()
    alone = with_keys(ours, engine, third)
    assert all(one.checked.intact for one in check_every_trail(alone.records, alone.var))
    alone.records.close()


def test_a_trail_that_was_broken_is_not_vouched_for(ours: House, engine: Engine, clock: Clock) -> None:
    from sqlalchemy import text

    with ours.center.records.write() as db:
        drop = ("DROP TRIGGER audit_no_update",) if db.dialect.name == "sqlite" else ("DROP TRIGGER audit_add_only ON audit",)
        for one in drop:
            db.execute(text(one))
        db.execute(text("UPDATE audit SET actor = 'client' WHERE number = 3"))
    center = with_keys(ours, engine, NEW, SECRET)
    rotate(center, finish=True)
    alone = with_keys(ours, engine, NEW)
    (found,) = check_every_trail(alone.records, alone.var)
    assert found.checked.fault and found.checked.fault.number == 3
    for one in (center, alone):
        one.records.close()


def test_without_an_earlier_key_nothing_is_begun(ours: House, engine: Engine) -> None:
    center = with_keys(ours, engine, NEW)
    with pytest.raises(OneKeyOnly):
        rotate(center)
    center.records.close()


def test_a_value_that_no_key_opens_is_named_and_nothing_of_its_batch_is_written(ours: House, engine: Engine) -> None:
    with ours.center.records.write() as db:
        victim = db.execute(select(client.c.id)).scalars().first()
        db.execute(update(client).where(client.c.id == victim).values(content=ours.center.records.vault.seal(b"{}", b"elsewhere")))
    center = with_keys(ours, engine, NEW, SECRET)
    with pytest.raises(DoesNotOpen, match=f"row {victim} of client"):
        rotate(center)
    with center.records.read() as db:
        assert left(db, center.records.vault)["client"] == 3
    center.records.close()


def test_stored_files_are_sealed_anew_in_their_place(ours: House, engine: Engine, clock: Clock) -> None:
    contents = [b"", b"x" * 10, os.urandom(2**20), os.urandom(2**21 + 5)]
    for content in contents:
        new = store_bytes(ours.center, ours.organisation, content)
        with ours.center.records.write() as db:
            stored_file.add_file(db, ours.center.records.vault, ours.organisation, new, "report", clock.now)
    clock.forward(hours=1)
    center = with_keys(ours, engine, NEW, SECRET)
    report = rotate(center)
    assert (report.files, report.broken_files) == (4, ())
    assert rotate(center).files == 0
    alone, old = with_keys(ours, engine, NEW), with_keys(ours, engine, SECRET)
    with alone.records.read() as db:
        rows = stored_file.list_files(db, ours.organisation)
    assert [read_whole(alone, row) for row in rows] == contents
    with pytest.raises(CannotOpen):
        read_whole(old, rows[1])
    again = store_bytes(alone, ours.organisation, contents[1])
    with alone.records.write() as db:
        assert stored_file.add_file(db, alone.records.vault, ours.organisation, again, "report", clock.now) == rows[1].id
    for one in (center, alone, old):
        one.records.close()


def test_a_file_that_does_not_open_is_named_and_stays(ours: House, engine: Engine, clock: Clock) -> None:
    new = store_bytes(ours.center, ours.organisation, b"content")
    with ours.center.records.write() as db:
        stored_file.add_file(db, ours.center.records.vault, ours.organisation, new, "report", clock.now)
    path = ours.center.var / "files" / new.path
    raw = path.read_bytes()
    path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    center = with_keys(ours, engine, NEW, SECRET)
    report = rotate(center, finish=True)
    assert [fault.path for fault in report.broken_files] == [new.path] and not report.complete
    assert len(list(path.parent.iterdir())) == 1
    center.records.close()


def test_killed_at_any_moment_it_goes_on_where_it_stopped(ours: House, engine: Engine, clock: Clock, tmp_path: Path) -> None:
    fill_tables(ours, 500, frozenset(metadata.tables) - {"client", "measurement", "follow_up"})
    url = ours.center.records.engine.url.render_as_string(hide_password=False)
    script = (
        "import sys\nfrom tcm_engine.center import Center\nfrom tcm_engine.center.clients import entries_of_content\n"
        "from tcm_engine.center.privacy import rotate_keys\nfrom tcm_engine.records import Records, Vault\n"
        "from pathlib import Path\nfrom tcm_engine import Engine\n"
        f"center = Center(Engine.load(), Records({url!r}, Vault([{NEW!r}, {SECRET!r}])), var=Path({str(ours.center.var)!r}))\n"
        "print('ready', flush=True)\n"
        "rotate_keys(center, lambda content: entries_of_content(center, content))\nprint('done', flush=True)\n"
    )
    stops, finished = [], False
    for wait in (0.0, 0.05, 0.1, 0.2, 0.3):
        process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout and process.stdout.readline() == "ready\n"
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with ours.center.records.read() as db:
            found = rotations.find(db, Vault([NEW]).key_id)
        stops.append((found.stage, found.position) if found else ("", 0))
        finished = finished or bool(found and found.ended_at)
    clock.forward(hours=1)
    center = with_keys(ours, engine, NEW, SECRET)
    report = rotate(center)
    assert report.left == {} and len(set(stops)) > 1, stops
    alone = with_keys(ours, engine, NEW)
    with alone.records.read() as db:
        assert left(db, alone.records.vault) == {}
        assert len(clients.search(db, alone.records.vault, ours.organisation, "name", "张三")) == 503
    for one in (center, alone):
        one.records.close()
