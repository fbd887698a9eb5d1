"""Two records of one person: found, compared, merged, parted again."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from tcm_engine.center.clients import doubles as find_doubles
from tcm_engine.center.clients import merge_clients, read_client, undo_merge
from tcm_engine.model import InvalidInput

from ..access import caller, services
from ..forms import DeskForm
from . import labels
from .flat import identity_of
from .sent import sent
from .shown import branch_names, number_of


def doubles() -> str:
    found = find_doubles(services().center, caller())
    return render_template("desk/clients/doubles.html", found=found, labels=labels, branches=branch_names())


def merge(survivor: str, merged: str) -> Any:
    center, who = services().center, caller()
    stays, goes = read_client(center, who, survivor), read_client(center, who, merged)
    page = sent(())
    if page.form.was_sent():
        compared = number_of(request.form.get("stays")), number_of(request.form.get("goes"))
        try:
            merge_clients(center, who, survivor, merged, compared)
        except InvalidInput as invalid:
            page.take(invalid)
        else:
            return redirect(url_for("desk.client", public_id=stays.public_id), 303)
    rows = [(name, value, identity_of(goes)[name]) for name, value in identity_of(stays).items() if name != "branch"]
    return render_template("desk/clients/merge.html", page=page, stays=stays, goes=goes, rows=rows, faults=page.faults, labels=labels)


def undo(public_id: str, merge: str) -> Any:
    if not DeskForm().was_sent():
        return redirect(url_for("desk.client", public_id=public_id), 303)
    parted = undo_merge(services().center, caller(), public_id, merge)
    return redirect(url_for("desk.client", public_id=parted), 303)
