"""One's own account: sessions and password."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, url_for

from tcm_engine.center import NotAuthenticated
from tcm_engine.center.access import SignedIn, change_own_password, end_own_session, own_sessions
from tcm_engine.model import InvalidInput

from ..access import services, signed_in
from ..forms import DeskForm, faults_of
from .forms import PasswordForm, differ, show_faults


def own() -> str:
    return render_template("desk/people/own.html", sessions=own_sessions(services().center, _who()), form=DeskForm())


def password() -> Any:
    form = PasswordForm()
    if form.was_sent():
        try:
            if form.password.data != form.again.data:
                raise differ()
            change_own_password(services().center, _who(), form.old.data or "", form.password.data or "")
        except InvalidInput as invalid:
            show_faults(form, invalid, g.display.lang)
        else:
            return redirect(url_for("desk.own"), 303)
    return render_template("desk/people/password.html", form=form, faults=faults_of(form))


def end_session(public_id: str) -> Any:
    if DeskForm().was_sent():
        end_own_session(services().center, _who(), public_id)
    return redirect(url_for("desk.own"), 303)


def _who() -> SignedIn:
    found = signed_in()
    if found is None:
        raise NotAuthenticated
    return found
