"""Long work: what is to do and what is done, row by row. The lease of the one process that hands it out is in `lease`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from .assessment import assessment
from .campaign import campaign
from .client import client
from .schema import Moment, SealedBytes, belongs_to, new_public_id, owned, public_id
from .sealed_json import open_json, seal_json
from .stored_file import stored_file
from .vault import HANDLE_BYTES, Vault

LONGEST_KEY = 80
"""Characters."""
WAITING, RUNNING, STOPPED, DONE, FAILED = "waiting", "running", "stopped", "done", "failed"
_ROWS_AT_ONCE = 1_000

job = owned(
    "job",
    public_id(),
    belongs_to("campaign", nullable=True),
    Column("handle", LargeBinary(HANDLE_BYTES), nullable=True, comment="keyed hash of all that was asked: the same is found again"),
    Column("kind", String(30), nullable=False),
    Column("content", SealedBytes, nullable=False, comment="JSON: what was asked for"),
    Column("state", String(20), nullable=False, comment="waiting, running, stopped, done or failed"),
    Column("total", Integer, nullable=False),
    Column("packed", Integer, nullable=False, comment="of what is made in one go: how far it is"),
    Column("error", String(60), nullable=False, comment="a code, where the whole came to a halt"),
    Column("account_id", Integer, nullable=True, comment="who asked for it"),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment, nullable=True),
    Column("ended_at", Moment, nullable=True),
    Column("stop_asked_at", Moment, nullable=True),
    Index("ix_job_handle", "organisation_id", "handle", unique=True),
)

job_item = owned(
    "job_item",
    belongs_to("job"),
    Column("key", String(LONGEST_KEY), nullable=False, comment="the same thing has the same key: it is never done twice"),
    Column("state", String(20), nullable=False, comment="waiting, done or failed"),
    Column("attempts", Integer, nullable=False),
    Column("error", String(60), nullable=False, comment="a code; empty where there is none"),
    belongs_to("stored_file", nullable=True, ondelete="SET NULL"),
    Column("ended_at", Moment, nullable=True),
    UniqueConstraint("job_id", "key"),
    Index("ix_job_item_state", "job_id", "state"),
)

_ours = job.c.organisation_id == bindparam("organisation")
_one = _ours & (job.c.public_id == bindparam("public"))
_items = (job_item.c.job_id == bindparam("job")) & (job_item.c.organisation_id == bindparam("organisation"))
_here = bindparam("whole_house", type_=Boolean) | (job.c.account_id == bindparam("account")) | (campaign.c.branch_id == bindparam("branch"))
"""Who is bound to a branch sees its campaigns' work, and what they asked for themselves."""
_columns = (
    job.c.id, job.c.public_id, job.c.organisation_id, campaign.c.public_id.label("campaign"), campaign.c.name.label("campaign_name"),
    job.c.kind, job.c.content, job.c.state, job.c.total, job.c.packed, job.c.error, job.c.account_id, job.c.created_at, job.c.started_at,
    job.c.ended_at, job.c.stop_asked_at,
)  # fmt: skip
_jobs = select(*_columns).outerjoin(campaign, (campaign.c.id == job.c.campaign_id) & (campaign.c.organisation_id == job.c.organisation_id))
_find = _jobs.where(_one & _here)
_latest = _jobs.where(_ours & _here & job.c.kind.in_(bindparam("kinds", expanding=True))).order_by(job.c.id.desc()).limit(bindparam("most"))
_known = select(job.c.id, job.c.public_id, job.c.state).where(_ours & job.c.handle.in_(bindparam("handles", expanding=True)))
_next = _jobs.where(job.c.state.in_((WAITING, RUNNING))).order_by(job.c.id).limit(1)
_counts = select(
    func.count().label("total"),
    func.sum(case((job_item.c.state == DONE, 1), else_=0)).label("done"),
    func.sum(case((job_item.c.state == FAILED, 1), else_=0)).label("failed"),
).where(_items)
_faults = select(job_item.c.key, job_item.c.error, job_item.c.attempts).where(_items & (job_item.c.state == FAILED)).order_by(job_item.c.id)
_to_do = (
    select(job_item.c.id, job_item.c.key, job_item.c.attempts)
    .where(_items & (job_item.c.state == WAITING) & (job_item.c.id > bindparam("after")))
    .order_by(job_item.c.id)
    .limit(bindparam("most"))
)
_keys = select(job_item.c.key).where(_items).order_by(job_item.c.id)
_begin = update(job).where(job.c.id == bindparam("job")).where(job.c.state.in_((WAITING, RUNNING)))
_end = update(job).where((job.c.id == bindparam("job")) & (job.c.state == RUNNING))
_pack = update(job).where(job.c.id == bindparam("job")).values(packed=bindparam("count"))
_state = select(job.c.state, job.c.stop_asked_at).where(job.c.id == bindparam("job"))
_ask_stop = (
    update(job)
    .where(_one & job.c.state.in_((WAITING, RUNNING)))
    .values(stop_asked_at=bindparam("now"), state=case((job.c.state == WAITING, STOPPED), else_=job.c.state))
)
_reopen = (
    update(job)
    .where(job.c.id == bindparam("job"))
    .values(state=case((job.c.state == RUNNING, RUNNING), else_=WAITING), stop_asked_at=None, ended_at=None, error="", packed=0)
)
_retry = update(job_item).where(_items & (job_item.c.state == FAILED)).values(state=WAITING, attempts=0, error="", ended_at=None)
_remake = (
    update(job_item)
    .where(_items & (job_item.c.state == DONE) & job_item.c.stored_file_id.is_(None))
    .values(state=WAITING, attempts=0, ended_at=None)
)
_finish_item = (
    update(job_item)
    .where((job_item.c.id == bindparam("item")) & (job_item.c.state == WAITING))
    .values(state=bindparam("to"), error=bindparam("code"), stored_file_id=bindparam("file"), ended_at=bindparam("now"))
)
_attempt = (
    update(job_item).where(job_item.c.id == bindparam("item")).values(attempts=job_item.c.attempts + 1).returning(job_item.c.attempts)
)
_file_of = (
    select(job_item.c.stored_file_id)
    .join(job, job.c.id == job_item.c.job_id)
    .where(_one & (job_item.c.key == bindparam("key")) & (job_item.c.state == DONE))
)
_files = (
    select(
        stored_file.c.public_id, stored_file.c.kind, stored_file.c.size, stored_file.c.created_at, stored_file.c.expires_at,
        func.count().label("items"),
    )
    .join(job_item, job_item.c.stored_file_id == stored_file.c.id)
    .where(_items & (stored_file.c.kind.in_(bindparam("kinds", expanding=True))))
    .group_by(
        stored_file.c.id, stored_file.c.public_id, stored_file.c.kind, stored_file.c.size,
        stored_file.c.created_at, stored_file.c.expires_at,
    )
    .order_by(stored_file.c.id)
)  # fmt: skip
_has_file = (
    select(stored_file.c.public_id)
    .join(job_item, job_item.c.stored_file_id == stored_file.c.id)
    .where(_items & (stored_file.c.public_id == bindparam("file")))
    .limit(1)
)
_clients = (
    select(assessment.c.public_id, client.c.public_id)
    .join(client, (client.c.id == assessment.c.client_id) & (client.c.organisation_id == assessment.c.organisation_id))
    .where((assessment.c.organisation_id == bindparam("organisation")) & assessment.c.public_id.in_(bindparam("keys", expanding=True)))
)
_remove_items = delete(job_item).where(
    (job_item.c.organisation_id == bindparam("organisation")) & job_item.c.key.in_(bindparam("keys", expanding=True))
)
_files_of_keys = select(job_item.c.stored_file_id).where(
    (job_item.c.organisation_id == bindparam("organisation"))
    & job_item.c.key.in_(bindparam("keys", expanding=True))
    & job_item.c.stored_file_id.is_not(None)
)


