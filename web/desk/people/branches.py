"""Branches of the organisation."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from tcm_engine.center import NotFound
from tcm_engine.center.access import add_branch, close_branch, open_branch, rename_branch
from tcm_engine.center.access import branches as all_branches
from tcm_engine.model import InvalidInput

from ..access import caller, services
from ..forms import faults_of
from .forms import BranchForm, show_faults


def branches() -> Any:
    form = BranchForm()
    if form.was_sent():
        try:
            add_branch(services().center, caller(), form.name.data or "")
        except InvalidInput as invalid:
            show_faults(form, invalid, g.display.lang)
        else:
            return redirect(url_for("desk.branches"), 303)
    found = all_branches(services().center, caller().organisation)
    return render_template("desk/people/branches.html", branches=found, form=form, faults=faults_of(form))


def one(public_id: str) -> Any:
    center, who = services().center, caller()
    found = next((branch for branch in all_branches(center, who.organisation) if branch.public_id == public_id), None)
    if found is None:
        raise NotFound
    form = BranchForm(data={"name": found.name})
    if form.was_sent():
        try:
            if "close" in request.form:
                close_branch(center, who, public_id)
            elif "open" in request.form:
                open_branch(center, who, public_id)
            else:
                rename_branch(center, who, public_id, form.name.data or "")
        except InvalidInput as invalid:
            show_faults(form, invalid, g.display.lang)
        else:
            return redirect(url_for("desk.branches"), 303)
    return render_template("desk/people/branch.html", branch=found, form=form, faults=faults_of(form))
