"""From the first page to the first question: start, consent, sex and age, form, settings."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from tcm_engine.views import HTML_LANG

from .. import consent as consent_text
from .. import visit
from ..figures import ring_figure
from ..forms import AboutForm, ConsentForm, faults_of, instrument_form
from ..pages.forms_page import DEFAULT_INSTRUMENT, form_cards
from ..visit import needs, services, to


def start() -> str:
    terms = sorted(services().knowledge.solar_terms.values(), key=lambda term: term.longitude)
    lang = "zh-Hans" if visit.lang() == "en" else visit.lang()
    ring = ring_figure([term.name.in_(lang) for term in terms], HTML_LANG[lang])
    return render_template("web/start.html", unfinished=visit.draft() is not None, ring=ring)


def settings() -> str:
    return render_template("web/settings.html")


def privacy() -> str:
    return render_template("web/privacy.html", points=consent_text.POINTS, version=consent_text.VERSION)


def consent() -> Any:
    form = ConsentForm()
    if form.was_sent():
        if visit.draft() is None:
            visit.begin({"consent": consent_text.VERSION, "started_on": services().today().isoformat()})
        else:
            visit.write(consent=consent_text.VERSION)
        return to("web.about")
    agreed = visit.draft() is not None
    return render_template(
        "web/consent.html", form=form, faults=faults_of(form), points=consent_text.POINTS, agree=consent_text.AGREE, agreed=agreed,
        version=consent_text.VERSION,
    )  # fmt: skip


@needs("about")
def about() -> Any:
    draft = visit.current()
    said = draft.sex or ("unsaid" if draft.about_done else None)
    minimum_age = min(instrument.minimum_age for instrument in services().knowledge.instruments.values())
    form = AboutForm(minimum_age, data={"sex": said, "age": "" if draft.age is None else str(draft.age)})
    if form.was_sent():
        visit.write(sex=form.given_sex(), age=form.given_age(), about_done=True, started_on=services().today().isoformat())
        return to("web.form")
    return render_template("web/about.html", form=form, faults=faults_of(form))


@needs("form")
def form() -> Any:
    draft, instruments = visit.current(), services().knowledge.instruments
    cards = form_cards(instruments, draft)
    page = instrument_form([card.instrument for card in cards], visit.lang())
    if page.was_sent():
        visit.write(instrument=page.instrument.data)
        return to("web.go_on")
    chosen = page.instrument.data if request.method == "POST" else draft.instrument or DEFAULT_INSTRUMENT
    return render_template("web/form.html", form=page, faults=faults_of(page), cards=cards, chosen=chosen)


@needs("questions")
def go_on() -> Any:
    """Where this person left off: the first question without an answer, the check page, or the result."""
    sheet = visit.sheet()
    if visit.assessment() and visit.current().submitted == visit.digest():
        return to("web.result")
    if not sheet.missing():
        return to("web.check")
    return to("web.questions") if visit.flow() == "list" else to("web.question", number=sheet.resume_at())
