"""Who asks: anyone with a self-test, or the bearer of a token. Found once a request; without a token nothing is looked up."""

from __future__ import annotations

from flask import current_app, g, request

from tcm_engine.center import Caller, NotAuthenticated, authenticate

from .operations import OPERATIONS
from .services import Services

SCHEME = "Bearer"


def caller() -> Caller:
    """Raises NotAuthenticated where something else than a valid token was sent."""
    if "caller" not in g:
        g.caller = _found()
    if g.caller is None:
        raise NotAuthenticated
    return g.caller


def token_scope() -> str:
    """Stands for the token of this request, to count by; empty without a valid one, and where tokens are not looked at."""
    if "Authorization" not in request.headers or request.endpoint not in _guarded():
        return ""
    try:
        return caller().scope
    except NotAuthenticated:
        return ""


def _found() -> Caller | None:
    sent = request.headers.get("Authorization")
    if sent is None:
        # The address only keeps the keys of different callers apart.
        return Caller(scope=request.remote_addr or "")
    scheme, _, token = sent.partition(" ")
    if scheme.lower() != SCHEME.lower():
        return None
    services: Services = current_app.extensions["api"]
    try:
        return authenticate(services.center, token.strip(" "))
    except NotAuthenticated:
        return None


def _guarded() -> set[str]:
    return {f"api.{one.name}" for one in OPERATIONS if one.right}
