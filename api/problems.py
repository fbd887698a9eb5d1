"""The one shape of every refusal: RFC 9457, with every fault at its place. Nothing that was sent is repeated, nothing internal told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import msgspec
from flask import Response, request
from werkzeug.exceptions import HTTPException

from tcm_engine.center import KeyReused, NotAllowed, NotAuthenticated, NotFound
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.views import Catalog, say_fault

from .language import language

MIMETYPE = "application/problem+json"
CHALLENGE = 'Bearer realm="tcm-engine", error="invalid_token"'
"""RFC 6750, section 3."""
Kind = Literal[
    "invalid-input",
    "token-refused",
    "refused",
    "not-allowed",
    "not-found",
    "method-not-allowed",
    "key-reused",
    "too-large",
    "not-json",
    "too-many-requests",
    "not-ready",
    "failed",
    "not-possible",
]


@dataclass(frozen=True, slots=True)
class FaultBody:
    path: str
    """Where: a JSON path in the body (`$.answers.tired`), `?name` of the query, or a header's name."""
    code: str
    message: str
    """What is wrong and what to do, in the language of the request."""


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457. `type` names the kind of problem; `faults` is empty where nothing in the request can be pointed at."""

    type: str
    title: str
    status: int
    detail: str
    faults: tuple[FaultBody, ...] = ()


def N_(table: dict[str, str]) -> Mapping[str, str]:
    """Marks a table whose values are message ids."""
    return MappingProxyType(table)


TITLES = N_(
    {
        "invalid-input": "The request has faults",
        "token-refused": "This token is not valid",
        "refused": "These forms are for adults",
        "not-allowed": "The role of this token does not allow this",
        "not-found": "There is nothing here",
        "method-not-allowed": "This address does not take this method",
        "key-reused": "This Idempotency-Key was used for another request",
        "too-large": "The request is too large",
        "not-json": "The body must be JSON",
        "too-many-requests": "Too many requests",
        "not-ready": "The service is not ready",
        "failed": "Something went wrong on our side",
        "not-possible": "This request cannot be answered",
    }
)
DETAILS = N_(
    {
        "invalid-input": "Mend every fault listed and send it again; nothing was stored.",
        "token-refused": "It is unknown, has expired or was revoked; ask the operator for another, or send none for a self-test.",
        "not-allowed": "Ask the operator for an account with another role; nothing was stored.",
        "refused": "The person is younger than these forms are made for; nothing was stored.",
        "not-found": "The address is wrong, or what was kept here has expired or was deleted.",
        "method-not-allowed": "The header Allow lists the methods that this address takes.",
        "key-reused": "Choose a new key for a new request, or send the first request again as it was.",
        "too-large": "Send less than the description of the interface allows.",
        "not-json": "Send the header Content-Type: application/json.",
        "too-many-requests": "Wait as long as the header Retry-After says, then try again.",
        "not-ready": "Try again in a minute; if it stays so, tell the operator.",
        "failed": "Nothing was stored. Try again; if it stays so, tell the operator.",
        "not-possible": "See the description of the interface.",
    }
)
_KINDS: Mapping[int, Kind] = MappingProxyType(
    {
        401: "token-refused",
        403: "refused",
        404: "not-found",
        405: "method-not-allowed",
        409: "key-reused",
        413: "too-large",
        415: "not-json",
        422: "invalid-input",
        429: "too-many-requests",
        500: "failed",
        503: "not-ready",
    }
)
_encode = msgspec.json.Encoder().encode


def problem(error: Exception) -> Response:
    """The response for an error of any kind; what we did not foresee is a plain 500."""
    if isinstance(error, InvalidInput):
        return _refusal(_status_of(error.faults), error.faults)
    if isinstance(error, NotAuthenticated):
        response = _refusal(401)
        response.headers["WWW-Authenticate"] = CHALLENGE
        return response
    if isinstance(error, NotAllowed):
        return _refusal(403, kind="not-allowed")
    if isinstance(error, NotFound):
        return _refusal(404)
    if isinstance(error, KeyReused):
        return _refusal(409)
    if isinstance(error, HTTPException):
        response = _refusal(error.code or 500)
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response
    return _refusal(500)


def kind_of(status: int) -> Kind:
    return _KINDS.get(status, "failed" if status >= 500 else "not-possible")


def _status_of(faults: Iterable[Fault]) -> int:
    """A person who is too young is refused, not corrected; any other fault can be mended."""
    return 403 if all(fault.code == "under_minimum_age" for fault in faults) else 422


def _refusal(status: int, faults: Iterable[Fault] = (), kind: Kind | None = None) -> Response:
    lang = language(request)
    words = Catalog.load("api", lang)
    kind = kind or kind_of(status)
    said = tuple(FaultBody(fault.path, fault.code, say_fault(fault, lang)) for fault in faults)
    body = Problem(f"urn:tcm-engine:problem:{kind}", words.gettext(TITLES[kind]), status, words.gettext(DETAILS[kind]), said)
    response = Response(_encode(body), status, mimetype=MIMETYPE)
    response.headers["Content-Language"] = lang
    response.headers["Cache-Control"] = "no-store"
    return response
