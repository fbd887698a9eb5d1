"""The blueprint: every operation under its address, one encoder, one shape of refusal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import msgspec
from flask import Blueprint, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from tcm_engine.center import KeyReused, NotAllowed, NotAuthenticated, NotFound, Right, permit
from tcm_engine.model import InvalidInput

from .access import caller
from .document import document
from .operations import OPERATIONS, PREFIX, Answer
from .problems import problem
from .routes import live, ready
from .services import Services

_encode = msgspec.json.Encoder().encode


def create_blueprint(services: Services) -> Blueprint:
    """The interface under /api/v1, and the two health addresses once more without the prefix."""
    blueprint = Blueprint("api", __name__)
    for operation in OPERATIONS:
        blueprint.add_url_rule(operation.rule, operation.name, _answering(operation.view, operation.right), methods=[operation.method])
    blueprint.add_url_rule(f"{PREFIX}/openapi.json", "openapi", _describe, methods=["GET"])
    blueprint.add_url_rule("/health/live", "live_outside", _answering(live), methods=["GET"])
    blueprint.add_url_rule("/health/ready", "ready_outside", _answering(ready), methods=["GET"])
    blueprint.record_once(lambda state: state.app.extensions.update(api=services))
    for kind in (InvalidInput, NotFound, KeyReused, NotAuthenticated, NotAllowed, HTTPException):
        blueprint.register_error_handler(kind, problem)
    return blueprint


def _answering(view: Callable[..., Answer], right: Right | None = None) -> Callable[..., Response]:
    """A caller who may not do it is told so before anything that was sent is read."""

    def answer(**parts: str) -> Response:
        if right:
            permit(caller(), right)
        return _respond(view(**parts))

    return answer


def _respond(answer: Answer) -> Response:
    body = answer.body if isinstance(answer.body, bytes) else _encode(answer.body)
    response = Response(body, answer.status, mimetype=answer.mimetype)
    headers = response.headers
    headers["Cache-Control"] = "private, no-cache" if request.method == "GET" else "no-store"
    if "lang" in g:
        headers["Content-Language"] = g.lang
        headers["Vary"] = "Accept-Language"
    if answer.location:
        headers["Location"] = answer.location
    if answer.tagged:
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if request.method in ("GET", "HEAD") and "If-None-Match" in request.headers:
            response.make_conditional(request)
    return response


def _describe() -> Response:
    services: Services = current_app.extensions["api"]
    return _respond(Answer(document(OPERATIONS, services.center.engine, services.today()), tagged=True))
