"""Tables of other systems: uploaded, looked at, taken or dropped."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from tcm_engine.center.campaigns import read_tables
from tcm_engine.center.clients import ImportPreview, drop_import, preview_import, start_import, take_import
from tcm_engine.model import InvalidInput

from ..access import caller, services
from ..forms import DeskForm
from ..words import translate as _
from . import labels
from .sent import name_of, say, sent

LARGEST = 10 << 20
"""Bytes of a file."""


def upload() -> Any:
    page = sent(())
    if page.form.was_sent():
        file = request.files.get("file")
        data = file.read(LARGEST + 1) if file else b""
        try:
            tables = read_tables(data) if len(data) <= LARGEST else ()
            if not tables:
                page.wrong["file"] = [_too_large()]
            else:
                largest = max(tables, key=lambda table: len(table.rows))
                made = start_import(services().center, caller(), data, largest.rows)
                return redirect(url_for("desk.clients_import_preview", file=made), 303)
        except InvalidInput as invalid:
            page.wrong["file"] = [say(fault) for fault in invalid.faults]
    return render_template("desk/clients/import.html", page=page, faults=page.faults)


def preview(file: str) -> Any:
    center, who = services().center, caller()
    form = DeskForm()
    if form.was_sent():
        if "take" in request.form:
            take_import(center, who, file)
        elif "drop" in request.form:
            drop_import(center, who, file)
            return redirect(url_for("desk.clients_import"), 303)
        return redirect(url_for("desk.clients_import_preview", file=file), 303)
    found = preview_import(center, who, file)
    return render_template("desk/clients/import_preview.html", form=form, found=found, faulty=_faulty(found), labels=labels)


def _faulty(found: ImportPreview) -> list[tuple[int, list[tuple[str, str]]]]:
    """(row, [(heading, what is wrong)])."""
    return [(one.row, [(_heading(found, name_of(fault)), say(fault)) for fault in one.faults]) for one in found.faulty]


def _heading(found: ImportPreview, name: str) -> str:
    return found.columns.get(_column(name)) or found.columns.get(f"answer:{name}") or ""


def _column(name: str) -> str:
    return "day" if name == "taken_on" else name


def _too_large() -> str:
    return _("The file is empty or larger than {megabytes} MB.", megabytes=LARGEST >> 20)
