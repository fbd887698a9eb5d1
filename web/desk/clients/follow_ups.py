"""Follow-ups of a client: planned, done, called off."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from tcm_engine.center import NotFound, Outdated
from tcm_engine.center.clients import add_follow_up, close_follow_up, standing_of
from tcm_engine.model import InvalidInput

from ..access import caller, services
from ..forms import DeskForm
from ..words import translate as _
from . import labels
from .sent import sent
from .shown import number_of

_NEW = ("kind", "due_on", "way", "tier", "note")
_CLOSING = ("state", "done_on", "outcome", "note")


def add(public_id: str) -> Any:
    page = sent(
        _NEW, {"kind": request.args.get("kind", "contact"), "due_on": request.args.get("due_on", ""), "way": "phone", "tier": "normal"}
    )
    if page.form.was_sent():
        try:
            add_follow_up(services().center, caller(), public_id, page.values)
        except InvalidInput as invalid:
            page.take(invalid)
        else:
            return redirect(url_for("desk.client_follow_ups", public_id=public_id), 303)
    standing = standing_of(services().center, caller(), public_id)
    return render_template(
        "desk/clients/follow_ups.html", page=page, client=standing.client, standing=standing, faults=page.faults, labels=labels
    )


def close(public_id: str, follow: str) -> Any:
    standing = standing_of(services().center, caller(), public_id)
    found = next((one for one in standing.follow_ups if one.public_id == follow), None)
    if found is None:
        raise NotFound
    page = sent(_CLOSING, {"state": "done", "done_on": services().today().isoformat(), "note": found.note})
    if page.form.was_sent():
        try:
            close_follow_up(services().center, caller(), public_id, follow, number_of(request.form.get("version")), page.values)
        except InvalidInput as invalid:
            page.take(invalid)
        except Outdated:
            page.wrong["state"] = [_("Somebody closed it meanwhile; it stands below as they left it.")]
            return _closing(page, standing_of(services().center, caller(), public_id), follow), 409
        else:
            return redirect(url_for("desk.client_follow_ups", public_id=public_id), 303)
    return _closing(page, standing, follow)


def _closing(page: Any, standing: Any, follow: str) -> str:
    found = next(one for one in standing.follow_ups if one.public_id == follow)
    return render_template(
        "desk/clients/follow_up.html", page=page, client=standing.client, follow=found, faults=page.faults, labels=labels, act=DeskForm()
    )
