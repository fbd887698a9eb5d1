"""Plans of everybody who is assessed: asked for here, made by the work process."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from tcm_engine.center.campaigns import KINDS, batches, get_campaign, request_batch
from tcm_engine.model import InvalidInput
from tcm_engine.views import say_fault

from ...forms import PageFault
from ..access import caller, services
from ..forms import DeskForm
from ..words import N_

KIND_WORDS = {
    "plan_pdfs": N_("Compose every plan"),
    "archive": N_("One ZIP with all plans"),
    "print": N_("One file for the printer"),
}
STATE_WORDS = {
    "waiting": N_("waiting"), "running": N_("running"), "stopping": N_("stopping"), "stopped": N_("stopped"), "done": N_("done"),
    "failed": N_("failed"),
}  # fmt: skip


def plans(public_id: str) -> Any:
    center, who, form = services().center, caller(), DeskForm()
    campaign = get_campaign(center, who, public_id)
    faults: list[PageFault] = []
    if form.was_sent():
        try:
            request_batch(center, who, public_id, request.form.get("kind", ""), g.display.lang)
        except InvalidInput as invalid:
            faults = [PageFault("#main", say_fault(fault, g.display.lang)) for fault in invalid.faults]
        else:
            return redirect(url_for("desk.campaign_plans", public_id=public_id), 303)
    return render_template(
        "desk/campaigns/plans.html", campaign=campaign, form=form, faults=faults, kinds=KINDS, kind_words=KIND_WORDS,
        state_words=STATE_WORDS,
        jobs=batches(center, who, public_id),
    ), 422 if faults else 200  # fmt: skip
