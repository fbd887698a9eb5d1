"""Indicators of a period or a campaign: page and files."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for

from tcm_engine.center.access import letterhead_for
from tcm_engine.center.indicators import note_export, offered, read_indicators
from tcm_engine.evaluation import Indicators
from tcm_engine.model import InvalidInput
from tcm_engine.views import IndicatorsView, present_indicators, say_fault

from ..access import caller, services
from ..forms import faults_of
from . import files
from .figures import bars_figure
from .filters import FilterForm, asked


def indicators() -> Any:
    form = asked(offered(services().center, caller()))
    found = _found(form)
    view = _shown(found) if found else None
    return render_template(
        "desk/indicators/indicators.html", form=form, faults=faults_of(form), view=view, bars=bars_figure, query=request.args.to_dict()
    )


def file(kind: str) -> Any:
    form = asked(offered(services().center, caller()))
    found = _found(form)
    if found is None:
        return redirect(f"{url_for('desk.indicators')}?{request.query_string.decode()}", 303)
    note_export(services().center, caller(), "indicators", form.campaign.data or "", kind=kind)
    view = _shown(found)
    if kind == "pdf":
        content = services().render_indicators(view)
    else:
        content = files.as_csv(files.one_table(view)) if kind == "csv" else files.as_xlsx(files.tables(view))
    return files.answer(content, kind, f"indicators-{found.day.isoformat()}")


def _found(form: FilterForm) -> Indicators | None:
    """None where something asked for does not hold; the faults stand at the fields."""
    scope = form.read(services().today())
    if scope is None:
        return None
    try:
        return read_indicators(services().center, caller(), scope, services().today())
    except InvalidInput as invalid:
        for fault in invalid.faults:
            form[fault.path].errors = [say_fault(fault, g.display.lang)]
        return None


def _shown(found: Indicators) -> IndicatorsView:
    head = letterhead_for(services().center, caller().organisation)
    return present_indicators(found, g.display.lang, letterhead=head, knowledge=services().knowledge)
