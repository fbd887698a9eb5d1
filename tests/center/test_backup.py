"""The drill: back up while the server writes, destroy everything, put it back, and find all as it was; on both databases and across."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from tcm_engine import Engine
from tcm_engine.center import Center, note
from tcm_engine.center.privacy import CannotRead, CannotRestore, Locks, check_every_trail, make_backup, restore_backup
from tcm_engine.center.privacy import backup as backups
from tcm_engine.center.privacy.strongbox import PIECE, Reader, Writer
from tcm_engine.records import Records, Vault, open_json, upgrade
from tcm_engine.records.portable import dump
from tcm_engine.records.tables import client, metadata, stored_file
from tests.center.privacy_people import CLIENT_CONTENT, House, fill_tables, house
from tests.center.sheets import SECRET, Clock, center_at
from tests.postgres import Cluster

PASSPHRASE = "correct horse battery"
LOCKS = Locks([SECRET])


@pytest.fixture
def ours(center: Center, tmp_path: Path) -> House:
    object.__setattr__(center, "var", tmp_path / "var")
    found = house(center)
    fill_tables(found, 3)
    put_files(found)
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    """An empty database of either kind, for what is put back."""
    if request.param == "sqlite":
        found = Records(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", Vault([SECRET]))
        yield found
        found.close()
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    with cluster.database() as url:
        found = Records(url, Vault([SECRET]))
        yield found
        found.close()


def put_files(at: House) -> None:
    with at.center.records.read() as db:
        for number, path in enumerate(db.execute(select(stored_file.c.path)).scalars()):
            file = at.center.var / "files" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(bytes([number]) * (PIECE + number))


def content(records: Records) -> list[object]:
    with records.snapshot() as db:
        return sorted(((batch.table, batch.columns, batch.rows) for batch in dump(db)), key=lambda one: one[0])


def test_what_was_backed_up_is_put_back_row_for_row(ours: House, elsewhere: Records, tmp_path: Path) -> None:
    before = content(ours.center.records)
    files = {path: (ours.center.var / "files" / path).read_bytes() for path in paths(ours.center.records)}
    made = make_backup(ours.center.records, ours.center.var, tmp_path / "b.tcm", LOCKS, ours.center.clock())
    assert made.rows > len(metadata.tables) and made.files == 3 and made.trails_intact and made.missing == ()
    shutil.rmtree(ours.center.var)
    new_var = tmp_path / "new"
    restored = restore_backup(elsewhere, new_var, tmp_path / "b.tcm", LOCKS)
    assert content(elsewhere) == before
    assert (restored.rows, restored.files) == (made.rows, 3)
    assert {path: (new_var / "files" / path).read_bytes() for path in paths(elsewhere)} == files
    assert restored.trails and all(one.checked.intact and one.checked.rows for one in restored.trails)
    with elsewhere.read() as db:
        for public, sealed in db.execute(select(client.c.public_id, client.c.content)):
            assert open_json(elsewhere.vault, "client", public, sealed) == CLIENT_CONTENT


def test_a_restored_installation_goes_on(ours: House, elsewhere: Records, engine: Engine, clock: Clock, tmp_path: Path) -> None:
    make_backup(ours.center.records, ours.center.var, tmp_path / "b.tcm", LOCKS, ours.center.clock())
    restore_backup(elsewhere, tmp_path / "new", tmp_path / "b.tcm", LOCKS)
    again = House(Center(engine, elsewhere, clock=clock, var=tmp_path / "new"), ours.organisation, ours.accounts)
    fill_tables(again, 1, frozenset({"organisation_setting"}), salt="again")  # new rows get new ids; the trail goes on where it stood
    assert all(one.checked.intact for one in check_every_trail(elsewhere, tmp_path / "new"))


def paths(records: Records) -> list[str]:
    with records.read() as db:
        return sorted(db.execute(select(stored_file.c.path)).scalars())


def test_it_is_one_moment_although_others_write_meanwhile(ours: House, elsewhere: Records, tmp_path: Path) -> None:
    stop = threading.Event()
    written = []

    def write() -> None:
        while not stop.is_set():
            with ours.center.records.write() as db:
                note(db, ours.center, ours.caller("operator"), "busy", "client", "id")
            written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            make_backup(ours.center.records, ours.center.var, tmp_path / f"{number}.tcm", LOCKS, ours.center.clock())
    finally:
        stop.set()
        writer.join()
    assert len(written) > 3
    restored = restore_backup(elsewhere, tmp_path / "new", tmp_path / "2.tcm", LOCKS)
    assert all(one.checked.intact for one in restored.trails)


def test_nothing_in_it_can_be_read_and_it_opens_with_its_own_key_alone(ours: House, elsewhere: Records, tmp_path: Path) -> None:
    file = tmp_path / "b.tcm"
    make_backup(ours.center.records, ours.center.var, file, Locks([SECRET], PASSPHRASE), ours.center.clock())
    raw = file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert b"organisation" not in raw and "张三".encode() not in raw and b"manifest" not in raw
    for locks in (LOCKS, Locks([SECRET], "some other passphrase")):
        with pytest.raises(CannotRead, match="passphrase"):
            restore_backup(elsewhere, tmp_path / "new", file, locks)
    restore_backup(elsewhere, tmp_path / "new", file, Locks(["not needed for this" * 3], PASSPHRASE))


def test_rows_of_another_secret_key_are_not_put_back(ours: House, tmp_path: Path) -> None:
    make_backup(ours.center.records, ours.center.var, tmp_path / "b.tcm", Locks([SECRET], PASSPHRASE), ours.center.clock())
    stranger = Records(f"sqlite:///{tmp_path / 'stranger.sqlite3'}", Vault(["x" * 40]))
    with pytest.raises(CannotRestore, match="TCM_SECRET_KEY_FILE"):
        restore_backup(stranger, tmp_path / "new", tmp_path / "b.tcm", Locks([SECRET], PASSPHRASE))
    assert not (tmp_path / "new").exists() and content(stranger) == []
    stranger.close()


def changed(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


SECOND, THIRD = 28 + PIECE + 16, 28 + 2 * (PIECE + 16)
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "first piece": lambda raw: changed(raw, 100),
    "last byte": lambda raw: changed(raw, len(raw) - 1),
    "in the middle": lambda raw: changed(raw, len(raw) // 2),
    "head": lambda raw: changed(raw, 20),
    "kind": lambda raw: changed(raw, 0),
    "tail cut": lambda raw: raw[:-5],
    "whole pieces cut": lambda raw: raw[: 28 + PIECE + 16],
    "pieces exchanged": lambda raw: raw[:28] + raw[SECOND:THIRD] + raw[28:SECOND] + raw[THIRD:],
    "something added": lambda raw: raw + b"\0" * 40,
    "empty": lambda raw: b"",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_is_refused_before_anything_is_written(ours: House, elsewhere: Records, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "b.tcm"
    make_backup(ours.center.records, ours.center.var, file, LOCKS, ours.center.clock())
    file.write_bytes(DAMAGE[damage](file.read_bytes()))
    with pytest.raises(CannotRead):
        restore_backup(elsewhere, tmp_path / "new", file, LOCKS)
    assert not (tmp_path / "new").exists() and content(elsewhere) == []


def test_it_is_put_into_an_empty_installation_alone(ours: House, tmp_path: Path) -> None:
    file = tmp_path / "b.tcm"
    make_backup(ours.center.records, ours.center.var, file, LOCKS, ours.center.clock())
    before = content(ours.center.records)
    with pytest.raises(CannotRestore, match="holds something already"):
        restore_backup(ours.center.records, ours.center.var, file, LOCKS)
    assert content(ours.center.records) == before


def test_a_prepared_but_empty_database_will_do_and_twice_is_refused(ours: House, elsewhere: Records, tmp_path: Path) -> None:
    make_backup(ours.center.records, ours.center.var, tmp_path / "b.tcm", LOCKS, ours.center.clock())
    upgrade(elsewhere)
    restore_backup(elsewhere, tmp_path / "new", tmp_path / "b.tcm", LOCKS)
    with pytest.raises(CannotRestore, match="holds something already"):
        restore_backup(elsewhere, tmp_path / "new", tmp_path / "b.tcm", LOCKS)


def test_a_newer_program_s_backup_is_refused(ours: House, elsewhere: Records, tmp_path: Path) -> None:
    file = tmp_path / "b.tcm"
    make_backup(ours.center.records, ours.center.var, file, LOCKS, ours.center.clock())
    rewrite(file, lambda name, raw: json.dumps(json.loads(raw) | {"revision": "9999"}).encode() if name == "head.json" else raw)
    with pytest.raises(CannotRestore, match="newer program"):
        restore_backup(elsewhere, tmp_path / "new", file, LOCKS)


def rewrite(file: Path, change: Callable[[str, bytes], bytes], seal: bool = True) -> None:
    """A backup with other entries, closed with the right key: only its manifest can tell."""
    import hashlib
    import io
    import tarfile

    with file.open("rb") as source:
        plain = Reader(source, LOCKS).read()
    entries = {}
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        for info in tar:
            entries[info.name] = change(info.name, tar.extractfile(info).read())  # type: ignore[union-attr]
    if seal:
        manifest = json.loads(entries[backups.MANIFEST])
        for name in manifest["entries"]:
            manifest["entries"][name] = {"size": len(entries[name]), "sha256": hashlib.sha256(entries[name]).hexdigest()}
        entries[backups.MANIFEST] = json.dumps(manifest).encode()
    with file.open("wb") as target:
        writer = Writer(target, LOCKS)
        with tarfile.open(fileobj=writer, mode="w|") as tar:  # type: ignore[call-overload]
            for name, raw in entries.items():
                info = tarfile.TarInfo(name)
                info.size = len(raw)
                tar.addfile(info, io.BytesIO(raw))
        writer.close()


def test_entries_that_are_not_what_the_manifest_says_are_refused(ours: House, elsewhere: Records, tmp_path: Path) -> None:
    file = tmp_path / "b.tcm"
    make_backup(ours.center.records, ours.center.var, file, LOCKS, ours.center.clock())
    rewrite(file, lambda name, raw: raw.replace(b"ours", b"OURS") if name.startswith("tables/organisation/") else raw, seal=False)
    with pytest.raises(CannotRestore, match="not what its manifest names"):
        restore_backup(elsewhere, tmp_path / "new", file, LOCKS)
    assert not (tmp_path / "new").exists()


def test_no_backup_is_written_over_another(ours: House, tmp_path: Path) -> None:
    (tmp_path / "b.tcm").write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        make_backup(ours.center.records, ours.center.var, tmp_path / "b.tcm", LOCKS, ours.center.clock())
    assert (tmp_path / "b.tcm").read_bytes() == b"kept"


def test_a_file_that_is_gone_is_named_and_the_rest_is_kept(ours: House, elsewhere: Records, tmp_path: Path) -> None:
    gone = paths(ours.center.records)[0]
    (ours.center.var / "files" / gone).unlink()
    made = make_backup(ours.center.records, ours.center.var, tmp_path / "b.tcm", LOCKS, ours.center.clock())
    assert (made.files, made.missing) == (2, (gone,))
    assert restore_backup(elsewhere, tmp_path / "new", tmp_path / "b.tcm", LOCKS).missing == (gone,)


def test_the_anchors_come_with_it(ours: House, elsewhere: Records, tmp_path: Path) -> None:
    make_backup(ours.center.records, ours.center.var, tmp_path / "b.tcm", LOCKS, ours.center.clock())
    restore_backup(elsewhere, tmp_path / "new", tmp_path / "b.tcm", LOCKS)
    assert (tmp_path / "new" / "audit_anchors.jsonl").read_text() == (ours.center.var / "audit_anchors.jsonl").read_text()


def test_an_empty_installation_can_be_backed_up_too(engine: Engine, elsewhere: Records, tmp_path: Path) -> None:
    empty = center_at(engine, f"sqlite:///{tmp_path / uuid4().hex}.sqlite3", Clock())
    make_backup(empty.records, tmp_path / "var", tmp_path / "b.tcm", LOCKS, empty.clock())
    assert restore_backup(elsewhere, tmp_path / "new", tmp_path / "b.tcm", LOCKS).rows == 1
    empty.records.close()
