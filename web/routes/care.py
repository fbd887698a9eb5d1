"""What the owner decides about the data: keep it under a private link, open it again, delete it now."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import abort, g, render_template, url_for

from tcm_engine.center import ANYONE, NotFound, StoredAssessment, get_assessment, get_plan
from tcm_engine.center import keep as keep_assessment

from .. import visit
from ..draft import Draft
from ..forms import Page
from ..visit import needs, services, to

HOME_ZONE = ZoneInfo("Asia/Shanghai")
RESTORED = "restored"
"""Stands for the consent's version in a draft that a private link opened; the consent itself was given before the test."""


@needs("result")
def keep() -> Any:
    form, draft = Page(), visit.current()
    if form.was_sent():
        keep_assessment(services().center, ANYONE, draft.assessment_id)
        visit.write(links=list(dict.fromkeys((*draft.links, draft.assessment_id))))
        return to("web.keep", _anchor="link")
    return render_template("web/keep.html", form=form, link=_link() if draft.assessment_id in draft.links else None, until=_until())


def delete() -> Any:
    form = Page()
    if visit.draft() is None:
        return to("web.deleted")
    if form.was_sent():
        visit.leave(everything=True)
        return to("web.deleted")
    return render_template("web/delete.html", form=form)


def deleted() -> str:
    return render_template("web/deleted.html")


def mine(assessment_id: str, plan_id: str = "") -> Any:
    """A private link. Opening it changes nothing until its owner presses the button: programs that preview links press none."""
    try:
        kept = get_assessment(services().center, ANYONE, assessment_id)
    except NotFound:
        abort(404)
    form, draft = Page(), visit.draft()
    if draft and draft.assessment_id == assessment_id and draft.plan_id == plan_id:
        return to("web.result")
    if form.was_sent():
        visit.begin(_restored(kept, plan_id))
        visit.write(submitted=visit.digest())
        return to("web.result")
    return render_template("web/mine.html", form=form, unfinished=draft is not None)


def _restored(kept: StoredAssessment, plan_id: str) -> dict[str, Any]:
    result, profile = kept.assessment, kept.person.profile
    return asdict(Draft(
        consent=RESTORED, instrument=result.instrument, about_done=True, sex=result.sex, age=profile.age_on(result.assessed_on),
        started_on=result.assessed_on.isoformat(), answers=dict(result.answers), numbers={}, safety={}, safety_done={},
        assessment_id=kept.id, plan_id=plan_id if _is_plan(plan_id) else "", links=(kept.id,),
    ))  # fmt: skip


def _is_plan(plan_id: str) -> bool:
    try:
        return bool(plan_id) and bool(get_plan(services().center, ANYONE, plan_id))
    except NotFound:
        return False


def _link() -> str:
    draft, base = visit.current(), services().public_url.rstrip("/")
    ids: dict[str, Any] = {"assessment_id": draft.assessment_id} | ({"plan_id": draft.plan_id} if draft.plan_id else {})
    return base + url_for("web.mine", **ids) if base else url_for("web.mine", _external=True, **ids)


def _until() -> str:
    kept = get_assessment(services().center, ANYONE, visit.current().assessment_id)
    return format_date(kept.expires_at.astimezone(HOME_ZONE), "long", locale=g.display.locale) if kept.expires_at else ""
