"""Measured values of a client: entered, corrected, shown over time."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from reports.figures import Bound, Series, trend
from tcm_engine.center.clients import MEASURES, Measured, Standing, add_measured, bounds, remove_measured, standing_of
from tcm_engine.model import InvalidInput

from ..access import caller, services
from ..forms import DeskForm
from ..times import shown_day
from ..words import translate as _
from . import labels
from .sent import sent
from .shown import graded

FIGURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pressure", ("systolic_mmhg", "diastolic_mmhg")),
    *((code, (code,)) for code in MEASURES if code not in ("systolic_mmhg", "diastolic_mmhg", "height_cm")),
)
"""One drawing each; the two pressures share one."""


def vitals(public_id: str) -> Any:
    center, who = services().center, caller()
    page = sent(("taken_on", *MEASURES), {"taken_on": services().today().isoformat()})
    instead = request.values.get("instead") or None
    if page.form.was_sent():
        given = {code: page.values[code] for code in MEASURES}
        try:
            add_measured(center, who, public_id, given, page.values["taken_on"], instead_of=instead)
        except InvalidInput as invalid:
            page.take(invalid)
        else:
            return redirect(url_for("desk.client_vitals", public_id=public_id, _anchor="kept"), 303)
    standing = standing_of(center, who, public_id)
    corrected = next((one for one in standing.measured if one.public_id == instead and one.removed_at is None), None)
    if corrected and not page.form.is_submitted():
        page.values |= {code: MEASURES[code].shown(value) for code, value in corrected.values.items()}
        page.values["taken_on"] = corrected.taken_on.isoformat()
    rows = [(one, _row(one)) for one in standing.measured]
    return render_template(
        "desk/clients/vitals.html", page=page, client=standing.client, standing=standing, measures=MEASURES, faults=page.faults,
        labels=labels, corrected=corrected, figures=_figures(standing), rows=rows, act=DeskForm(),
    )  # fmt: skip


def remove(public_id: str, measured: str) -> Any:
    if DeskForm().was_sent():
        remove_measured(services().center, caller(), public_id, measured)
    return redirect(url_for("desk.client_vitals", public_id=public_id), 303)


def _row(one: Measured) -> dict[str, Any]:
    values = [(_(labels.LABELS[code]), MEASURES[code].shown(value), MEASURES[code].unit) for code, value in one.values.items()]
    return {"values": values, "grades": [graded(grade) for grade in one.grades if grade.level != "in_range"]}


def _figures(standing: Standing) -> list[dict[str, Any]]:
    kept = [one for one in reversed(standing.measured) if one.removed_at is None]
    found = []
    for name, codes in FIGURES:
        series = [_series(code, kept) for code in codes]
        series = [one for one in series if one.points]
        if max((len(one.points) for one in series), default=0) < 2:
            continue
        levels = ("high",) if name == "pressure" else ("raised", "high")
        lines = [_bound(code, at) for code in codes for at, level in bounds(code, standing.client.identity.sex) if level in levels]
        unit = MEASURES[codes[0]].unit
        words = _("{name}, {first} to {last}", name=_(labels.LABELS[name]), first=shown_day(series[0].points[0][0]),
                  last=shown_day(series[0].points[-1][0]))  # fmt: skip
        rows = [(shown_day(day), one.name, words_) for one in series for day, _value, words_ in one.points]
        found.append({"name": _(labels.LABELS[name]), "unit": unit, "svg": trend(series, lines, words), "rows": rows})
    return found


def _series(code: str, kept: list[Measured]) -> Series:
    measure = MEASURES[code]
    points = [(one.taken_on, float(measure.shown(one.values[code])), measure.shown(one.values[code])) for one in kept if code in one.values]
    return Series(_(labels.LABELS[code]), tuple(points))


def _bound(code: str, at: int) -> Bound:
    shown = MEASURES[code].shown(at)
    return Bound(float(shown), shown)
