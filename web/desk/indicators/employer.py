"""What an employer may see of a campaign: instalments, issued once and never changed."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, url_for

from tcm_engine.center.access import letterhead_for
from tcm_engine.center.indicators import employer_state, issue_to_employer, note_export, read_issued
from tcm_engine.evaluation import EmployerReport
from tcm_engine.model import InvalidInput
from tcm_engine.views import IndicatorsView, present_employer, say_fault

from ...forms import PageFault
from ..access import caller, services
from ..forms import DeskForm
from . import files
from .figures import bars_figure


def state(public_id: str) -> Any:
    return _page(public_id, [])


def issue(public_id: str) -> Any:
    if DeskForm().was_sent():
        try:
            issue_to_employer(services().center, caller(), public_id, services().today())
        except InvalidInput as invalid:
            return _page(public_id, [PageFault("#issue", say_fault(fault, g.display.lang)) for fault in invalid.faults])
    return redirect(url_for("desk.employer", public_id=public_id), 303)


def file(public_id: str, report: str, kind: str) -> Any:
    found = read_issued(services().center, caller(), public_id, report)
    note_export(services().center, caller(), "employer_report", public_id, kind=kind, number=found.number)
    view = _shown(found)
    if kind == "pdf":
        content = services().render_indicators(view)
    else:
        content = files.as_csv(files.one_table(view)) if kind == "csv" else files.as_xlsx(files.tables(view))
    return files.answer(content, kind, f"employer-report-{found.number}")


def _page(public_id: str, faults: list[PageFault]) -> Any:
    found = employer_state(services().center, caller(), public_id)
    shown = [(one, _shown(one.report)) for one in reversed(found.issued)]
    return render_template(
        "desk/indicators/employer.html", found=found, shown=shown, faults=faults, public_id=public_id, form=DeskForm(), bars=bars_figure
    )


def _shown(report: EmployerReport) -> IndicatorsView:
    head = letterhead_for(services().center, caller().organisation)
    return present_employer(report, g.display.lang, letterhead=head, knowledge=services().knowledge)
