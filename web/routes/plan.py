"""The plan: composed once per set of answers, shown as a page and as a document."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from tcm_engine.center import ANYONE, StoredPlan, make_plan, show_plan
from tcm_engine.model import InvalidInput
from tcm_engine.views import PlanView

from .. import visit
from ..forms import steps_for
from ..visit import needs, services, to


@needs("result")
def plan() -> Any:
    if not _asked():
        return to("web.safety_start")
    try:
        kept = _plan()
    except InvalidInput:
        return to("web.about")
    return render_template("web/plan.html", view=_view(kept), days=kept.plan.first_week, outdated=_outdated())


@needs("result")
def pdf() -> Any:
    if not _asked():
        return to("web.safety_start")
    document = services().render_pdf(_view(_plan()))
    response = Response(document, mimetype="application/pdf")
    # The name says nothing about the person: it is seen in lists of downloads.
    response.headers["Content-Disposition"] = f'inline; filename="plan-{services().today().isoformat()}.pdf"'
    return response


def _asked() -> bool:
    """Whether every safety question was seen, answered or passed over; or the plan is there already."""
    draft = visit.current()
    return bool(draft.plan_id) or all(draft.safety_done.get(step) for step in steps_for(draft))


def _plan() -> StoredPlan:
    found = visit.plan()
    if found:
        return found
    given, draft = services(), visit.current()
    kept = make_plan(
        given.center, ANYONE, draft.assessment_id, on=given.today(), lang=visit.lang(), profile=draft.profile(given.center.registers)
    )
    visit.write(plan_id=kept.id)
    return kept


def _view(kept: StoredPlan) -> PlanView:
    return show_plan(services().center, kept, visit.lang(), services().letterhead)


def _outdated() -> bool:
    return visit.current().submitted != visit.digest()
