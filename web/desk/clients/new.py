"""A new record; whoever seems to have one already is shown first."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from tcm_engine.center.clients import Client, new_client, read_identity, same_client
from tcm_engine.model import InvalidInput

from ..access import caller, services
from .flat import IDENTITY
from .sent import Sent, sent
from .shown import branch_choices


def new() -> Any:
    page = sent(IDENTITY)
    same: Client | None = None
    if page.form.was_sent():
        try:
            identity = read_identity(page.values, today=services().today())
            same = None if "anyway" in request.form else same_client(services().center, caller(), identity)
            if same is None:
                return redirect(url_for("desk.client", public_id=new_client(services().center, caller(), identity).public_id), 303)
        except InvalidInput as invalid:
            page.take(invalid)
    return _show(page, same)


def _show(page: Sent, same: Client | None) -> Any:
    status = 409 if same else 200
    shown = {"page": page, "same": same, "branches": branch_choices(None), "faults": page.faults, "client": None}
    return render_template("desk/clients/identity.html", **shown), status
