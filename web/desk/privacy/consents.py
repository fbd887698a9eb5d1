"""Consents of one client: asked, shown, withdrawn, printed."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, render_template, request, url_for

from tcm_engine.center import NotFound
from tcm_engine.center.access import letterhead_for
from tcm_engine.center.privacy import MEANS, PURPOSES, answer_consents, current_texts, read_consents, text_of, withdraw_consent

from ...forms import PageFault
from ..access import caller, services
from ..forms import DeskForm
from ..words import translate as _
from . import labels
from .papers import consent_form


def consents(public_id: str) -> Any:
    """The current texts with yes and no each; below, everything that was ever answered."""
    found = read_consents(services().center, caller(), public_id)
    form, faults = DeskForm(), []
    if form.was_sent():
        answers = {purpose: request.form[purpose] == "yes" for purpose in PURPOSES if request.form.get(purpose) in ("yes", "no")}
        means = next((one for one in MEANS if one == request.form.get("means")), None)
        if not answers:
            faults.append(PageFault("#health_data-yes", _("Choose yes or no for at least one purpose.")))
        if means is None:
            faults.append(PageFault("#means-paper", _("Say how the client answered.")))
        if means is not None and answers:
            answer_consents(services().center, caller(), public_id, answers, means)
            return redirect(url_for("desk.client_consents", public_id=found.public_id, saved=1), 303)
    return render_template(
        "desk/privacy/consents.html", client=found, texts=current_texts(g.display.lang), form=form, faults=faults, labels=labels,
        means=MEANS,
        chosen=request.form, saved="saved" in request.args and not faults, title_of=_title_of,
    )  # fmt: skip


def withdraw(public_id: str, purpose: str) -> Any:
    """A page that says what happens, then does it."""
    known = next((one for one in PURPOSES if one == purpose), None)
    if known is None:
        raise NotFound
    found = read_consents(services().center, caller(), public_id)
    form = DeskForm()
    if form.was_sent():
        withdraw_consent(services().center, caller(), public_id, known)
        return redirect(url_for("desk.client_consents", public_id=found.public_id), 303)
    return render_template("desk/privacy/withdraw.html", client=found, purpose=known, form=form, labels=labels, title=_title_of(known, ""))


def form_pdf(public_id: str) -> Response:
    """The current texts to sign on paper, with the client's name; no signed paper is needed where a tablet or link was used."""
    found = read_consents(services().center, caller(), public_id)
    head = letterhead_for(services().center, caller().organisation, found.name)
    view = consent_form(current_texts(g.display.lang), head, g.display.lang, _)
    response = Response(services().render_paper(view), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="consent-{services().today().isoformat()}.pdf"'
    return response


def _title_of(purpose: str, version: str) -> str:
    text = text_of(purpose, version, g.display.lang)
    return text.title if text else _(labels.PURPOSE[purpose])
