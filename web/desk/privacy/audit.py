"""The audit trail: filtered, a page at a time, as CSV, and checked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, render_template, request

from tcm_engine.center.privacy import Anchor, Selection, check_audit, export_trail, read_trail

from ...forms import PageFault
from ..access import caller, services
from ..forms import DeskForm
from ..times import HOME_ZONE
from ..words import translate as _
from . import labels

_NAMES = ("actor", "action", "subject", "subject_id")


def trail() -> Any:
    chosen, faults = _chosen()
    page = read_trail(services().center, caller(), chosen, request.args.get("before", type=int))
    asked = {name: value for name, value in request.args.items() if name != "before" and value}
    return render_template("desk/privacy/audit.html", page=page, asked=asked, faults=faults, form=DeskForm(), checked=None, labels=labels)


def export() -> Response:
    chosen, _faults = _chosen()
    response = Response(export_trail(services().center, caller(), chosen), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{services().today().isoformat()}.csv"'
    return response


def check() -> Any:
    """Check the whole trail, also against a row that was written down earlier."""
    form, faults, checked = DeskForm(), [], None
    written = request.form.get("anchor", "")
    if form.was_sent():
        known = _anchor(written)
        if written.strip() and known is None:
            faults.append(PageFault("#anchor", _("Write the number and the 64 characters as they were shown, with a space between.")))
        else:
            checked = check_audit(services().center, caller(), known)
    return render_template("desk/privacy/check.html", form=form, faults=faults, checked=checked, labels=labels, anchor=written)


def _anchor(written: str) -> Anchor | None:
    """What was written down earlier; None for what is no number with a digest."""
    number, *rest = written.split() or [""]
    try:
        anchor = Anchor(int(number), bytes.fromhex("".join(rest)))
    except ValueError:
        return None
    return anchor if len(anchor.digest) == 32 else None


def _chosen() -> tuple[Selection, list[PageFault]]:
    faults: list[PageFault] = []
    since, until = _day("since", faults), _day("until", faults)
    if until:
        until += timedelta(days=1)
    named = {name: request.args.get(name, "").strip()[:60] for name in _NAMES}
    return Selection(**(asdict(Selection()) | named | {"since": since, "until": until})), faults


def _day(name: str, faults: list[PageFault]) -> datetime | None:
    """The beginning of a day at the centre."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), HOME_ZONE)
    except ValueError:
        faults.append(PageFault(f"#{name}", _("Write a day like 2026-11-24.")))
        return None
