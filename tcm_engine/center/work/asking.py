"""Asking for long work: the same is never begun twice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, note, permit
from tcm_engine.model import Fault, InvalidInput, canonical
from tcm_engine.records import job

from .kinds import RIGHT_OF

MAKES_FILES = frozenset({"plan_pdfs", "archive", "print", "report", "record_forms"})
"""Kinds each of whose items has a file when it is done."""

PACKS = frozenset({"archive", "print"})
"""Kinds that pack what `plan_pdfs` makes of the same content and keys."""


def request_job(
    db: Connection,
    center: Center,
    caller: Caller,
    kind: str,
    content: Mapping[str, Any],
    keys: Sequence[str],
    campaign_id: int | None = None,
) -> str:
    """The public id of the job that does `kind` for `keys` as `content` says, in the caller's transaction.

    content: plain JSON values; sealed where it is kept. keys: what is made, one item each, done in this order; at most 80 characters each,
    no personal data, of records that the caller may read. campaign_id: row of the campaign.
    The same kind, content and keys are the same job: one that waits, runs or is done is found again, one that was stopped or in which
    something failed goes on, and what is done but whose file is gone is made once more.
    `archive` and `print` pack plans: those are asked for with them, and made first.
    Raises NotAllowed, InvalidInput where nothing is to be done, KeyError for an unknown kind, ValueError for keys that are there twice or
    too long.
    """
    permit(caller, RIGHT_OF[kind])
    _check(keys)
    if kind in PACKS:
        request_job(db, center, caller, "plan_pdfs", content, keys, campaign_id)
    name = _name(caller.organisation, kind, content, keys)
    known = job.known_job(db, caller.organisation, center.records.vault.handles(name))
    if known:
        _go_on(db, center, caller, kind, known)
        return known[1]
    public = job.add_job(
        db,
        center.records.vault,
        caller.organisation,
        center.records.vault.handle(name),
        kind,
        dict(content),
        keys,
        center.clock(),
        account=caller.account,
        campaign_row=campaign_id,
    )
    note(db, center, caller, "job_requested", "job", public, kind=kind, items=len(keys))
    return public


def _go_on(db: Connection, center: Center, caller: Caller, kind: str, known: tuple[int, str, str]) -> None:
    row, public, state = known
    if state in (job.WAITING, job.RUNNING):
        return
    gone = kind in MAKES_FILES and job.lost_files(db, caller.organisation, row)
    failed = job.counts(db, caller.organisation, row).failed
    if state == job.DONE and not gone and not failed:
        return
    again = job.reopen(db, caller.organisation, row, makes_files=kind in MAKES_FILES)
    note(db, center, caller, "job_resumed", "job", public, items=again)


def _check(keys: Sequence[str]) -> None:
    if not keys:
        raise InvalidInput([Fault("keys", "nothing_to_do")])
    if len(set(keys)) != len(keys) or any(not 0 < len(key) <= job.LONGEST_KEY for key in keys):
        raise ValueError("keys of a job: each once, 1 to 80 characters")


def job_of(
    db: Connection, center: Center, organisation: int, kind: str, content: Mapping[str, Any], keys: Sequence[str]
) -> tuple[int, str, str] | None:
    """(row, public id, state) of the job that was asked for in these words."""
    return job.known_job(db, organisation, center.records.vault.handles(_name(organisation, kind, content, keys)))


def _name(organisation: int, kind: str, content: Mapping[str, Any], keys: Sequence[str]) -> str:
    asked = hashlib.sha256("\0".join(keys).encode()).hexdigest()
    return f"{organisation}\0job\0{kind}\0{canonical(dict(content))}\0{asked}"
