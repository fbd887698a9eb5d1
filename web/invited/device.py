"""The pages of a device between two clients: finding oneself, and handing back."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request, session, url_for
from werkzeug.utils import redirect

from tcm_engine.center import NotFound
from tcm_engine.center.campaigns import begin_turn, hand_back, look, tablet
from tcm_engine.model import InvalidInput
from tcm_engine.views import say_fault

from ..forms import Page, PageFault
from .place import keep_cookie, place, services


def waiting() -> Any:
    """Who is next? Nothing of the one before is here."""
    here, page = place(), Page()
    found = tablet(services().center, here.key.token)
    faults: list[PageFault] = []
    if request.method == "GET" and found.busy:
        return here.to("start")
    if page.was_sent():
        try:
            begin_turn(services().center, here.key.token, request.form.get("code", ""), request.form.get("first", ""))
        except InvalidInput as invalid:
            faults = [PageFault(f"#{fault.path}", say_fault(fault, g.display.lang)) for fault in invalid.faults]
        else:
            return here.to("start")
    return render_template("invited/waiting.html", tablet=found, page=page, faults=faults), 422 if faults else 200


def done() -> Any:
    """Thank you. The result is not shown here: the next client is near."""
    here = place()
    try:
        finished = look(services().center, here.key).done
    except NotFound:
        return here.to_waiting()
    return render_template("invited/thanks.html", page=Page(formdata=None)) if finished else here.to("start")


def back() -> Any:
    """Hand the device back: by the button, or when nobody has touched it for a while."""
    here, page = place(), Page()
    if request.method == "POST":
        page.was_sent()
    token = hand_back(services().center, here.key.token)
    session.clear()
    return keep_cookie(redirect(url_for("invited.tablet"), 303), token)
