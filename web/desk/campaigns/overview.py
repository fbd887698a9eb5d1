"""All campaigns, one campaign with its coverage, and setting one up."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from tcm_engine.center.access import branches
from tcm_engine.center.campaigns import STATES, add_campaign, change_campaign, coverage, get_campaign, imports, set_state
from tcm_engine.center.campaigns import campaigns as all_campaigns
from tcm_engine.model import InvalidInput

from ..access import caller, services
from ..forms import DeskForm, faults_of
from ..words import N_
from .forms import CampaignForm, beside, values_of

STATE_WORDS = {"preparing": N_("preparing"), "open": N_("open"), "closed": N_("closed")}
PERSON_WORDS = {"missing": N_("not begun"), "started": N_("begun"), "done": N_("done"), "review": N_("done, in review")}


def campaigns() -> str:
    found = all_campaigns(services().center, caller())
    return render_template("desk/campaigns/campaigns.html", campaigns=found, words=STATE_WORDS, title_of=title_of)


def new() -> Any:
    form = _form(data={"instrument": "gbt_46939_2025"})
    faults = faults_of(form)
    if form.was_sent():
        try:
            public = add_campaign(services().center, caller(), form.given())
        except InvalidInput as invalid:
            faults = beside(form, invalid)
        else:
            return redirect(url_for("desk.campaign", public_id=public), 303)
    return render_template("desk/campaigns/edit.html", form=form, faults=faults, campaign=None), 422 if faults else 200


def one(public_id: str) -> str:
    center, who = services().center, caller()
    found = get_campaign(center, who, public_id)
    return render_template(
        "desk/campaigns/campaign.html", campaign=found, units=coverage(center, who, public_id), files=imports(center, who, public_id),
        words=STATE_WORDS, instrument=title_of(found.instrument), form=DeskForm(formdata=None),
    )  # fmt: skip


def edit(public_id: str) -> Any:
    center, who = services().center, caller()
    found = get_campaign(center, who, public_id)
    form = _form(data=values_of(found))
    faults = faults_of(form)
    if form.was_sent():
        try:
            change_campaign(center, who, public_id, request.form.get("version", 0, int), form.given())
        except InvalidInput as invalid:
            faults = beside(form, invalid)
        else:
            return redirect(url_for("desk.campaign", public_id=public_id), 303)
    return render_template("desk/campaigns/edit.html", form=form, faults=faults, campaign=found), 422 if faults else 200


def state(public_id: str) -> Any:
    if DeskForm().was_sent() and request.form.get("state") in STATES:
        set_state(services().center, caller(), public_id, request.form["state"])
    return redirect(url_for("desk.campaign", public_id=public_id), 303)


def title_of(instrument: str) -> str:
    found = services().knowledge.instruments.get(instrument)
    return found.title.in_(g.display.lang) if found else instrument


def _form(data: dict[str, str]) -> CampaignForm:
    knowledge, who = services().knowledge, caller()
    open_branches = [one for one in branches(services().center, who.organisation) if one.closed_at is None and who.branch in (None, one.id)]
    return CampaignForm(data=data).offer(
        [(code, found.title.in_(g.display.lang)) for code, found in knowledge.instruments.items()],
        [(one.public_id, one.name) for one in open_branches],
    )
