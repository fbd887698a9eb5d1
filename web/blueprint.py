"""The blueprint: routes, words and headers put together."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Request, Response, g, make_response, redirect, request, session, url_for
from flask.sansio.app import App

from tcm_engine.views import HTML_LANG

from . import display, errors, security, visit
from .assets import asset_url
from .figures import movement_figure, point_figure, season_figure
from .routes import ROUTES
from .services import Services
from .typography import own_script, phrases, whole
from .words import translate, translate_markup

NAME = "web"


def create_blueprint(services: Services) -> Blueprint:
    """Pages of the self-test for an application with a secret key. `services` is what they are given."""
    blueprint = Blueprint(NAME, __name__, template_folder="templates", static_folder="static/web", static_url_path="/static/web")
    blueprint.record_once(lambda state: _give(state.app, services))
    blueprint.before_request(_before)
    blueprint.after_request(_after)
    blueprint.app_context_processor(_context)
    for rule, endpoint, view, methods in ROUTES:
        blueprint.add_url_rule(rule, endpoint, view, methods=methods)
    errors.register(blueprint)
    return blueprint


def _give(app: App, services: Services) -> None:
    app.extensions[NAME] = services


def prepare() -> None:
    """The reader's display of this request; safe to call for requests outside the blueprint."""
    if "display" not in g:
        g.display = display.read(request, visit.services().default_lang)


def _before() -> Response | None:
    prepare()
    if request.method == "GET" and any(name in request.args for name in display.CHOICES):
        return _display_changed(request)
    return None


def _display_changed(request: Request) -> Response:
    """`?lang=en` and its like: remember it and show the same page under its plain address."""
    g.display = g.display.changed(request.args)
    response = make_response(redirect(request.path + ("?from=check" if request.args.get("from") == "check" else ""), 303))
    display.keep(response, g.display, visit.services().secure_cookies)
    return response


def _after(response: Response) -> Response:
    static = request.endpoint == f"{NAME}.static"
    return security.headers(response, static)


def _context() -> dict[str, Any]:
    prepare()
    given = visit.services()
    return {
        "_": translate,
        "_m": translate_markup,
        "phrases": phrases,
        "whole": whole,
        "own_script": lambda text: own_script(text, g.display.lang),
        "point_figure": point_figure,
        "movement_figure": movement_figure,
        "season_figure": season_figure,
        "display": g.display,
        "html_langs": HTML_LANG,
        "lang": g.display.lang,
        "asset": asset_url,
        "centre": given.letterhead,
        "visit_minutes": given.visit_minutes,
        "link_days": given.link_days,
        "visit_tag": visit.tag,
        "has_visit": visit.SESSION_KEY in session,
        "here": request.path + ("?from=check&" if request.args.get("from") == "check" else "?"),
        "in_chat_app": "MicroMessenger" in request.user_agent.string,
        "home": url_for(f"{NAME}.start"),
    }
