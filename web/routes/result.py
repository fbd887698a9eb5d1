"""The result, and the picture of it to share."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template

from tcm_engine.center import show_plan
from tcm_engine.views import AssessmentView, present_assessment

from .. import card as cards
from .. import visit
from ..figures import strip_figure
from ..typography import parts
from ..visit import needs, services


@needs("result")
def result() -> Any:
    view, kept = _view(), visit.plan()
    plan = show_plan(services().center, kept, visit.lang(), services().letterhead) if kept else None
    outdated = visit.current().submitted != visit.digest()
    figure = strip_figure(view, large=g.display.size == "large")
    return render_template("web/result.html", view=view, figure=figure, plan=plan, outdated=outdated)


@needs("result")
def card() -> str:
    return render_template("web/card.html", view=_view())


@needs("result")
def card_image(kind: str) -> Response:
    """`named` has the result's words, `plain` says only that a test was made."""
    statement = parts(_view().statement) if kind == "named" else ()
    picture = cards.draw(visit.lang(), statement, services().letterhead.centre_name, services().font_files(visit.lang()))
    return Response(picture, mimetype="image/png", headers={"Content-Disposition": 'inline; filename="card.png"'})


def _view() -> AssessmentView:
    assessment = visit.assessment()
    assert assessment is not None  # noqa: S101  # `needs` saw it
    return present_assessment(assessment, visit.lang(), knowledge=services().knowledge)
