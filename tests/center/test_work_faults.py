"""Bad luck of single items and jobs: it concerns them alone, the process goes on, and nothing that may not be kept is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, update

from tcm_engine.center import Caller, Center, NotAllowed
from tcm_engine.center.work import Kind, Made, Order, Pool, Refused, Task, job_progress, watch_job
from tcm_engine.records import CannotOpen, Vault, disable_account, job, stored_file

from .light_work import echo, light
from .test_work_running import _Kept
from .working import ask, files_of, runner, staff


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    found = Pool(workers=1)
    yield found
    found.close()


@pytest.fixture
def here(center: Center, tmp_path: Path) -> Center:
    return replace(center, var=tmp_path / "var")


def prepare(_center: Center, _order: Order, key: str) -> Task:
    raised = {
        "denied": NotAllowed(),
        "sealed": CannotOpen("other key"),
        "odd": ZeroDivisionError("a person's words"),
        "no": Refused("no_consent"),
    }
    if key in raised:
        raise raised[key]
    return Task(key.encode())


def on_disk(center: Center) -> list[Path]:
    return [path for path in (center.var / "files").rglob("*") if path.is_file()]


def test_whatever_goes_wrong_with_one_item_the_others_are_made(here: Center, pool: Pool) -> None:
    caller = staff(here)
    public = ask(here, caller, ["a", "denied", "sealed", "odd", "no", "b"])
    runner(here, {"plan_pdfs": Kind("plan_pdfs", "plan_pdf", work=echo, prepare=prepare)}, lambda: _Kept(pool)).run(once=True)
    found = watch_job(here, caller, public)
    assert (found.progress.state, found.progress.done) == ("done", 2)
    assert {one.key: one.error for one in found.faults} == {
        "denied": "not_allowed",
        "sealed": "does_not_open",
        "odd": "not_made",
        "no": "no_consent",
    }


def test_a_job_that_does_not_open_halts_alone(here: Center, pool: Pool) -> None:
    caller = staff(here)
    broken, whole = ask(here, caller, ["a"]), ask(here, caller, ["b"])
    with here.records.write() as db:
        db.execute(update(job.job).where(job.job.c.public_id == broken).values(content=Vault(["o" * 40]).seal(b"{}", b"elsewhere")))
    runner(here, light(), lambda: _Kept(pool)).run(once=True)
    assert (job_progress(here, caller, broken).state, job_progress(here, caller, broken).error) == ("stopped", "does_not_open")
    assert job_progress(here, caller, whole).state == "done"


def test_of_an_item_that_is_erased_meanwhile_nothing_is_left(here: Center, pool: Pool) -> None:
    caller = staff(here)
    public = ask(here, caller, ["a", "b"])

    def erase(center: Center, _order: Order, key: str) -> Task:
        with center.records.write() as db:
            db.execute(delete(job.job_item).where(job.job_item.c.key == "a"))
        return Task(key.encode())

    runner(here, {"plan_pdfs": Kind("plan_pdfs", "plan_pdf", work=echo, prepare=erase)}, lambda: _Kept(pool)).run(once=True)
    assert job_progress(here, caller, public).done == 1
    assert len(files_of(here, caller)) == len(on_disk(here)) == 1


def test_what_may_not_be_stored_any_more_leaves_no_file(here: Center, pool: Pool) -> None:
    def refuse(_db: Connection, _center: Center, _order: Order, _key: str, _task: Task, _made: Made | None) -> None:
        raise Refused("no_consent")

    caller = staff(here)
    public = ask(here, caller, ["a"])
    runner(here, {"plan_pdfs": Kind("plan_pdfs", "plan_pdf", work=echo, store=refuse)}, lambda: _Kept(pool)).run(once=True)
    assert [one.error for one in watch_job(here, caller, public).faults] == ["no_consent"]
    assert files_of(here, caller) == on_disk(here) == []


@pytest.mark.parametrize(("disabled", "role"), [(False, "manager"), (True, None)])
def test_work_is_done_with_the_rights_that_who_asked_has_now(here: Center, pool: Pool, disabled: bool, role: str | None) -> None:
    callers: list[Caller] = []

    def look(_center: Center, order: Order, key: str) -> Task:
        callers.append(order.caller)
        return Task(key.encode())

    caller = staff(here)
    ask(here, caller, ["a"])
    if disabled:
        with here.records.write() as db:
            assert disable_account(db, caller.organisation, "manager", here.clock())
    runner(here, {"plan_pdfs": Kind("plan_pdfs", "plan_pdf", work=echo, prepare=look)}, lambda: _Kept(pool)).run(once=True)
    assert [(one.organisation, one.role, one.actor) for one in callers] == [(caller.organisation, role, caller.actor)]


def test_a_file_of_more_than_two_gigabytes_has_its_size(here: Center) -> None:
    organisation, size = staff(here).organisation, 5 * 2**30
    with here.records.write() as db:
        new = stored_file.NewFile(b"d" * 32, "1/aa/aa", b"s" * stored_file.SEAL_BYTES, size)
        row = stored_file.add_file(db, here.records.vault, organisation, new, "archive", here.clock())
        found = stored_file.get_file(db, organisation, row)
    assert found and found.size == size
