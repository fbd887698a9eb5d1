"""Rights of one client: a copy of everything, corrections, erasure."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request

from tcm_engine.center.access import letterhead_for
from tcm_engine.center.privacy import copy_client, erase_client, held_of

from ...forms import PageFault
from ..access import caller, services
from ..forms import DeskForm
from ..times import shown_day
from ..words import translate as _
from . import labels
from .papers import copy_paper


def rights(public_id: str) -> Any:
    held = held_of(services().center, caller(), public_id)
    return render_template("desk/privacy/rights.html", client=held, labels=labels)


def copy_json(public_id: str) -> Response:
    return _file(copy_client(services().center, caller(), public_id).as_json(), "application/json", "json")


def copy_pdf(public_id: str) -> Response:
    copy = copy_client(services().center, caller(), public_id)
    head = letterhead_for(services().center, caller().organisation, copy.name)
    view = copy_paper(copy, head, g.display.lang, shown_day(services().today()), _)
    return _file(services().render_paper(view), "application/pdf", "pdf")


def erase(public_id: str) -> Any:
    """Asked twice: what will be gone, and a tick that the client's identity was made sure of."""
    held = held_of(services().center, caller(), public_id)
    form, faults = DeskForm(), []
    if form.was_sent():
        if "sure" in request.form:
            erased = erase_client(services().center, caller(), public_id)
            return render_template("desk/privacy/erased.html", erased=erased, rows=sum(erased.rows.values()))
        faults.append(PageFault("#sure", _("Tick that you made sure who asks for it.")))
    return render_template("desk/privacy/erase.html", client=held, form=form, faults=faults, labels=labels)


def _file(content: bytes, mime: str, ending: str) -> Response:
    response = Response(content, mimetype=mime)
    # The name says nothing about the person: it is seen in lists of downloads.
    response.headers["Content-Disposition"] = f'attachment; filename="copy-{services().today().isoformat()}.{ending}"'
    return response
