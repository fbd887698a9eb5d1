"""A question to the knowledge base. It is sent in the body, so that no address or history has it, and kept nowhere."""

from __future__ import annotations

from flask import render_template

from tcm_engine.search import Given, SearchHit, answer
from tcm_engine.views import present_answer

from .. import visit
from ..forms import faults_of
from ..forms.ask import AskForm
from ..visit import services

MOST_PIECES = 8


def knowledge() -> str:
    """The box, and under it the answer; for the visitor's own types and answers where a self-test is under way and they want it."""
    form, mine, view = AskForm(), _mine(), None
    hits: tuple[SearchHit, ...] = ()
    if form.was_sent():
        given = mine if form.mine.data else Given()
        found = answer(
            services().center.engine.catalogue, form.question.data, on=services().today(), limit=MOST_PIECES, lang=visit.lang(),
            cache=services().cache, given=given,
        )  # fmt: skip
        view, hits = present_answer(found, visit.lang(), services().knowledge), found.hits
    others = [hit for hit in hits if hit.kind in ("complaint", "constitution")]
    return render_template("web/knowledge.html", form=form, faults=faults_of(form), view=view, others=others, mine=mine != Given())


def _mine() -> Given:
    """What the running self-test knows of the visitor."""
    draft = visit.draft()
    if draft is None or not draft.about_done:
        return Given()
    return Given(draft.profile(services().center.registers), visit.assessment())
