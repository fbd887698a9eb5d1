"""Paper forms: printing them, entering them one by one in the order of the paper, or as a file of answers."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for

from knowledge_base.model import Instrument
from tcm_engine.center import Outdated
from tcm_engine.center.campaigns import NEEDED, Entry, coverage, drop_entry, enter, enter_file, entry, everybody, find_code, get_campaign
from tcm_engine.center.privacy import current_texts
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.views import PaperForms, PaperItem, say_fault

from ...forms import PageFault
from ..access import caller, services
from ..forms import DeskForm
from .forms import CodeForm, EntryForm, UploadForm, beside
from .lists import card_of, letterhead
from .workbooks import download

FORMS_A_FILE = 100
LONGEST_NUMBER = 12


def overview(public_id: str) -> Any:
    center, who, form = services().center, caller(), CodeForm()
    campaign = get_campaign(center, who, public_id)
    faults: list[PageFault] = []
    if form.was_sent():
        try:
            found = find_code(center, who, public_id, form.code.data or "")
        except InvalidInput as invalid:
            faults = beside(form, invalid)
        else:
            return redirect(url_for("desk.paper_entry", public_id=public_id, who=found, twice=request.form.get("twice")), 303)
    units = coverage(center, who, public_id)
    return render_template(
        "desk/campaigns/paper.html", campaign=campaign, form=form, faults=faults, units=units, upload=UploadForm(formdata=None), read=None,
        most=FORMS_A_FILE, twice=request.args.get("twice"), kept=request.args.get("kept"),
    ), 422 if faults else 200  # fmt: skip


def forms(public_id: str) -> Response:
    center, who, lang = services().center, caller(), g.display.lang
    campaign = get_campaign(center, who, public_id)
    found = services().knowledge.instruments[campaign.instrument]
    people = everybody(center, who, public_id, request.args.get("unit")) if "named" in request.args else ()
    part = max(request.args.get("part", 1, int), 1)
    cards = tuple(card_of(one) for one in people)[(part - 1) * FORMS_A_FILE : part * FORMS_A_FILE]
    view = PaperForms(
        lang, letterhead(), campaign.name, found.title.in_(lang), found.edition, found.recall.in_(lang),
        tuple(anchor.in_(lang) for anchor in found.anchors), tuple(_item(item, number, lang) for number, item in enumerate(found.items, 1)),
        tuple(text.question for text in current_texts(lang)), cards, request.args.get("type") == "large",
    )  # fmt: skip
    return download(services().render_campaign_sheet(view), "application/pdf", f"forms-{part}.pdf")


def template(public_id: str) -> Response:
    """An empty file of answers: the columns that `file` takes."""
    found = _instrument(get_campaign(services().center, caller(), public_id).instrument)
    text = StringIO()
    csv.writer(text).writerow(["code", "consent", *(item.key for item in found.items)])
    return download(text.getvalue().encode("utf-8-sig"), "text/csv", "answers.csv")


def file(public_id: str) -> Any:
    center, who, form = services().center, caller(), UploadForm()
    campaign = get_campaign(center, who, public_id)
    faults: list[PageFault] = []
    read, rows = None, []
    if form.was_sent():
        try:
            read = enter_file(center, who, public_id, form.file.data.read() if form.file.data else b"")
            rows = [(row, fault.path.rsplit(".", 1)[-1], say_fault(fault, g.display.lang)) for row, fault in read.faults]
        except InvalidInput as invalid:
            faults = beside(form, invalid)
    return render_template(
        "desk/campaigns/paper.html", campaign=get_campaign(center, who, public_id) if read else campaign, form=CodeForm(formdata=None),
        faults=faults, units=coverage(center, who, public_id), upload=form, read=read, rows=rows, most=FORMS_A_FILE, twice=None, kept=None,
    ), 422 if faults else 200  # fmt: skip


def entry_page(public_id: str, who: str) -> Any:
    center, form = services().center, EntryForm()
    found = entry(center, caller(), public_id, who)
    faults: list[PageFault] = []
    if form.was_sent():
        if "drop" in request.form:
            drop_entry(center, caller(), public_id, who)
            return redirect(url_for("desk.paper_entry", public_id=public_id, who=who, twice="1"), 303)
        answers = _answers(_instrument(found.instrument), request.form)
        try:
            version, signed = request.form.get("version", 0, int), "signed" in request.form
            agreed = [text.purpose for text in current_texts("en") if text.purpose in request.form]
            done = enter(center, caller(), public_id, who, version, answers, signed=signed, twice="twice" in request.form, agreed=agreed)
        except InvalidInput as invalid:
            faults = [_placed(fault, found) for fault in invalid.faults]
        except Outdated:
            faults = [PageFault("#main", say_fault(Fault("", "already_answered"), g.display.lang))]
        else:
            twice = "1" if "twice" in request.form or found.second else None
            return redirect(url_for("desk.campaign_paper", public_id=public_id, kept=done, twice=twice), 303)
    instrument = _instrument(found.instrument)
    lang = g.display.lang
    items = [(number, item, _note(item.sex, found)) for number, item in enumerate(instrument.items, 1)]
    wrong = {fault.href.removeprefix("#"): fault.message for fault in faults}
    return render_template(
        "desk/campaigns/entry.html", campaign=get_campaign(center, caller(), public_id), entry=found, form=form, faults=faults, items=items,
        wrong=wrong, sent=request.form, anchors=[anchor.in_(lang) for anchor in instrument.anchors],
        optional=[text for text in current_texts(lang) if text.purpose not in NEEDED],
        twice=request.values.get("twice") or ("1" if found.second else None), drop=DeskForm(formdata=None),
    ), 422 if faults else 200  # fmt: skip


def _answers(instrument: Instrument, sent: Mapping[str, str]) -> dict[str, Any]:
    """What was typed: 1 to 5, or a measured number in its own field; nothing is nothing."""
    given: dict[str, Any] = {}
    for item in instrument.items:
        measure = item.measure
        for key in (item.key, measure.key if measure else ""):
            typed = sent.get(key, "").strip()[:LONGEST_NUMBER] if key else ""
            if typed:
                given[key] = _number(typed)
    return given


def _number(typed: str) -> Any:
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        return typed
    return int(value) if value.is_integer() else value


def _placed(fault: Fault, found: Entry) -> PageFault:
    """At its field; the number of the question stands before the words."""
    key = fault.path.rsplit(".", 1)[-1]
    number = next((n for n, item in enumerate(_instrument(found.instrument).items, 1) if key == item.key), None)
    words = say_fault(fault, g.display.lang)
    return PageFault(f"#{key}", f"{number}. {words}" if number else words)


def _note(sex: str | None, found: Entry) -> bool:
    """Whether the question is for the other sex: its field stays empty."""
    return sex is not None and found.sex is not None and sex != found.sex


def _instrument(code: str) -> Instrument:
    return services().knowledge.instruments[code]


def _item(item: Any, number: int, lang: str) -> PaperItem:
    note = f"{item.measure.label.in_(lang)}: ____ {item.measure.unit.in_(lang)}" if item.measure else ""
    return PaperItem(number, item.text.in_(lang), note)
