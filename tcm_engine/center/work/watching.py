"""Looking at long work, stopping it and letting it go on, and fetching what it made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit, rights_of
from tcm_engine.records import job, stored_file

from .asking import MAKES_FILES
from .files import read_stored
from .kinds import RIGHT_OF

MOST_SHOWN = 100
FETCHED = ("archive", "print_pdf", "report")
"""Kinds of files that are shown with the job; a plan's document is fetched with the plan."""


@dataclass(frozen=True, slots=True)
class Progress:
    public_id: str
    kind: str
    campaign: str | None
    """Public id."""
    campaign_name: str | None
    state: str
    """waiting, running, stopping, stopped, done or failed"""
    total: int
    done: int
    failed: int
    packed: int
    """Of what is packed into one file: how many so far; 0 where items are made one by one."""
    error: str
    """Code of what brought the whole to a halt; may be empty."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def ahead(self) -> int:
        """Items that are behind us, whatever became of them."""
        return max(self.done + self.failed, min(self.packed, self.total))

    @property
    def over(self) -> bool:
        return self.state in ("stopped", "done", "failed")


@dataclass(frozen=True, slots=True)
class ItemFault:
    number: int
    """Place of the item in the job, from 1."""
    key: str
    error: str
    attempts: int
    client: str | None = None
    """Public id of the client whose it is."""


@dataclass(frozen=True, slots=True)
class Watched:
    progress: Progress
    faults: tuple[ItemFault, ...]
    """At most MOST_SHOWN of them."""
    files: tuple[job.JobFile, ...]


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    """File name without anything of a person."""
    kind: str
    size: int
    content: Iterator[bytes]


def jobs(center: Center, caller: Caller) -> list[Progress]:
    """The latest jobs that the caller may see, the newest first. Raises NotAllowed."""
    permit(caller, "read_indicators")
    with center.records.read() as db:
        return [_progress(db, row) for row in job.latest_jobs(db, _eyes(caller), _kinds(caller), MOST_SHOWN)]


def job_progress(center: Center, caller: Caller, public_id: str) -> Progress:
    """Raises NotAllowed, NotFound."""
    with center.records.read() as db:
        return _progress(db, _found(db, caller, public_id))


def watch_job(center: Center, caller: Caller, public_id: str) -> Watched:
    """A job with its faults and the files that can be fetched. Raises NotAllowed, NotFound."""
    with center.records.read() as db:
        row = _found(db, caller, public_id)
        failed = job.faults(db, row.organisation, row.id)[:MOST_SHOWN]
        places = {key: number for number, key in enumerate(job.keys_of(db, row.organisation, row.id), 1)} if failed else {}
        whose = job.clients_of_keys(db, row.organisation, places.keys() & {key for key, *_ in failed}) if failed else {}
        faults = tuple(ItemFault(places[key], key, error, attempts, whose.get(key)) for key, error, attempts in failed)
        return Watched(_progress(db, row), faults, tuple(job.files(db, row.organisation, row.id, FETCHED)))


def stop_job(center: Center, caller: Caller, public_id: str) -> None:
    """What is in hand is ended, the rest waits until somebody lets it go on. A job that is over stays as it is.

    Raises NotAllowed, NotFound.
    """
    with center.records.write() as db:
        row = _found(db, caller, public_id)
        if job.ask_to_stop(db, row.organisation, public_id, center.clock()):
            note(db, center, caller, "job_stopped", "job", public_id)


def resume_job(center: Center, caller: Caller, public_id: str) -> None:
    """A job that was stopped goes on; what failed is tried again; a file that is gone is made again. Raises NotAllowed, NotFound."""
    with center.records.write() as db:
        row = _found(db, caller, public_id)
        if row.state in (job.WAITING, job.RUNNING) and row.stop_asked_at is None:
            return
        again = job.reopen(db, row.organisation, row.id, makes_files=row.kind in MAKES_FILES)
        note(db, center, caller, "job_resumed", "job", public_id, items=again)


def fetch_file(center: Center, caller: Caller, public_id: str, file_id: str) -> Download:
    """A file that a job made; its content is opened piece by piece. Raises NotAllowed, NotFound, CannotOpen."""
    with center.records.write() as db:
        row = _found(db, caller, public_id)
        found = stored_file.find_file(db, row.organisation, file_id)
        if found is None or found.kind not in FETCHED or not job.has_file(db, row.organisation, row.id, file_id):
            raise NotFound
        if found.expires_at and found.expires_at <= center.clock():
            raise NotFound
        content = read_stored(center, found)
        note(db, center, caller, "file_fetched", "job", public_id, kind=found.kind, size=found.size)
    return Download(f"{row.kind}-{row.public_id[:8]}-{found.public_id[:4]}", found.kind, found.size, content)


def _found(db: Connection, caller: Caller, public_id: str) -> job.JobRow:
    permit(caller, "read_indicators")
    row = job.find_job(db, _eyes(caller), public_id)
    if row is None or row.kind not in _kinds(caller):
        raise NotFound
    return row


def _kinds(caller: Caller) -> tuple[str, ...]:
    granted = rights_of(caller)
    return tuple(kind for kind, right in RIGHT_OF.items() if right in granted)


def _eyes(caller: Caller) -> job.Eyes:
    return job.Eyes(caller.organisation, caller.account, caller.branch)


def _progress(db: Connection, row: job.JobRow) -> Progress:
    count = job.counts(db, row.organisation, row.id)
    state = "stopping" if row.state == job.RUNNING and row.stop_asked_at else row.state
    return Progress(
        row.public_id, row.kind, row.campaign, row.campaign_name, state, row.total, count.done, count.failed, row.packed, row.error,
        row.created_at, row.started_at, row.ended_at,
    )  # fmt: skip
