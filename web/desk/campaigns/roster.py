"""Bringing a roster in: the file, its columns, what would happen, and the rows to correct."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for

from tcm_engine.center.campaigns import (
    FIELDS,
    faulty_rows,
    get_campaign,
    imports,
    preview_roster,
    roster_columns,
    set_columns,
    take_roster,
    upload_roster,
)
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.views import say_fault

from ...forms import PageFault
from ..access import caller, services
from ..forms import DeskForm
from ..words import N_
from .forms import UploadForm, beside
from .workbooks import faulty_book, xlsx

FIELD_WORDS = {
    "name": N_("Name"), "sex": N_("Sex"), "birth_date": N_("Day of birth"), "id_number": N_("Identity card"), "phone": N_("Telephone"),
    "unit": N_("Unit"), "staff_number": N_("Staff number"),
}  # fmt: skip
PASSED_WORDS = {"empty": N_("empty rows"), "header": N_("repeated headers"), "total": N_("totals"), "note": N_("notes")}
MOST_SHOWN = 200


def upload(public_id: str) -> Any:
    center, who, form = services().center, caller(), UploadForm()
    campaign = get_campaign(center, who, public_id)
    faults: list[PageFault] = []
    if form.was_sent():
        data = form.file.data.read() if form.file.data else b""
        try:
            file = upload_roster(center, who, public_id, data)
        except InvalidInput as invalid:
            faults = beside(form, invalid)
        else:
            known = all(group.remembered for group in roster_columns(center, who, public_id, file))
            return redirect(url_for("desk.roster_preview" if known else "desk.roster_columns", public_id=public_id, file=file), 303)
    files = imports(center, who, public_id)
    return render_template("desk/campaigns/upload.html", campaign=campaign, form=form, faults=faults, files=files), 422 if faults else 200


def columns(public_id: str, file: str) -> Any:
    center, who, form = services().center, caller(), DeskForm()
    campaign = get_campaign(center, who, public_id)
    groups = roster_columns(center, who, public_id, file)
    faults: list[PageFault] = []
    if form.was_sent():
        chosen = [
            {column.index: request.form.get(f"c{at}-{column.index}", "") for column in group.columns} for at, group in enumerate(groups)
        ]
        try:
            set_columns(center, who, public_id, file, chosen)
        except InvalidInput as invalid:
            faults = [PageFault("#columns", say_fault(fault, g.display.lang)) for fault in invalid.faults]
        else:
            return redirect(url_for("desk.roster_preview", public_id=public_id, file=file), 303)
    return render_template(
        "desk/campaigns/columns.html", campaign=campaign, file=file, groups=groups, form=form, faults=faults, fields=FIELDS,
        words=FIELD_WORDS,
        sent=request.form,
    ), 422 if faults else 200  # fmt: skip


def preview(public_id: str, file: str) -> Any:
    center, who, form = services().center, caller(), DeskForm()
    campaign = get_campaign(center, who, public_id)
    taken, faults = None, []
    if form.was_sent():
        try:
            taken = take_roster(center, who, public_id, file)
        except InvalidInput as invalid:
            faults = [PageFault("#main", say_fault(fault, g.display.lang)) for fault in invalid.faults]
    found = preview_roster(center, who, public_id, file)
    kinds = Counter((fault.column, fault.code) for fault in found.faults)
    summary = [(column, say_fault(_plain(code, found.faults), g.display.lang), count) for (column, code), count in kinds.most_common()]
    rows = [(f.sheet, f.row, f.column, say_fault(Fault("", f.code, f.params), g.display.lang)) for f in found.faults[:MOST_SHOWN]]
    return render_template(
        "desk/campaigns/preview.html", campaign=campaign, found=found, taken=taken, form=form, faults=faults, summary=summary, rows=rows,
        passed_words=PASSED_WORDS, most=MOST_SHOWN,
    ), 422 if faults else 200  # fmt: skip


def faulty(public_id: str, file: str) -> Response:
    return xlsx(faulty_book(faulty_rows(services().center, caller(), public_id, file), g.display.lang), "to-correct")


def _plain(code: str, faults: Any) -> Fault:
    first = next(fault for fault in faults if fault.code == code)
    return Fault("", code, first.params)
