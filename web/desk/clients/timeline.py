"""Everything of a record in its order, one sentence each, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import g, url_for

from tcm_engine.center.clients import Standing
from tcm_engine.views import say_conclusion

from ..access import services
from ..times import HOME_ZONE
from ..words import translate as _
from . import labels

MOST = 30
"""Entries that are shown at once; the older ones follow in a fold."""


@dataclass(frozen=True, slots=True)
class Entry:
    day: date
    text: str
    link: str


def timeline(standing: Standing) -> list[Entry]:
    client = standing.client.public_id
    entries = [Entry(standing.client.created_at.astimezone(HOME_ZONE).date(), _("Record opened"), "")]
    for result in standing.results:
        said = say_conclusion(result.assessment, g.display.lang, services().knowledge)
        link = url_for("desk.client_assessment", public_id=client, assessment=result.public_id)
        entries.append(Entry(result.assessment.assessed_on, _("Assessed: {result}", result=said), link))
    for plan in standing.plans:
        day = plan.created_at.astimezone(HOME_ZONE).date()
        link = url_for("desk.client_plan", public_id=client, plan=plan.public_id)
        entries.append(Entry(day, _("Plan made: {state}", state=_(labels.PLAN_STATE.get(plan.state, plan.state))), link))
    for one in standing.measured:
        if one.removed_at is None:
            names = _(", ").join(_(labels.LABELS[code]) for code in one.values)
            entries.append(Entry(one.taken_on, _("Measured: {names}", names=names), url_for("desk.client_vitals", public_id=client)))
    for follow in standing.follow_ups:
        if follow.state == "done" and follow.done_on:
            words = _("{kind}: {outcome}", kind=_(labels.KIND[follow.kind]), outcome=_(labels.OUTCOME[follow.outcome]))
            entries.append(Entry(follow.done_on, words, url_for("desk.client_follow_ups", public_id=client)))
    return sorted(entries, key=lambda entry: entry.day, reverse=True)
