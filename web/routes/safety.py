"""The safety questions before a plan, a page each."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from .. import visit
from ..forms import LISTS, STEPS, faults_of, groups_of, safety_form, steps_for
from ..visit import needs, services, to


@needs("result")
def begin() -> Any:
    """The first step that was not seen yet, or the first of all."""
    draft = visit.current()
    steps = steps_for(draft)
    return to("web.safety", step=next((code for code in steps if not draft.safety_done.get(code)), steps[0]))


@needs("result")
def step(step: str) -> Any:
    draft = visit.current()
    steps = steps_for(draft)
    if step not in STEPS:
        abort(404)
    if step not in steps:
        return to("web.safety_start")
    knowledge = services().knowledge
    groups = groups_of(step, knowledge, draft) if step in LISTS else ()
    form = safety_form(step, groups, draft, knowledge)
    if form.was_sent():
        visit.write(safety=form.patch(), safety_done={step: True}, plan_id="")
        steps = steps_for(visit.current())
        after = steps[steps.index(step) + 1 :]
        return to("web.safety", step=after[0]) if after else to("web.plan")
    number = steps.index(step) + 1
    return render_template(
        "web/safety.html", form=form, faults=faults_of(form), step=STEPS[step], groups=groups, number=number, count=len(steps),
        before=steps[number - 2] if number > 1 else None,
    )  # fmt: skip
