"""The blueprint: the same pages under a link's address and under a device's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for

from tcm_engine.center import NotFound
from tcm_engine.center.campaigns import IDLE
from tcm_engine.center.privacy import ConsentMissing
from tcm_engine.model import InvalidInput

from .. import display, security
from ..blueprint import prepare
from ..desk.words import N_, translate, translate_markup
from ..visit import StalePage
from . import device, steps
from .place import COOKIE, OtherTurn, leave_cookie, place
from .place import services as place_services

NAME = "invited"
DOMAIN = "campaigns"
BOTH, SHOW, SEND = ["GET", "POST"], ["GET"], ["POST"]
_STEPS: tuple[tuple[str, str, Callable[..., Any], list[str]], ...] = (
    ("", "start", steps.start, BOTH),
    ("/questions", "questions", steps.questions, BOTH),
    ("/answer", "answer", steps.answer, SEND),
    ("/health/<step>", "health", steps.health, BOTH),
)
"""Address below the link's or the device's, name, view, methods."""


def create_invited() -> Blueprint:
    blueprint = Blueprint(NAME, __name__, template_folder="../templates")
    blueprint.before_request(_before)
    blueprint.after_request(_after)
    blueprint.context_processor(_words)
    for below, name, view, methods in _STEPS:
        blueprint.add_url_rule(f"/i/<token>{below}", f"link_{name}", view, methods=methods)
        blueprint.add_url_rule(f"/tablet/form{below}", f"tablet_{name}", view, methods=methods)
    blueprint.add_url_rule("/i/<token>/result", "link_result", steps.result, methods=BOTH)
    blueprint.add_url_rule("/i/<token>/plan.pdf", "link_plan", steps.plan, methods=SHOW)
    blueprint.add_url_rule("/tablet", "tablet", device.waiting, methods=BOTH)
    blueprint.add_url_rule("/tablet/done", "tablet_result", device.done, methods=SHOW)
    blueprint.add_url_rule("/tablet/back", "tablet_back", device.back, methods=BOTH)
    blueprint.register_error_handler(NotFound, _gone)
    blueprint.register_error_handler(StalePage, _stale)
    blueprint.register_error_handler(OtherTurn, _stale)
    blueprint.register_error_handler(ConsentMissing, lambda _error: place().to("start"))
    blueprint.register_error_handler(InvalidInput, _refused)
    return blueprint


def _words() -> dict[str, Any]:
    return {"_": translate, "_m": translate_markup, "step_url": lambda name, /, **more: place().url(name, **more)}


def _before() -> Response | None:
    prepare()
    g.desk_domain = DOMAIN
    if request.method == "GET" and any(name in request.args for name in display.CHOICES):
        g.display = g.display.changed(request.args)
        response = make_response(redirect(request.path, 303))
        display.keep(response, g.display, place_services().secure_cookies)
        return response
    return None


def _after(response: Response) -> Response:
    if request.endpoint in (f"{NAME}.tablet", f"{NAME}.tablet_back"):
        response.headers["Clear-Site-Data"] = '"cache"'
    elif (request.endpoint or "").startswith(f"{NAME}.tablet_") and response.status_code < 300:
        response.headers["Refresh"] = f"{int(IDLE.total_seconds())}; url={url_for(f'{NAME}.tablet_back')}"
    return security.headers(response, static=False)


def _page(status: int, title: str, text: str, again: bool = False) -> tuple[str, int]:
    return render_template("invited/message.html", title=translate(title), text=translate(text), again=again), status


def _gone(_error: Exception) -> Any:
    if request.path.startswith("/tablet"):
        if COOKIE in request.cookies and request.path != "/tablet":
            return place().to_waiting()
        return leave_cookie(
            _page(404, N_("This device is not signed in"), N_("Please ask the staff to begin anew from the campaign's page."))
        )
    return _page(
        404, N_("This link does not open anything"), N_("It may be mistyped, or a new one was made. Please ask who gave it to you.")
    )


def _stale(_error: Exception) -> tuple[str, int]:
    return _page(409, N_("This page is no longer current"), N_("What was answered before is kept. Please go on from here."), again=True)


def _refused(invalid: Exception) -> tuple[str, int]:
    codes = {fault.code for fault in invalid.faults} if isinstance(invalid, InvalidInput) else set()
    if "already_answered" in codes:
        return _page(409, N_("These questions are answered"), N_("Thank you. There is nothing more to do."), again=True)
    if "campaign_closed" in codes:
        return _page(409, N_("This campaign is over"), N_("Answers are no longer taken. Please ask who invited you."))
    if "campaign_not_open" in codes:
        return _page(409, N_("This campaign has not begun yet"), N_("Please open the link again on its first day."))
    return _page(422, N_("This could not be taken"), N_("What was answered before is kept. Please go on from here."), again=True)
