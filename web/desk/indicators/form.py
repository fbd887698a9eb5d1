"""The record form of one resident: seen, completed with guidance, printed."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from wtforms import DateField, StringField

from tcm_engine.center import Outdated
from tcm_engine.center.access import letterhead_for
from tcm_engine.center.indicators import BOXES, Guidance, RecordForm, read_form, remove_guidance, write_guidance
from tcm_engine.model import InvalidInput
from tcm_engine.views import RecordFormView, present_record_form, say_fault

from ..access import caller, services
from ..forms import DeskForm, faults_of
from ..words import translate as _
from . import files


class GuidanceForm(DeskForm):
    other = StringField()
    practitioner = StringField()
    guided_on = DateField()


def form(public_id: str) -> Any:
    sent, ticked = GuidanceForm(), None
    if request.method == "POST":
        ticked = {code: frozenset(request.form.getlist(f"box-{code}")) for code in services().knowledge.constitutions}
        if sent.was_sent() and _written(public_id, sent, ticked):
            return redirect(url_for("desk.record_form", public_id=public_id, saved=1), 303)
    found = read_form(services().center, caller(), public_id)
    _prefill(sent, found)
    boxes = ticked if ticked is not None else found.guidance.boxes if found.guidance else {}
    return render_template(
        "desk/indicators/form.html", form=sent, faults=faults_of(sent), found=found, view=shown(found, g.display.lang), boxes=boxes,
        kinds=BOXES, saved="saved" in request.args and request.method == "GET",
    )  # fmt: skip


def remove(public_id: str) -> Any:
    if DeskForm().was_sent():
        remove_guidance(services().center, caller(), public_id, request.form.get("version", 0, type=int))
    return redirect(url_for("desk.record_form", public_id=public_id), 303)


def pdf(public_id: str) -> Any:
    """In Chinese, as the form prescribes, whatever language the desk is read in; `lang=en` prints the translation."""
    lang = "en" if request.args.get("lang") == "en" else "zh-Hans"
    view = shown(read_form(services().center, caller(), public_id), lang)
    return files.answer(services().render_record_forms([view]), "pdf", "record-form")


def shown(found: RecordForm, lang: str) -> RecordFormView:
    given = found.guidance
    head = letterhead_for(services().center, caller().organisation, found.name, signed_by=given.practitioner if given else "")
    return present_record_form(
        found.assessment, lang, name=found.name, code=found.code, boxes=given.boxes if given else None, other=given.other if given else "",
        guided_on=given.guided_on if given else None, letterhead=head, knowledge=services().knowledge,
    )  # fmt: skip


def _written(public_id: str, sent: GuidanceForm, ticked: dict[str, frozenset[str]]) -> bool:
    if sent.guided_on.data is None:
        sent.guided_on.errors = [_("This is not a day; write it as 2026-11-24.")]
        return False
    given = Guidance(ticked, (sent.other.data or "").strip(), (sent.practitioner.data or "").strip(), sent.guided_on.data)
    try:
        write_guidance(services().center, caller(), public_id, given, request.form.get("version", 0, type=int), services().today())
    except InvalidInput as invalid:
        for fault in invalid.faults:
            field = {"practitioner": sent.practitioner, "guided_on": sent.guided_on}.get(fault.path, sent.other)
            field.errors = [*field.errors, say_fault(fault, g.display.lang)]
        return False
    except Outdated:
        sent.practitioner.errors = [_("Somebody else wrote on this form meanwhile. Look at it, and save once more.")]
        return False
    return True


def _prefill(sent: GuidanceForm, found: RecordForm) -> None:
    """What stands on the form already; else who signs for this centre, and today."""
    if request.method == "POST":
        return
    given = found.guidance
    head = letterhead_for(services().center, caller().organisation)
    sent.other.data = given.other if given else ""
    sent.practitioner.data = given.practitioner if given and given.practitioner else head.practitioner
    sent.guided_on.data = given.guided_on if given else services().today()
