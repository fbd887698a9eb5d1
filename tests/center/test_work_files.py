"""Stored files: what goes in comes out; nothing readable on disk; nothing moved, cut or changed is taken."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcm_engine.center import Center
from tcm_engine.center.work import CannotOpen, read_whole, store_bytes
from tcm_engine.center.work import files as work_files
from tcm_engine.records import stored_file

from .working import staff


def keep(center: Center, organisation: int, content: bytes) -> stored_file.StoredFileRow:
    new = store_bytes(center, organisation, content)
    with center.records.write() as db:
        row = stored_file.add_file(db, center.records.vault, organisation, new, "report", center.clock())
        found = stored_file.get_file(db, organisation, row)
    assert found is not None
    return found


@pytest.fixture
def here(center: Center, tmp_path: Path) -> Center:
    return replace(center, var=tmp_path / "var")


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_files, "PIECE", 16)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=100))
def test_what_goes_in_comes_out(here: Center, small_pieces: None, content: bytes) -> None:
    path = store_bytes(here, 1, content)
    row = stored_file.StoredFileRow(1, "x", 1, path.path, path.seal, "report", path.size, here.clock(), None)
    assert read_whole(here, row) == content


def test_a_piece_that_was_changed_moved_or_cut_is_refused(here: Center, small_pieces: None) -> None:
    organisation = staff(here).organisation
    row = keep(here, organisation, bytes(range(64)))
    path = here.var / "files" / row.path
    whole = path.read_bytes()
    size = int.from_bytes(whole[24:28], "big") + 4
    first, second = whole[24 : 24 + size], whole[24 + size : 24 + 2 * size]
    damaged = {
        "changed": whole[:60] + bytes([whole[60] ^ 1]) + whole[61:],
        "cut": whole[:-size],
        "moved": whole[:24] + second + first + whole[24 + 2 * size :],
        "longer": whole + b"x",
    }
    for content in damaged.values():
        path.write_bytes(content)
        with pytest.raises(CannotOpen):
            read_whole(here, row)
    path.unlink()
    with pytest.raises(CannotOpen):
        read_whole(here, row)


def test_another_file_in_its_place_is_refused_at_once(here: Center) -> None:
    organisation = staff(here).organisation
    one, other = keep(here, organisation, b"one"), keep(here, organisation, b"other")
    (here.var / "files" / one.path).write_bytes((here.var / "files" / other.path).read_bytes())
    with pytest.raises(CannotOpen, match="another file"):
        read_whole(here, one)


def test_nothing_readable_is_on_disk(here: Center) -> None:
    canary = "测试金丝雀".encode()
    keep(here, staff(here).organisation, canary * 50_000)
    for path in here.var.rglob("*"):
        assert not path.is_file() or canary not in path.read_bytes()


def test_the_same_content_is_one_row(here: Center) -> None:
    organisation = staff(here).organisation
    assert keep(here, organisation, b"same").id == keep(here, organisation, b"same").id


def test_a_zip_is_written_piece_by_piece(here: Center) -> None:
    with work_files.SealedWriter(here, 1) as target:
        with zipfile.ZipFile(work_files_stream(target), "w") as pack:
            for number in range(30):
                pack.writestr(f"{number}.pdf", bytes([number]) * 100_000)
        new = target.done()
    row = stored_file.StoredFileRow(1, "x", 1, new.path, new.seal, "archive", new.size, here.clock(), None)
    with zipfile.ZipFile(BytesIO(read_whole(here, row))) as pack:
        assert pack.testzip() is None
        assert len(pack.namelist()) == 30


def test_a_writing_that_breaks_leaves_nothing(here: Center) -> None:
    with pytest.raises(RuntimeError), work_files.SealedWriter(here, 1) as target:
        target.write(b"half")
        raise RuntimeError
    assert [path for path in here.var.rglob("*") if path.is_file()] == []


def work_files_stream(target: work_files.SealedWriter):
    from tcm_engine.center.work.packing import _Stream

    return _Stream(target)
