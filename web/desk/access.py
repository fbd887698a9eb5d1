"""Who is signed in. Every page of the desk goes through `guarded`: no session, no page; no right, no page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from tcm_engine.center import Caller, NotAuthenticated, Right, permit, rights_of
from tcm_engine.center.access import SignedIn, resume_session

from ..services import Services
from .routes import Route

COOKIE = "desk"
"""Holds the session's token; sent to the desk alone."""


def services() -> Services:
    return current_app.extensions["web"]


def signed_in() -> SignedIn | None:
    """Who is signed in, found once a request."""
    if "signed_in" not in g:
        g.signed_in = _found()
    return g.signed_in


def caller() -> Caller:
    """On whose behalf a page asks. Raises NotAuthenticated."""
    found = signed_in()
    if found is None or not found.complete:
        raise NotAuthenticated
    return found.caller


def may(right: Right | None) -> bool:
    """Whether the signed-in role grants a right: for menus and buttons; use cases ask again."""
    found = signed_in()
    return bool(found and found.caller.role and (right is None or right in rights_of(found.caller)))


def guarded(route: Route) -> Callable[..., Any]:
    """The view of a route behind its session and its right."""

    @wraps(route.view)
    def view(*args: Any, **kwargs: Any) -> Any:
        if not route.open:
            found = signed_in()
            if found is None:
                return to_sign_in()
            if not found.complete and not route.unfinished:
                return redirect(url_for("desk.second_factor"), 303)
            if route.right is not None:
                permit(found.caller, route.right)
        return route.view(*args, **kwargs)

    return view


def to_sign_in() -> Response:
    """The sign-in page, and back to the address that was asked for where that was only looked at; what was sent is told to be lost."""
    back = request.path if request.method == "GET" and request.path != url_for("desk.home") else None
    lost = 1 if request.method == "POST" and request.path != url_for("desk.sign_out") else None
    return redirect(url_for("desk.sign_in", back=back, lost=lost), 303)


def keep_cookie(response: Response, token: str) -> Response:
    """The session's token for this browser, until it is closed."""
    response.set_cookie(COOKIE, token, path="/desk", httponly=True, samesite="Lax", secure=services().secure_cookies)
    return response


def _found() -> SignedIn | None:
    token = request.cookies.get(COOKIE)
    try:
        return resume_session(services().center, token) if token else None
    except NotAuthenticated:
        return None