@dataclass(frozen=True, slots=True)
class JobRow:
    id: int
    public_id: str
    organisation: int
    campaign: str | None
    """Public id."""
    campaign_name: str | None
    kind: str
    content: bytes
    """Sealed; `content_of` opens it."""
    state: str
    total: int
    packed: int
    error: str
    account: int | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stop_asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    id: int
    key: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Counts:
    total: int
    done: int
    failed: int


@dataclass(frozen=True, slots=True)
class JobFile:
    public_id: str
    kind: str
    size: int
    created_at: datetime
    expires_at: datetime | None
    items: int
    """Items that it holds."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose jobs are looked at: an organisation's, or of a branch and one's own."""

    organisation: int
    account: int | None
    branch: int | None

    @property
    def bound(self) -> dict[str, int | bool | None]:
        return {"organisation": self.organisation, "whole_house": self.branch is None, "account": self.account, "branch": self.branch}


def add_job(
    db: Connection,
    vault: Vault,
    organisation: int,
    handle: bytes,
    kind: str,
    content: object,
    keys: Sequence[str],
    now: datetime,
    *,
    account: int | None,
    campaign_row: int | None,
) -> str:
    """The public id of a new job; its items wait in the order of `keys`. Raises IntegrityError where the handle or a key is there twice."""
    public = new_public_id()
    row = {"organisation_id": organisation, "public_id": public, "campaign_id": campaign_row, "handle": handle, "kind": kind}
    row |= {"content": seal_json(vault, "job", public, content), "state": WAITING, "total": len(keys), "packed": 0, "error": ""}
    row |= {"account_id": account, "created_at": now}
    added = db.execute(insert(job).returning(job.c.id), row).scalar_one()
    for first in range(0, len(keys), _ROWS_AT_ONCE):
        part = keys[first : first + _ROWS_AT_ONCE]
        db.execute(insert(job_item), [_item(organisation, added, key) for key in part])
    return public


