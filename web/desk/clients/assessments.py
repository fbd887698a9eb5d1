"""Assessments of a client: typed from paper, shown, and plans made from them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from flask import Response, g, redirect, render_template, url_for

from tcm_engine.center import NotFound, get_plan, make_plan, show_plan
from tcm_engine.center.access import letterhead_for
from tcm_engine.center.clients import assess_client, has_plan, plan_profile, result_of, standing_of
from tcm_engine.center.privacy import ConsentMissing
from tcm_engine.model import InvalidInput
from tcm_engine.views import PlanView, present_assessment

from ...figures import strip_figure
from ...forms import PageFault
from ...typography import phrases
from ..access import caller, services
from ..forms import DeskForm
from ..words import translate as _
from . import labels
from .sent import sent


def entry(public_id: str, instrument: str) -> Any:
    """One page for a whole sheet of paper: digits 1 to 5, Tab or Enter to the next; only the questions of the person's sex."""
    form = services().knowledge.instruments.get(instrument)
    if form is None:
        raise NotFound
    standing = standing_of(services().center, caller(), public_id)
    client = standing.client
    items = [item for item in form.items if item.sex is None or client.identity.sex is None or item.sex == client.identity.sex]
    numbers = {item.key: number for number, item in enumerate(form.items, 1)}
    measured = {item.measure.key: item.measure for item in items if item.measure}
    page = sent(("assessed_on", "consent", *(item.key for item in items), *measured), {"assessed_on": services().today().isoformat()})
    if page.form.was_sent():
        answers = {key: _number(page.values[key].strip()) for key in (*(item.key for item in items), *measured) if page.values[key].strip()}
        try:
            kept = assess_client(
                services().center, caller(), public_id, instrument, answers, page.values["assessed_on"], signed=bool(page.values["consent"])
            )
            return redirect(url_for("desk.client_assessment", public_id=client.public_id, assessment=kept.id), 303)
        except InvalidInput as invalid:
            page.take(invalid)
        except ConsentMissing:
            page.wrong["consent"] = [_("The client must have agreed to the processing of health data; nothing was kept.")]
    return render_template(
        "desk/clients/entry.html", page=page, client=client, instrument=form, items=items,
        numbers=numbers, faults=_named(page.faults, numbers),
        consented=standing.consented, labels=labels, lang=g.display.lang,
    )  # fmt: skip


def show(public_id: str, assessment: str) -> Any:
    client, kept, plans = result_of(services().center, caller(), public_id, assessment)
    view = present_assessment(kept.assessment, g.display.lang, knowledge=services().knowledge)
    figure = strip_figure(view, large=g.display.size == "large")
    return render_template(
        "desk/clients/assessment.html", client=client, view=view, figure=figure, plans=plans, assessment=assessment, act=DeskForm(),
        phrases=phrases, labels=labels,
    )  # fmt: skip


def make(public_id: str, assessment: str) -> Any:
    back = url_for("desk.client_assessment", public_id=public_id, assessment=assessment)
    if not DeskForm().was_sent():
        return redirect(back, 303)
    center, who, today = services().center, caller(), services().today()
    result_of(center, who, public_id, assessment)
    client, profile = plan_profile(center, who, public_id, today)
    try:
        kept = make_plan(center, who, assessment, on=today, lang=g.display.lang, profile=profile)
    except InvalidInput as invalid:
        page = sent(())
        page.take(invalid)
        shown = render_template("desk/clients/refused_plan.html", client=client, faults=page.faults, back=back)
        return shown, 422
    return redirect(url_for("desk.client_plan", public_id=client.public_id, plan=kept.id), 303)


def plan(public_id: str, plan: str) -> Any:
    client = has_plan(services().center, caller(), public_id, plan)
    return render_template("desk/clients/plan.html", client=client, plan=plan, view=_view(plan), labels=labels, phrases=phrases)


def pdf(public_id: str, plan: str) -> Any:
    has_plan(services().center, caller(), public_id, plan)
    response = Response(services().render_pdf(_view(plan)), mimetype="application/pdf")
    # The name says nothing about the person: it is seen in lists of downloads.
    response.headers["Content-Disposition"] = f'inline; filename="plan-{services().today().isoformat()}.pdf"'
    return response


def _view(plan: str) -> PlanView:
    center, who = services().center, caller()
    kept = get_plan(center, who, plan)
    return show_plan(center, kept, g.display.lang, letterhead_for(center, who.organisation, kept.name))


def _number(text: str) -> int | float | str:
    """A number of what was typed, full width or not; else the text, for the engine to refuse."""
    plain = unicodedata.normalize("NFKC", text).replace(",", ".")
    try:
        return int(plain) if plain.isascii() and plain.lstrip("-").isdigit() else float(plain)
    except ValueError:
        return text


def _named(faults: list[PageFault], numbers: Mapping[str, int]) -> list[PageFault]:
    """Faults of answers begin with the number that stands on the paper."""
    return [
        PageFault(fault.href, _("Question {number}: {fault}", number=numbers[fault.href[1:]], fault=fault.message))
        if fault.href[1:] in numbers else fault
        for fault in faults
    ]  # fmt: skip
