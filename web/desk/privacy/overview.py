"""The organisation's side: what is due for review, and exports by level."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for

from tcm_engine.center.privacy import Kind, Level, due_for_review, erase_due, export_results

from ...forms import PageFault
from ..access import caller, services
from ..forms import DeskForm


def overview() -> Any:
    found = due_for_review(services().center, caller())
    return render_template(
        "desk/privacy/overview.html", found=found, form=DeskForm(), erased=request.args.get("erased", type=int), faults=_faults()
    )


def review() -> Any:
    """Erase what was ticked, of what is due."""
    chosen = request.form.getlist("client")
    if not DeskForm().was_sent():
        return redirect(url_for("desk.privacy"), 303)
    if "sure" not in request.form or not chosen:
        return redirect(url_for("desk.privacy", unsure=1), 303)
    erased = erase_due(services().center, caller(), chosen)
    return redirect(url_for("desk.privacy", erased=len(erased)), 303)


def export() -> Any:
    if not DeskForm().was_sent():
        return redirect(url_for("desk.privacy"), 303)
    level: Level = "full" if request.form.get("level") == "full" else "deidentified"
    kind: Kind = "json" if request.form.get("kind") == "json" else "csv"
    done = export_results(services().center, caller(), level, kind)
    response = Response(done.content, mimetype="application/json" if kind == "json" else "text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="results-{level}-{services().today().isoformat()}.{kind}"'
    return response


def _faults() -> list[PageFault]:
    from ..words import translate as _

    return [PageFault("#sure", _("Tick records, and that they were reviewed."))] if "unsure" in request.args else []
