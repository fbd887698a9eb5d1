"""The list of long work, one job of it, and its files."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from tcm_engine.center import NotFound
from tcm_engine.center.work import CannotOpen, fetch_file, jobs, resume_job, stop_job, watch_job

from ..access import caller, services
from ..forms import DeskForm
from ..words import translate as _
from . import labels

REFRESH_S = 5
"""Seconds between two looks at work that goes on."""


def listed() -> str:
    found = jobs(services().center, caller())
    return _page("list.html", jobs=found, moving=any(not one.over for one in found))


def one(public_id: str) -> str:
    watched = watch_job(services().center, caller(), public_id)
    job = watched.progress
    halt = _(labels.HALTS.get(job.error, labels.OTHER_HALT), code=job.error) if job.error else ""
    return _page("job.html", job=job, halt=halt, faults=watched.faults, files=watched.files, form=DeskForm(), moving=not job.over)


def stop(public_id: str) -> Any:
    return _change(stop_job, public_id)


def resume(public_id: str) -> Any:
    return _change(resume_job, public_id)


def file(public_id: str, file_id: str) -> Response:
    """Opened and sent piece by piece: memory does not grow with the file."""
    try:
        found = fetch_file(services().center, caller(), public_id, file_id)
    except CannotOpen:
        raise NotFound from None
    ending, mime = labels.ENDINGS.get(found.kind, ("pdf", "application/pdf"))
    headers = {"Content-Disposition": f'attachment; filename="{found.name}.{ending}"', "Content-Length": str(found.size)}
    return Response(found.content, mimetype=mime, headers=headers)


def _change(change: Any, public_id: str) -> Any:
    DeskForm().was_sent()
    change(services().center, caller(), public_id)
    return redirect(url_for("desk.work_job", public_id=public_id), 303)


def _page(template: str, *, moving: bool, **more: Any) -> str:
    """A page that loads itself again while something moves, unless its reader holds it still."""
    still = bool(request.args.get("still"))
    refresh = REFRESH_S if moving and not still else 0
    return render_template(
        f"desk/work/{template}",
        refresh=refresh,
        seconds=REFRESH_S,
        moving=moving,
        still=still,
        labels=labels,
        size=_size,
        say=_said,
        **more,
    )


def _said(code: str) -> str:
    return _(labels.FAULTS.get(code, labels.OTHER_FAULT), code=code)


def _size(count: int) -> str:
    """1 MB is 1,000,000 bytes, as shops and most file managers count."""
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1000))} kB"
