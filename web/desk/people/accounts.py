"""Accounts of the organisation."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, url_for

from tcm_engine.center import NotFound
from tcm_engine.center.access import (
    IssuedLink,
    Member,
    NewAccount,
    add_member,
    branches,
    change_member,
    disable_member,
    enable_member,
    members,
    reset_member,
)
from tcm_engine.model import InvalidInput

from ...figures import qr_figure
from ..access import caller, services
from ..forms import DeskForm, faults_of
from ..words import translate as _
from .forms import ROLE_NAMES, AccountForm, show_faults


def accounts() -> str:
    names = {one.id: one.name for one in branches(services().center, caller().organisation)}
    found = members(services().center, caller())
    return render_template(
        "desk/people/accounts.html", members=found, branch_names=names, role_names={role: _(name) for role, name in ROLE_NAMES.items()}
    )


def new() -> Any:
    form = AccountForm().offer(_offered())
    if form.was_sent():
        try:
            given = NewAccount(
                form.login.data or "", form.role.data, form.name.data or "", form.title.data or "", form.licence.data or "",
                form.branch.data or "",
            )  # fmt: skip
            member, issued = add_member(services().center, caller(), given)
        except InvalidInput as invalid:
            show_faults(form, invalid, g.display.lang)
        else:
            return _show_link(member.login, issued)
    return render_template("desk/people/account_new.html", form=form, faults=faults_of(form))


def one(account: int) -> Any:
    found = _member(account)
    publics = {branch.id: branch.public_id for branch in branches(services().center, caller().organisation)}
    form = AccountForm(data={"role": found.role, "branch": publics.get(found.branch or 0, ""), **found.profile}).offer(_offered())
    if form.was_sent():
        try:
            change_member(
                services().center, caller(), account, role=form.role.data, branch=form.branch.data or "", name=form.name.data or "",
                title=form.title.data or "", licence=form.licence.data or "",
            )  # fmt: skip
        except InvalidInput as invalid:
            show_faults(form, invalid, g.display.lang)
        else:
            return redirect(url_for("desk.accounts"), 303)
    return render_template("desk/people/account.html", form=form, faults=faults_of(form), member=found, act=DeskForm())


def act(account: int, action: str) -> Any:
    if not DeskForm().was_sent():
        return redirect(url_for("desk.account", account=account), 303)
    center, who = services().center, caller()
    try:
        if action == "reset":
            return _show_link(_member(account).login, reset_member(center, who, account))
        (disable_member if action == "disable" else enable_member)(center, who, account)
    except InvalidInput as invalid:
        form = AccountForm(data={"role": _member(account).role}).offer(_offered())
        show_faults(form, invalid, g.display.lang)
        return render_template("desk/people/account.html", form=form, faults=faults_of(form), member=_member(account), act=DeskForm())
    return redirect(url_for("desk.accounts"), 303)


def _show_link(login: str, issued: IssuedLink) -> str:
    """The link stands on this page alone and is kept nowhere."""
    base = services().public_url.rstrip("/")
    address = base + url_for("desk.link", token=issued.token) if base else url_for("desk.link", token=issued.token, _external=True)
    figure = qr_figure(address, _("QR code of the link"))
    return render_template("desk/people/account_link.html", login=login, address=address, figure=figure, until=issued.expires_at)


def _member(account: int) -> Member:
    found = next((one for one in members(services().center, caller()) if one.id == account), None)
    if found is None:
        raise NotFound
    return found


def _offered() -> list[tuple[str, str]]:
    return [(one.public_id, one.name) for one in branches(services().center, caller().organisation) if one.closed_at is None]
