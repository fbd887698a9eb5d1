"""Asking for long work: found again, never doubled; seen by those alone who may."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tcm_engine.center import Caller, Center, NotAllowed, NotFound, Role
from tcm_engine.center.work import job_progress, jobs, request_job, resume_job, stop_job, watch_job
from tcm_engine.model import InvalidInput
from tcm_engine.records import add_account, add_organisation, job

KEYS = ["a", "b", "c"]


def staff(center: Center, code: str = "ours", role: Role = "manager", branch: int | None = None) -> Caller:
    with center.records.write() as db:
        organisation = add_organisation(db, code, code, center.clock())
        account = add_account(db, organisation, role, role, center.clock())
    return Caller(organisation, f"account:{account}", role, account, branch)


def ask(center: Center, caller: Caller, keys: list[str] = KEYS, **content: object) -> str:
    with center.records.write() as db:
        return request_job(db, center, caller, "plan_pdfs", {"lang": "zh-Hans"} | content, keys)


def number_of_jobs(center: Center) -> int:
    with center.records.read() as db:
        return db.execute(select(func.count()).select_from(job.job)).scalar_one()


def test_what_is_asked_twice_is_one_job(center: Center) -> None:
    caller = staff(center)
    first = ask(center, caller)
    assert [ask(center, caller) for _ in range(3)] == [first] * 3
    assert number_of_jobs(center) == 1
    assert ask(center, caller, lang="en") != first
    assert ask(center, caller, ["a", "b"]) != first
    assert number_of_jobs(center) == 3


def test_another_organisation_s_same_words_are_another_job(center: Center) -> None:
    assert ask(center, staff(center)) != ask(center, staff(center, "theirs"))


def test_a_new_job_waits_with_all_its_items(center: Center) -> None:
    caller = staff(center)
    found = job_progress(center, caller, ask(center, caller))
    assert (found.state, found.total, found.done, found.failed, found.over) == ("waiting", 3, 0, 0, False)
    assert [one.public_id for one in jobs(center, caller)] == [found.public_id]


def test_a_waiting_job_is_stopped_at_once_and_asked_again_it_goes_on(center: Center) -> None:
    caller = staff(center)
    public = ask(center, caller)
    stop_job(center, caller, public)
    assert job_progress(center, caller, public).state == "stopped"
    assert ask(center, caller) == public
    assert job_progress(center, caller, public).state == "waiting"
    stop_job(center, caller, public)
    resume_job(center, caller, public)
    resume_job(center, caller, public)
    assert job_progress(center, caller, public).state == "waiting"


def test_a_running_job_is_stopping_until_what_is_in_hand_is_done(center: Center) -> None:
    caller = staff(center)
    public = ask(center, caller)
    with center.records.write() as db:
        row = job.next_job(db)
        assert row and job.begin_job(db, row.id, center.clock())
    stop_job(center, caller, public)
    assert job_progress(center, caller, public).state == "stopping"
    with center.records.read() as db:
        assert job.stop_is_asked(db, row.id)


@pytest.mark.parametrize("role", ["client", "operator", "practitioner", "auditor"])
def test_roles_that_run_no_campaigns_ask_for_no_plans(center: Center, role: Role) -> None:
    caller = staff(center, role=role)
    with pytest.raises(NotAllowed):
        ask(center, caller)
    assert number_of_jobs(center) == 0


def test_a_role_that_may_not_ask_for_a_kind_does_not_see_it(center: Center) -> None:
    caller = staff(center)
    public = ask(center, caller)
    auditor = Caller(caller.organisation, "account:9", "auditor", 9)
    assert jobs(center, auditor) == []
    with pytest.raises(NotFound):
        job_progress(center, auditor, public)


def test_what_is_another_organisation_s_is_not_found(center: Center) -> None:
    public, stranger = ask(center, staff(center)), staff(center, "theirs")
    assert jobs(center, stranger) == []
    for refused in (job_progress, watch_job, stop_job, resume_job):
        with pytest.raises(NotFound):
            refused(center, stranger, public)


def test_a_branch_sees_its_own_work_alone(center: Center) -> None:
    caller = staff(center)
    public = ask(center, caller)
    elsewhere = Caller(caller.organisation, "account:77", "manager", 77, branch=5)
    asked_it = Caller(caller.organisation, caller.scope, "manager", caller.account, branch=5)
    assert jobs(center, elsewhere) == []
    with pytest.raises(NotFound):
        stop_job(center, elsewhere, public)
    assert [one.public_id for one in jobs(center, asked_it)] == [public]


def test_nothing_to_do_is_said(center: Center) -> None:
    caller = staff(center)
    with pytest.raises(InvalidInput) as refused:
        ask(center, caller, [])
    assert [fault.code for fault in refused.value.faults] == ["nothing_to_do"]


@pytest.mark.parametrize("keys", [["a", "a"], [""], ["x" * 81]])
def test_keys_that_cannot_be_keys_are_an_error_of_ours(center: Center, keys: list[str]) -> None:
    with pytest.raises(ValueError, match="keys of a job"):
        ask(center, staff(center), keys)


def test_what_was_asked_is_sealed(center: Center) -> None:
    caller = staff(center)
    ask(center, caller, note="张三")
    with center.records.read() as db:
        row = job.next_job(db)
        assert row and "张三".encode() not in row.content
        assert job.content_of(center.records.vault, row) == {"lang": "zh-Hans", "note": "张三"}
