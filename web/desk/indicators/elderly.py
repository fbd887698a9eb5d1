"""The national service for residents of 65 and over: the year's rate, and who is due."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from wtforms import IntegerField

from tcm_engine.center import NotFound, Outdated
from tcm_engine.center.indicators import (
    FIRST_AGE,
    STATES,
    ElderlyYear,
    elderly_year,
    note_export,
    offered,
    request_record_forms,
    set_population,
)
from tcm_engine.model import InvalidInput
from tcm_engine.views import say_fault

from ..access import caller, may, services
from ..forms import DeskForm, faults_of
from ..times import shown_day
from ..words import N_
from ..words import translate as _
from . import files

PAGE = 100
STATE_WORDS = {"due": N_("not yet"), "without_guidance": N_("assessed, guidance missing"), "served": N_("done")}


class ResidentsForm(DeskForm):
    people = IntegerField()


def year() -> Any:
    return _page(ResidentsForm())


def residents() -> Any:
    form = ResidentsForm()
    wanted, branch = request.form.get("year", 0, type=int), request.form.get("branch", "")
    if form.was_sent() and form.people.data is not None:
        version = request.form.get("version", 0, type=int)
        try:
            set_population(services().center, caller(), wanted, form.people.data, version, services().today(), branch)
        except InvalidInput as invalid:
            form.people.errors = [say_fault(fault, g.display.lang) for fault in invalid.faults]
        except Outdated:
            form.people.errors = [_("Somebody else entered a number meanwhile: it stands above. Compare, and save once more.")]
        else:
            return redirect(url_for("desk.elderly", year=wanted, branch=branch or None), 303)
    else:
        form.people.errors = [_("This must be a whole number.")]
    return _page(form, wanted, branch)


def print_all() -> Any:
    """Every record form of the year, as long work."""
    wanted, branch = request.form.get("year", 0, type=int), request.form.get("branch", "")
    form = ResidentsForm(formdata=None)
    if DeskForm().was_sent():
        try:
            job = request_record_forms(services().center, caller(), wanted, services().today(), branch)
        except InvalidInput:
            form.people.errors = [_("No record form was filled in this year: there is nothing to print.")]
            return _page(form, wanted, branch)
        return redirect(url_for("desk.work_job", public_id=job), 303)
    return _page(form, wanted, branch)


def file(kind: str) -> Any:
    found = _found(None, None)
    heading: files.Row = [_("Name"), _("Number"), _("Day of birth"), _("Age in the year"), _("State"), _("Assessed on"), _("Guidance on")]
    rows: list[files.Row] = [
        [
            one.name,
            one.code,
            shown_day(one.birth_date),
            one.age,
            _(STATE_WORDS[one.state]),
            shown_day(one.assessed_on),
            shown_day(one.guided_on),
        ]
        for one in found.residents
    ]
    note_export(services().center, caller(), "elderly_list", kind=kind, people=len(rows))
    table: list[files.Row] = [heading, *rows]
    content = files.as_csv(table) if kind == "csv" else files.as_xlsx([(_("65 and over"), table)])
    return files.answer(content, kind, f"elderly-{found.year}")


def _page(form: ResidentsForm, wanted: int | None = None, branch: str | None = None) -> Any:
    found = _found(wanted, branch)
    state = request.args.get("state", "")
    people = [one for one in found.residents if not state or one.state == state]
    number = max(request.args.get("page", 1, type=int), 1)
    if found.population and form.people.data is None:
        form.people.data = found.population.people
    return render_template(
        "desk/indicators/elderly.html", form=form, faults=faults_of(form), found=found, people=people[(number - 1) * PAGE : number * PAGE],
        total=len(people), page=number, pages=max(-(-len(people) // PAGE), 1), state=state, states=STATES, words=STATE_WORDS,
        branch=branch if branch is not None else request.args.get("branch", ""), first_age=FIRST_AGE, today=services().today(),
        branches=offered(services().center, caller()).branches if may("read_indicators") else (), day=shown_day,
    )  # fmt: skip


def _found(wanted: int | None, branch: str | None) -> ElderlyYear:
    today = services().today()
    asked = wanted or request.args.get("year", today.year, type=int)
    where = branch if branch is not None else request.args.get("branch", "")
    try:
        return elderly_year(services().center, caller(), asked, today, where)
    except InvalidInput:
        raise NotFound from None