def known_job(db: Connection, organisation: int, handles: Iterable[bytes]) -> tuple[int, str, str] | None:
    """(row, public id, state) of the job that was asked for in the same words."""
    row = db.execute(_known, {"organisation": organisation, "handles": tuple(handles)}).first()
    return row and (row.id, row.public_id, row.state)


def find_job(db: Connection, eyes: Eyes, public: str) -> JobRow | None:
    row = db.execute(_find, eyes.bound | {"public": public}).first()
    return row and JobRow(*tuple(row))


def latest_jobs(db: Connection, eyes: Eyes, kinds: Iterable[str], most: int) -> list[JobRow]:
    """The newest first."""
    return [JobRow(*tuple(row)) for row in db.execute(_latest, eyes.bound | {"kinds": tuple(kinds), "most": most})]


def next_job(db: Connection) -> JobRow | None:
    """The first job, of any organisation, that waits or was begun: for the process that holds the lease."""
    row = db.execute(_next).first()
    return row and JobRow(*tuple(row))


def content_of(vault: Vault, row: JobRow) -> dict[str, object]:
    found: dict[str, object] = open_json(vault, "job", row.public_id, row.content)
    return found


def counts(db: Connection, organisation: int, job_id: int) -> Counts:
    row = db.execute(_counts, {"organisation": organisation, "job": job_id}).one()
    return Counts(row.total, row.done or 0, row.failed or 0)


def faults(db: Connection, organisation: int, job_id: int) -> list[tuple[str, str, int]]:
    """(key, code, attempts) of every item that failed, in order."""
    return [tuple(row) for row in db.execute(_faults, {"organisation": organisation, "job": job_id})]


def items_to_do(db: Connection, organisation: int, job_id: int, after: int, most: int) -> list[ItemRow]:
    """Items that wait, in order, those after the row `after`."""
    found = db.execute(_to_do, {"organisation": organisation, "job": job_id, "after": after, "most": most})
    return [ItemRow(*row) for row in found]


def keys_of(db: Connection, organisation: int, job_id: int) -> Iterator[str]:
    return iter(db.execute(_keys, {"organisation": organisation, "job": job_id}).scalars().all())


