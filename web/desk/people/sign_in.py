"""Signing in, the second factor, and one-time links."""

from __future__ import annotations

from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for

from tcm_engine.center import NotAuthenticated
from tcm_engine.center.access import (
    LOCK,
    Locked,
    SignedIn,
    begin_enrolment,
    confirm_enrolment,
    give_code,
    is_enrolled,
    look_at_link,
    must_change_password,
    use_link,
)
from tcm_engine.center.access import sign_in as begin_session
from tcm_engine.model import InvalidInput

from ...figures import qr_figure
from ..access import COOKIE, keep_cookie, services, signed_in
from ..forms import faults_of
from ..words import translate as _
from .forms import CodeForm, LinkForm, SignInForm, differ, show_faults

ORGANISATION_COOKIE = "desk_organisation"
_YEAR = 365 * 24 * 3600


def sign_in() -> Any:
    form = SignInForm(organisation=request.cookies.get(ORGANISATION_COOKIE, ""))
    if form.was_sent():
        try:
            entered = begin_session(
                services().center,
                form.organisation.data or "",
                form.login.data or "",
                form.password.data or "",
                address=request.remote_addr or "",
                device=_device(),
            )
        except Locked:
            form.password.errors = [_locked()]
        except NotAuthenticated:
            form.password.errors = [_("Organisation, login or password is not right.")]
        else:
            response = redirect(url_for("desk.second_factor", back=_back()), 303)
            response.set_cookie(
                ORGANISATION_COOKIE, (form.organisation.data or "").strip(), max_age=_YEAR, path="/desk", httponly=True, samesite="Lax",
                secure=services().secure_cookies,
            )  # fmt: skip
            return keep_cookie(response, entered.token)
    return render_template("desk/people/sign_in.html", form=form, faults=faults_of(form))


def second_factor() -> Any:
    who, form = _waiting(), CodeForm()
    if who.complete:
        return _onward(who)
    if not is_enrolled(services().center, who):
        return redirect(url_for("desk.enrol", back=_back()), 303)
    if form.was_sent():
        try:
            token = give_code(services().center, who, form.code.data or "")
        except Locked:
            form.code.errors = [_locked()]
        except NotAuthenticated:
            form.code.errors = [_("This code is not right, or was used already. Wait for the next one.")]
        else:
            return keep_cookie(redirect(url_for("desk.second_factor", back=_back()), 303), token)
    return render_template("desk/people/second_factor.html", form=form, faults=faults_of(form))


def enrol() -> Any:
    who, form = _waiting(), CodeForm()
    try:
        given = begin_enrolment(services().center, who)
    except NotAuthenticated:
        return redirect(url_for("desk.second_factor", back=_back()), 303)
    if form.was_sent():
        try:
            token, codes = confirm_enrolment(services().center, who, form.code.data or "")
        except NotAuthenticated:
            form.code.errors = [
                _("This code is not right. Check that the telephone's clock is right, and type the code that is shown now.")
            ]
        else:
            page = render_template("desk/people/recovery.html", codes=codes, back=_back())
            return keep_cookie(make_response(page), token)
    figure = qr_figure(given.address, _("QR code for the authenticator"))
    return render_template("desk/people/enrol.html", form=form, faults=faults_of(form), given=given, figure=figure)


def link(token: str) -> Any:
    found, form = look_at_link(services().center, token), LinkForm()
    if form.was_sent():
        try:
            if form.password.data != form.again.data:
                raise differ()
            use_link(services().center, token, form.password.data or "")
        except InvalidInput as invalid:
            show_faults(form, invalid, g.display.lang)
        else:
            response = redirect(url_for("desk.sign_in"), 303)
            response.delete_cookie(COOKIE, path="/desk")
            return response
    return render_template("desk/people/link.html", form=form, faults=faults_of(form), found=found)


def _onward(who: SignedIn) -> Any:
    if must_change_password(services().center, who):
        return redirect(url_for("desk.own_password"), 303)
    return redirect(_back() or url_for("desk.home"), 303)


def _waiting() -> SignedIn:
    found = signed_in()
    if found is None:
        raise NotAuthenticated
    return found


def _back() -> str | None:
    """The page that was asked for first; an address of the desk and nothing else."""
    asked = request.args.get("back", "")
    return asked if asked.startswith("/desk/") and "\\" not in asked and "//" not in asked and asked.isprintable() else None


def _locked() -> str:
    return _("Too many attempts. Try again in {minutes} minutes.", minutes=int(LOCK.total_seconds() // 60))


def _device() -> str:
    """Kind of browser and system, for recognising a session; not the whole string, which is nearly a fingerprint."""
    agent = request.user_agent.string
    browser = next((name for name in ("MicroMessenger", "Edg", "OPR", "Firefox", "Chrome", "Safari") if name in agent), "?")
    system = next((name for name in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "HarmonyOS", "Linux") if name in agent), "?")
    return f"{browser}, {system}"
