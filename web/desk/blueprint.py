"""The desk's blueprint: areas, guards, words and errors put together."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from tcm_engine.center import ConsentMissing, NotAllowed, NotAuthenticated, NotFound, Outdated
from tcm_engine.center.access import SignedIn, read_settings

from .. import security
from ..assets import asset_url
from ..blueprint import prepare
from ..errors import problem_page
from .access import guarded, may, services, signed_in, to_sign_in
from .areas import AREAS
from .forms import DeskForm, StaleForm
from .numbers import per_hundred, share
from .times import shown_day, shown_moment
from .words import DOMAIN, N_, said, translate, translate_markup

NAME = "desk"


def create_desk() -> Blueprint:
    """Pages for the people of a centre, for an application that has the pages' blueprint with its services."""
    blueprint = Blueprint(NAME, __name__, url_prefix="/desk", template_folder="../templates")
    domains = {route.endpoint: area.domain for area in AREAS for route in area.routes}
    blueprint.before_request(lambda: _before(domains))
    blueprint.after_request(lambda response: security.headers(response, static=False))
    blueprint.context_processor(_context)
    blueprint.add_app_template_filter(share)
    blueprint.add_app_template_filter(per_hundred)
    for area in AREAS:
        for route in area.routes:
            blueprint.add_url_rule(route.rule, route.endpoint, guarded(route), methods=list(route.methods))
    for kind, answer in _ANSWERS.items():
        blueprint.register_error_handler(kind, answer)
    return blueprint


def _before(domains: dict[str, str]) -> Response | None:
    prepare()
    g.desk_domain = domains.get((request.endpoint or "").removeprefix(f"{NAME}."), DOMAIN)
    return None


def _context() -> dict[str, Any]:
    found = signed_in()
    complete = bool(found and found.complete)
    menu = [(said(entry.label, area.domain), entry.endpoint) for area in AREAS for entry in area.menu if complete and may(entry.right)]
    return {
        "_": translate,
        "_m": translate_markup,
        "asset": asset_url,
        "who": found,
        "centre": _centre(found),
        "may": may,
        "menu": menu,
        "day": shown_day,
        "moment": shown_moment,
        # Not read from the request: pages of refused requests carry it too.
        "leave_form": DeskForm(formdata=None) if found else None,
    }


def _centre(found: SignedIn | None) -> str:
    """The name that the centre gave itself, else that of its organisation."""
    if found is None:
        return translate("Desk")
    return read_settings(services().center, found.caller.organisation).settings.display_name or found.organisation_name


def _refused(status: int, title: str, text: str) -> tuple[str, int]:
    return render_template("desk/refused.html", title=translate(title), text=translate(text)), status


def _not_found(_error: Exception) -> tuple[str, int]:
    return _refused(
        404, N_("This page does not exist"), N_("The address may be mistyped, or the record is not one of your organisation's.")
    )


def _not_allowed(_error: Exception) -> tuple[str, int]:
    return _refused(403, N_("Your role does not allow this"), N_("Ask an administrator of your organisation if you need it for your work."))


def _no_consent(_error: Exception) -> tuple[str, int]:
    return _refused(
        409, N_("The client has not agreed to this"), N_("Nothing was processed. Ask the client, and write the answer down under Consents.")
    )


def _stale(_error: Exception) -> tuple[str, int]:
    return _refused(
        409, N_("This page was open for too long"), N_("For your safety nothing was written. Go back, load the page again and repeat.")
    )


def _outdated(_error: Exception) -> tuple[str, int]:
    return _refused(
        409, N_("Somebody else changed this meanwhile"), N_("Nothing of yours was written. Go back, load the page again and repeat.")
    )


def _http(error: Exception) -> Any:
    if isinstance(error, HTTPException) and error.code == 404:
        return _not_found(error)
    return problem_page(error)  # type: ignore[arg-type]


_ANSWERS: dict[type[Exception], Any] = {
    NotFound: _not_found,
    NotAllowed: _not_allowed,
    NotAuthenticated: lambda _error: to_sign_in(),
    ConsentMissing: _no_consent,
    StaleForm: _stale,
    Outdated: _outdated,
    HTTPException: _http,
}
