"""A centre with people who are assessed, and a work process over it with real worker processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from tcm_engine import Engine
from tcm_engine.center import Caller, Center, assess
from tcm_engine.center.work import Kinds, Lease, Pool, Runner, request_job
from tcm_engine.model import Person
from tcm_engine.records import add_account, add_organisation, job, stored_file

from .sheets import sheet

ON = date(2026, 11, 23)


def staff(center: Center, code: str = "ours") -> Caller:
    with center.records.write() as db:
        organisation = add_organisation(db, code, code, center.clock())
        account = add_account(db, organisation, "manager", "manager", center.clock())
    return Caller(organisation, f"account:{account}", "manager", account)


def people(center: Center, caller: Caller, count: int) -> list[str]:
    """Ids of assessments, all of the same answers: their plans differ in the name alone."""
    one = sheet(center.engine)
    return [assess(center, caller, replace(one, person=Person(one.person.profile, f"测试{n}"))).id for n in range(count)]


def ask(center: Center, caller: Caller, keys: list[str], kind: str = "plan_pdfs") -> str:
    with center.records.write() as db:
        return request_job(db, center, caller, kind, {"on": ON.isoformat(), "lang": "zh-Hans"}, keys)


def runner(center: Center, kinds: Kinds, pool: Callable[[], Pool] | None = None, ttl_s: float = 2.0) -> Runner:
    return Runner(center, kinds, pool or (lambda: Pool(workers=1)), Lease(center, ttl_s))


def under(center: Center, folder: Path) -> Center:
    """The same centre with a folder of its own for files, and the versions that workers have."""
    from reports import typesetting

    return replace(center, var=folder, engine=Engine(center.engine.knowledge, typesetting()))


def files_of(center: Center, caller: Caller) -> list[stored_file.StoredFileRow]:
    with center.records.read() as db:
        return stored_file.list_files(db, caller.organisation)


def running_job(center: Center) -> job.JobRow:
    with center.records.read() as db:
        found = job.next_job(db)
    assert found is not None
    return found