def begin_job(db: Connection, job_id: int, now: datetime) -> bool:
    """False where it is no longer to be done."""
    return db.execute(_begin.values(state=RUNNING, started_at=func.coalesce(job.c.started_at, now)), {"job": job_id}).rowcount == 1


def end_job(db: Connection, job_id: int, state: str, error: str, now: datetime) -> None:
    db.execute(_end.values(state=state, error=error, ended_at=now, stop_asked_at=None), {"job": job_id})


def say_packed(db: Connection, job_id: int, count: int) -> None:
    db.execute(_pack, {"job": job_id, "count": count})


def stop_is_asked(db: Connection, job_id: int) -> bool:
    row = db.execute(_state, {"job": job_id}).first()
    return row is None or row.state != RUNNING or row.stop_asked_at is not None


def ask_to_stop(db: Connection, organisation: int, public: str, now: datetime) -> bool:
    """A waiting job stops at once, a running one after what is in hand. False where it is over already."""
    return db.execute(_ask_stop, {"organisation": organisation, "public": public, "now": now}).rowcount == 1


def reopen(db: Connection, organisation: int, job_id: int, *, makes_files: bool) -> int:
    """Let a job go on: what failed is tried again, what is done stays done unless its file is gone. How many items wait again."""
    key = {"organisation": organisation, "job": job_id}
    again = db.execute(_retry, key).rowcount + (db.execute(_remake, key).rowcount if makes_files else 0)
    db.execute(_reopen, {"job": job_id})
    return again


def lost_files(db: Connection, organisation: int, job_id: int) -> bool:
    """Whether anything that is done has no file any more."""
    asked = select(job_item.c.id).where(_items & (job_item.c.state == DONE) & job_item.c.stored_file_id.is_(None)).limit(1)
    return db.execute(asked, {"organisation": organisation, "job": job_id}).first() is not None


def finish_item(db: Connection, item: int, state: str, now: datetime, *, error: str = "", file: int | None = None) -> bool:
    """False where it was finished already: then nothing may be written for it."""
    return db.execute(_finish_item, {"item": item, "to": state, "code": error, "file": file, "now": now}).rowcount == 1


def count_attempt(db: Connection, item: int) -> int:
    """Attempts up to now that ended in no result."""
    return int(db.execute(_attempt, {"item": item}).scalar_one())


def file_of(db: Connection, organisation: int, public: str, key: str) -> int | None:
    """Row of the stored file that the job `public` made for `key`."""
    found = db.execute(_file_of, {"organisation": organisation, "public": public, "key": key}).scalar()
    return None if found is None else int(found)


def files(db: Connection, organisation: int, job_id: int, kinds: Iterable[str]) -> list[JobFile]:
    return [JobFile(*row) for row in db.execute(_files, {"organisation": organisation, "job": job_id, "kinds": tuple(kinds)})]


def has_file(db: Connection, organisation: int, job_id: int, file: str) -> bool:
    return db.execute(_has_file, {"organisation": organisation, "job": job_id, "file": file}).first() is not None


def files_of_keys(db: Connection, organisation: int, keys: Iterable[str]) -> set[int]:
    """Rows of the stored files that hold anything of these items: their own, and archives."""
    return set(db.execute(_files_of_keys, {"organisation": organisation, "keys": tuple(keys)}).scalars())


def clients_of_keys(db: Connection, organisation: int, keys: Iterable[str]) -> dict[str, str]:
    """Public id of the client, for those of the keys that are a client's assessments."""
    return {row[0]: row[1] for row in db.execute(_clients, {"organisation": organisation, "keys": tuple(keys)})}


def remove_items(db: Connection, organisation: int, keys: Iterable[str]) -> int:
    return db.execute(_remove_items, {"organisation": organisation, "keys": tuple(keys)}).rowcount


def _item(organisation: int, job_id: int, key: str) -> dict[str, object]:
    return {"organisation_id": organisation, "job_id": job_id, "key": key, "state": WAITING, "attempts": 0, "error": "", "ended_at": None}
