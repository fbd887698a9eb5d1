"""The pages of one form: consent, questions, health questions, result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any

from flask import Response, abort, g, redirect, render_template, request

from tcm_engine.center import NotFound, show_plan
from tcm_engine.center.access import letterhead_for
from tcm_engine.center.campaigns import NEEDED, Link, agree, reopen, save, submit, take_link
from tcm_engine.center.campaigns import result as kept_result
from tcm_engine.center.privacy import current_texts
from tcm_engine.model import InvalidInput
from tcm_engine.views import present_assessment

from ..desk.words import translate as _
from ..draft import Draft, Sheet
from ..figures import strip_figure
from ..forms import LISTS, STEPS, AnswerChange, Page, PageFault, faults_of, groups_of, read_list, read_question, safety_form, steps_for
from ..pages.question_page import list_page
from ..visit import merged
from .place import COOKIE, Place, allow, may_show, place, services

View = Callable[..., Any]


def step_of(*, agreed: bool) -> Callable[[View], View]:
    """A page of a form that is open and not done; `agreed`: only after the consent."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(token: str = "", **more: Any) -> Any:
            here = place()
            form = here.form()
            if form.done:
                return here.to("result")
            if not form.open or (agreed and not form.agreed):
                return here.to("start")
            if request.method == "POST":
                here.check_turn()
            return view(here, **more)

        return guarded

    return wrap


def start(token: str = "") -> Any:
    """Whose form this is, and the consent."""
    here = place()
    if isinstance(here.key, Link) and _scanned_on_device(here.key):
        return here.to_waiting()
    form = here.form()
    if form.done:
        return here.to("result")
    if not form.open:
        return render_template("invited/not_open.html", form=form)
    if form.agreed and request.method == "GET":
        return render_template("invited/begin.html", form=form, at=here, page=Page(formdata=None), minutes=_minutes(here))
    return _consent(here)


def _scanned_on_device(link: Link) -> bool:
    """Whether this browser is a device of the card's campaign: then it is a turn there. A device that is over is a telephone again."""
    try:
        return COOKIE in request.cookies and take_link(services().center, request.cookies[COOKIE], link.token)
    except NotFound:
        return False
    except InvalidInput:  # it is answered already: the device asks for the next
        return True


def _consent(here: Place) -> Any:
    page, texts = Page(), current_texts(g.display.lang)
    faults: list[PageFault] = []
    if page.was_sent():
        here.check_turn()
        answers = {text.purpose: request.form.get(text.purpose) == "yes" for text in texts}
        try:
            agree(services().center, here.key, answers)
        except InvalidInput as invalid:
            if not all(fault.code == "consent_needed" for fault in invalid.faults):
                raise
            said = {text.purpose: text.title for text in texts}
            faults = [
                PageFault(f"#{fault.path}", _("“{title}” is needed; without it there is no assessment.", title=said[fault.path]))  # type: ignore[index]
                for fault in invalid.faults
            ]
        else:
            return here.to("questions")
    return render_template(
        "invited/consent.html", at=here, form=here.form(), page=page, texts=texts, needed=NEEDED, faults=faults, minutes=_minutes(here),
        given=request.form,
    )  # fmt: skip


@step_of(agreed=True)
def questions(here: Place) -> Any:
    """All questions on one page. Each answer is kept at once where scripts run, all of them by the button."""
    page, sheet = Page(), here.sheet()
    if not page.was_sent():
        return _questions(here, page, sheet, [])
    change, faults = read_list(sheet, request.form, g.display.lang)
    sheet = _keep(here, change)
    if "later" in request.form:
        return here.to("questions", _anchor="saved")
    faults += [
        PageFault(f"#{item.key}-answer-1", _("Question {number} has no answer yet.", number=sheet.position(item.key)))
        for item in sheet.missing()
        if not any(fault.href.startswith(f"#{item.key}-") for fault in faults)
    ]
    if faults:
        return _questions(here, page, sheet, faults), 422
    return here.to("health", step=steps_for(sheet.draft)[0])


