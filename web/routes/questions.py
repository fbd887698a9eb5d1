"""Answering: one question a page, all in a list, and the check page that sends the sheet."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from werkzeug.datastructures import MultiDict

from knowledge_base.model import Item
from tcm_engine.center import ANYONE, assess, forget
from tcm_engine.center import Sheet as CenterSheet
from tcm_engine.model import InvalidInput, Person

from .. import visit
from ..draft import Sheet
from ..forms import AnswerChange, Page, faults_of, read_list, read_question
from ..pages.check_page import check_page
from ..pages.question_page import list_page, question_page
from ..visit import StalePage, needs, services, to


@needs("questions")
def question(number: int) -> Any:
    sheet, form = visit.sheet(), Page()
    if form.was_sent():
        return _take_one(sheet, number)
    if not 1 <= number <= len(sheet.items):
        return to("web.check") if number == len(sheet.items) + 1 else abort(404)
    return render_template(
        "web/question.html", form=form, page=question_page(sheet, number, visit.lang()), faults=[], back_to_check=_from_check()
    )


@needs("questions")
def all_questions() -> Any:
    sheet, form = visit.sheet(), Page()
    if not form.was_sent():
        return render_template("web/questions.html", form=form, page=list_page(sheet, visit.lang()), faults=faults_of(form))
    change, faults = read_list(sheet, request.form, visit.lang())
    _keep(change)
    if faults:
        page = list_page(visit.sheet(), visit.lang(), request.form, faults)
        return render_template("web/questions.html", form=form, page=page, faults=faults)
    return to("web.questions", _anchor="saved") if "later" in request.form else to("web.check")


@needs("questions")
def check() -> Any:
    sheet, form = visit.sheet(), Page()
    if form.was_sent() and not sheet.missing():
        return _submit(sheet)
    page = check_page(sheet, visit.lang(), asked_to_send=form.is_submitted())
    return render_template("web/check.html", form=form, page=page, faults=page.faults)


def _take_one(sheet: Sheet, number: int) -> Any:
    item = _item_of_page(sheet)
    read = read_question(item, request.form, visit.lang())
    if read.fault:
        page = question_page(sheet, sheet.position(item.key) or number, visit.lang(), request.form, read.fault)
        return render_template(
            "web/question.html", form=Page(formdata=None), page=page, faults=[read.fault], back_to_check=_from_check()
        ), 422
    _keep(read.change)
    if request.form.get("instrument") != sheet.instrument.code:
        raise StalePage("other_form", saved=True)
    if request.headers.get("X-Requested-With") == "save":
        return "", 204
    if _from_check() or number >= len(sheet.items):
        return to("web.check")
    return to("web.question", number=(sheet.position(item.key) or number) + 1)


def _item_of_page(sheet: Sheet) -> Item:
    """The item that the sent page showed: of this sheet, or of the form that was current when the page was made."""
    key, shown = request.form.get("key", ""), request.form.get("instrument", "")
    item = next((item for item in sheet.items if item.key == key), None)
    if item is None and shown in services().knowledge.instruments and shown != sheet.instrument.code:
        earlier = Sheet(services().knowledge.instruments[shown], sheet.draft)
        item = next((item for item in earlier.items if item.key == key), None)
    if item is None:
        raise StalePage("not_asked")
    return item


def _keep(change: AnswerChange) -> None:
    if change:
        visit.write(answers=dict(change.answers), numbers=dict(change.numbers))


def _submit(sheet: Sheet) -> Any:
    given, draft = services(), sheet.draft
    person = Person(draft.profile(given.center.registers))
    try:
        kept = assess(given.center, ANYONE, CenterSheet(sheet.instrument.code, sheet.values(), person, given.today()))
    except InvalidInput as invalid:
        page = check_page(sheet, visit.lang(), asked_to_send=True, refused=invalid.faults)
        return render_template("web/check.html", form=Page(formdata=MultiDict()), page=page, faults=page.faults), 422
    if draft.assessment_id and draft.assessment_id not in draft.links:
        forget(given.center, ANYONE, draft.assessment_id)
    visit.write(assessment_id=kept.id, plan_id="", submitted=visit.digest())
    return to("web.result")


def _from_check() -> bool:
    return request.values.get("from") == "check"
