"""The work process with real worker processes: each thing once, what fails fails alone, what was stopped goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tcm_engine.center import Center
from tcm_engine.center.work import Kind, Pool, Runner, job_progress, read_whole, resume_job, stop_job, sweep_files, watch_job
from tcm_engine.records import lease

from .light_work import echo, light
from .working import ask, files_of, runner, staff


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One worker process for all tests of this module."""
    found = Pool(workers=1)
    yield found
    found.close()


@pytest.fixture
def here(center: Center, tmp_path: Path) -> Center:
    return replace(center, var=tmp_path / "var")


def test_everything_is_made_once_and_kept_sealed(here: Center, pool: Pool) -> None:
    caller = staff(here)
    public = ask(here, caller, ["a", "b", "c"])
    runner(here, light(), lambda: _Kept(pool)).run(once=True)
    found = job_progress(here, caller, public)
    assert (found.state, found.done, found.failed, found.ahead, found.over) == ("done", 3, 0, 3, True)
    files = files_of(here, caller)
    assert sorted(read_whole(here, row) for row in files) == [b"aaa", b"bbb", b"ccc"]
    assert ask(here, caller, ["a", "b", "c"]) == public
    runner(here, light(), lambda: _Kept(pool)).run(once=True)
    assert [row.seal for row in files_of(here, caller)] == [row.seal for row in files]


def test_what_breaks_or_kills_its_process_fails_alone(here: Center) -> None:
    caller = staff(here)
    public = ask(here, caller, ["a", "kills", "b", "breaks", "refused", "c"])
    runner(here, light()).run(once=True)
    found = watch_job(here, caller, public)
    assert (found.progress.state, found.progress.done, found.progress.failed) == ("done", 3, 3)
    assert {(one.number, one.error, one.attempts) for one in found.faults} == {
        (2, "worker_died", 3),
        (4, "not_made", 3),
        (5, "assessment_gone", 3),
    }
    resume_job(here, caller, public)
    assert job_progress(here, caller, public).failed == 0


def test_a_job_that_is_stopped_keeps_what_is_done_and_goes_on(here: Center, pool: Pool) -> None:
    caller = staff(here)
    public = ask(here, caller, [f"item{number}" for number in range(8)])
    process = runner(here, light(), lambda: _Kept(pool))
    process.tell = lambda _order, _kind, counts, _packed: stop_job(here, caller, public) if counts.done == 2 else None
    process.run(once=True)
    stopped = job_progress(here, caller, public)
    assert stopped.state == "stopped"
    assert 2 <= stopped.done < 8
    seals = {row.seal for row in files_of(here, caller)}
    resume_job(here, caller, public)
    runner(here, light(), lambda: _Kept(pool)).run(once=True)
    assert job_progress(here, caller, public).done == 8
    assert seals <= {row.seal for row in files_of(here, caller)}


def test_who_lost_the_lease_writes_nothing(here: Center, pool: Pool) -> None:
    caller = staff(here)
    public = ask(here, caller, ["a", "b", "c"])
    process = runner(here, light(), lambda: _Kept(pool), ttl_s=600)

    def rob(*_: object) -> None:
        with here.records.write() as db:
            db.execute(text("UPDATE lease SET holder = 'another'"))
        process.stopped.set()

    process.tell = rob
    process.run(once=True)
    assert job_progress(here, caller, public).done == 1
    with here.records.read() as db:
        held = lease.held(db, "work")
    assert held and held.holder == "another"


def test_an_unknown_kind_is_said(here: Center, pool: Pool) -> None:
    caller = staff(here)
    public = ask(here, caller, ["a"])
    Runner(here, {}, lambda: _Kept(pool), runner(here, {}).lease).run(once=True)
    assert (job_progress(here, caller, public).state, job_progress(here, caller, public).error) == ("failed", "unknown_kind")


def test_a_full_disk_halts_the_job_and_loses_nothing(here: Center, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = staff(here)
    public = ask(here, caller, ["a", "b"])
    with monkeypatch.context() as patched:
        patched.setattr("tcm_engine.center.work.files.FREE", 2**62)
        runner(here, light(), lambda: _Kept(pool)).run(once=True)
    found = job_progress(here, caller, public)
    assert (found.state, found.error, found.done) == ("stopped", "disk_full", 0)
    resume_job(here, caller, public)
    runner(here, light(), lambda: _Kept(pool)).run(once=True)
    assert job_progress(here, caller, public).done == 2


def test_a_file_of_the_same_making_is_taken_and_not_made_again(here: Center, pool: Pool) -> None:
    from tcm_engine.center.work import Task

    caller = staff(here)
    kinds = {"plan_pdfs": Kind("plan_pdfs", "plan_pdf", work=echo, prepare=lambda _c, _o, key: Task(key.encode(), f"made of {key}"))}
    ask(here, caller, ["a", "b"])
    runner(here, kinds, lambda: _Kept(pool)).run(once=True)
    before = {row.seal for row in files_of(here, caller)}
    ask(here, caller, ["a", "b", "c"])
    runner(here, kinds, lambda: _Kept(pool)).run(once=True)
    after = {row.seal for row in files_of(here, caller)}
    assert before < after
    assert len(after) == 3


def test_what_no_row_names_is_swept(here: Center, pool: Pool) -> None:
    caller = staff(here)
    ask(here, caller, ["a"])
    runner(here, light(), lambda: _Kept(pool)).run(once=True)
    folder = here.var / "files" / str(caller.organisation)
    (folder / ".new-left-behind").write_bytes(b"x")
    assert sweep_files(here) == 0
    assert sweep_files(here, old_s=0) == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


class _Kept(Pool):
    """A pool that outlives its process: starting one takes seconds."""

    def __init__(self, pool: Pool):
        self._client, self._cluster = pool._client, pool._cluster

    def close(self) -> None:
        """The module closes it."""