@step_of(agreed=True)
def answer(here: Place) -> Any:
    """One answer, from a script."""
    page, sheet = Page(), here.sheet()
    page.was_sent()
    item = next((item for item in sheet.items if item.key == request.form.get("key", "")), None)
    if item is None:
        abort(404)
    read = read_question(item, request.form, g.display.lang)
    if read.fault:
        return "", 422
    _keep(here, read.change)
    return "", 204


@step_of(agreed=True)
def health(here: Place, step: str) -> Any:
    """The questions about health, a page each; the last one sends the form."""
    sheet = here.sheet()
    if sheet.missing():
        return here.to("questions")
    steps = steps_for(sheet.draft)
    if step not in STEPS:
        abort(404)
    if step not in steps:
        return here.to("health", step=steps[0])
    knowledge = services().knowledge
    groups = groups_of(step, knowledge, sheet.draft) if step in LISTS else ()
    form = safety_form(step, groups, sheet.draft, knowledge)
    if form.was_sent():
        draft = _write(here, safety=form.patch(), safety_done={step: True})
        after = steps_for(draft)[steps_for(draft).index(step) + 1 :]
        return here.to("health", step=after[0]) if after else _send(here, draft)
    number = steps.index(step) + 1
    return render_template(
        "invited/health.html", at=here, form=form, faults=faults_of(form), step=STEPS[step], groups=groups, number=number,
        count=len(steps), before=steps[number - 2] if number > 1 else None,
    )  # fmt: skip


def result(token: str = "") -> Any:
    """The result and the plan, for the browser that answered, or for who knows the answer that the record has."""
    here = place()
    form = here.form()
    if not form.done:
        return here.to("start")
    if not form.shown:
        return render_template("invited/over.html", form=form)
    if not may_show(here):
        return _ask(here)
    assessment, plan = kept_result(services().center, here.key, g.display.lang)
    view = present_assessment(assessment.assessment, g.display.lang, knowledge=services().knowledge)
    shown = show_plan(services().center, plan, g.display.lang, _letterhead(here, plan.name))
    return render_template(
        "invited/result.html", at=here, form=form, view=view, plan=shown, figure=strip_figure(view, large=g.display.size == "large")
    )


def plan(token: str = "") -> Any:
    here = place()
    if not here.form().done or not here.form().shown or not may_show(here):
        return here.to("result")
    _assessment, kept = kept_result(services().center, here.key, g.display.lang)
    document = services().render_pdf(show_plan(services().center, kept, g.display.lang, _letterhead(here, kept.name)))
    headers = {"Content-Disposition": f'inline; filename="plan-{services().today().isoformat()}.pdf"'}
    return Response(document, mimetype="application/pdf", headers=headers)


def _ask(here: Place) -> Any:
    page, form, faults = Page(), here.form(), []
    if page.was_sent() and isinstance(here.key, Link):
        if reopen(services().center, here.key, request.form.get("known", "")):
            allow(here)
            return redirect(here.url("result"), 303)
        g.pop("form", None)
        form = here.form()
        faults = [PageFault("#known", _("This is not what the record says. Please try once more, or ask the centre."))]
    return render_template("invited/reopen.html", at=here, form=form, page=page, faults=faults), 422 if faults else 200


def _send(here: Place, draft: Draft) -> Any:
    sheet = Sheet(services().knowledge.instruments[draft.instrument], draft)
    said = draft.profile(services().center.registers)
    submit(services().center, here.key, sheet.values(), replace(said, birth_date=None))
    if not here.on_device:
        g.pop("form", None)
        allow(here)
    return here.to("result")


def _questions(here: Place, page: Page, sheet: Sheet, faults: list[PageFault]) -> str:
    view = list_page(sheet, g.display.lang, request.form if faults else None, faults)
    return render_template("invited/questions.html", at=here, form=here.form(), page=page, view=view, faults=faults)


def _keep(here: Place, change: AnswerChange) -> Sheet:
    if change:
        _write(here, answers=dict(change.answers), numbers=dict(change.numbers))
    return here.sheet()


def _write(here: Place, **patch: Mapping[str, Any]) -> Draft:
    g.form = save(services().center, here.key, lambda old: merged(old, patch))
    return here.draft()


def _letterhead(here: Place, name: str) -> Any:
    return letterhead_for(services().center, here.form().organisation, name)


def _minutes(here: Place) -> int:
    return services().knowledge.instruments[here.form().instrument].minutes
