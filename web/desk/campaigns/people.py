"""The people of a campaign, and one of them: link, device, paper."""

from __future__ import annotations

from typing import Any

import segno
from flask import redirect, render_template, request, url_for
from markupsafe import Markup

from tcm_engine.center.campaigns import coverage, devices, get_campaign, give_turn, person, reissue_link
from tcm_engine.center.campaigns import people as campaign_people
from tcm_engine.model import InvalidInput
from tcm_engine.views import say_fault

from ...forms import PageFault
from ..access import caller, may, services
from ..forms import DeskForm
from .lists import link_of
from .overview import PERSON_WORDS

FILTERS = ("", "missing", "done", "review")


def listed(public_id: str) -> str:
    center, who = services().center, caller()
    state = request.args.get("state", "")
    unit = request.args.get("unit")
    found = campaign_people(
        center, who, public_id, state=state if state in FILTERS else "", unit=unit, search=request.args.get("q", ""),
        page=request.args.get("page", 1, int),
    )  # fmt: skip
    return render_template(
        "desk/campaigns/people.html", campaign=get_campaign(center, who, public_id), found=found, state=state, unit=unit,
        q=request.args.get("q", ""), words=PERSON_WORDS, units=coverage(center, who, public_id),
    )  # fmt: skip


def one(public_id: str, who: str) -> Any:
    center, form = services().center, DeskForm()
    faults: list[PageFault] = []
    if form.was_sent():
        try:
            if "reissue" in request.form:
                reissue_link(center, caller(), public_id, who)
            elif "device" in request.form:
                give_turn(center, caller(), public_id, request.form["device"], who)
        except InvalidInput as invalid:
            from flask import g

            faults = [PageFault("#main", say_fault(fault, g.display.lang)) for fault in invalid.faults]
        else:
            return redirect(url_for("desk.campaign_person", public_id=public_id, who=who), 303)
    found = person(center, caller(), public_id, who)
    link = link_of(found.token) if may("fill_campaign") and found.state in ("missing", "started") else ""
    return render_template(
        "desk/campaigns/person.html", campaign=get_campaign(center, caller(), public_id), person=found, link=link, qr=_qr(link), form=form,
        faults=faults, words=PERSON_WORDS, devices=devices(center, caller(), public_id),
    ), 422 if faults else 200  # fmt: skip


def _qr(address: str) -> Markup:
    if not address:
        return Markup()
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True, dark="#000", light=None)
    return Markup(drawn)  # noqa: S704  # our own drawing
