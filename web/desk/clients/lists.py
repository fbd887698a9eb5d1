"""Lists of clients: the newest, those found, those due, those incomplete."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from tcm_engine.center import NotFound
from tcm_engine.center.clients import BESIDE, MISSING, due_follow_ups, incomplete_clients, lacking, list_clients, search_clients

from ..access import caller, services
from ..forms import DeskForm
from . import labels
from .shown import branch_names, number_of


def clients() -> Any:
    """All of them, or, sent, those that are looked for: what is looked for stands in no address and no log."""
    form, words = DeskForm(), request.form.get("words", "").strip() if request.method == "POST" else ""
    shared = {"form": form, "words": words, "branches": branch_names(), "labels": labels}
    if form.was_sent() and words:
        return render_template("desk/clients/clients.html", found=search_clients(services().center, caller(), words), page=None, **shared)
    page = list_clients(services().center, caller(), number_of(request.args.get("page")))
    return render_template("desk/clients/clients.html", found=page.clients, page=page, **shared)


def due() -> str:
    found = due_follow_ups(services().center, caller())
    return render_template("desk/clients/due.html", found=found, today=services().today(), labels=labels)


def incomplete() -> Any:
    code = request.args.get("lacking", "")
    if code and code not in (*MISSING, *BESIDE):
        raise NotFound
    center, who = services().center, caller()
    page = incomplete_clients(center, who, code, number_of(request.args.get("page"))) if code else None
    return render_template("desk/clients/incomplete.html", counts=lacking(center, who), code=code, page=page, labels=labels)
