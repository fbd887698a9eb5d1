"""Devices of a campaign: signing this one in, and ending others."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, session, url_for

from tcm_engine.center.access import end_session
from tcm_engine.center.campaigns import devices as signed_in
from tcm_engine.center.campaigns import end_device, get_campaign, start_device
from tcm_engine.model import InvalidInput

from ...invited.place import keep_cookie
from ..access import COOKIE, caller, services
from ..forms import DeskForm
from .forms import DeviceForm, beside


def devices(public_id: str) -> Any:
    center, who, form = services().center, caller(), DeviceForm()
    campaign = get_campaign(center, who, public_id)
    faults = []
    if form.was_sent():
        try:
            token = start_device(center, who, public_id, form.label.data or "")
        except InvalidInput as invalid:
            faults = beside(form, invalid)
        else:
            return _only_a_device(token)
    return render_template(
        "desk/campaigns/devices.html", campaign=campaign, form=form, faults=faults, devices=signed_in(center, who, public_id)
    ), 422 if faults else 200


def end(public_id: str, device: str) -> Any:
    if DeskForm().was_sent():
        end_device(services().center, caller(), public_id, device)
    return redirect(url_for("desk.campaign_devices", public_id=public_id), 303)


def _only_a_device(token: str) -> Any:
    """From now on this browser is a device of the campaign: who signed it in is signed out, so that no client reaches the desk."""
    end_session(services().center, request.cookies.get(COOKIE, ""))
    session.clear()
    response = redirect(url_for("invited.tablet"), 303)
    response.delete_cookie(COOKIE, path="/desk")
    return keep_cookie(response, token)
