"""Where a request stands: whose form it is, by link or on a device, and the addresses of its pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, make_response, redirect, request, session, url_for
from werkzeug.wrappers import Response

from tcm_engine.center.campaigns import DAY, Device, Form, Key, Link, look, touch

from ..draft import Draft, Sheet
from ..services import Services

COOKIE = "device"
OPENED = "invited"
"""In the session of a browser: tags of the forms whose result it may show."""


class OtherTurn(Exception):
    """What was sent belongs to somebody else's turn: nothing was taken."""


@dataclass(frozen=True, slots=True)
class Place:
    key: Key

    @property
    def on_device(self) -> bool:
        return isinstance(self.key, Device)

    def form(self) -> Form:
        """Read once a request. Raises NotFound."""
        if "form" not in g:
            g.form = look(services().center, self.key)
            if self.on_device:
                touch(services().center, self.key.token)
        return g.form

    def draft(self) -> Draft:
        """What was answered so far; sex and age are the record's."""
        form, today = self.form(), services().today().isoformat()
        known: dict[str, Any] = {"instrument": form.instrument, "sex": form.sex, "age": form.age, "about_done": True}
        return Draft.of({"started_on": today} | dict(form.draft) | known)

    def sheet(self) -> Sheet:
        return Sheet(services().knowledge.instruments[self.form().instrument], self.draft())

    @property
    def tag(self) -> str:
        """A short name of this person's turn: a page of another one's is refused. It opens nothing."""
        return hashlib.sha256(f"{self.form().public_id}:{self.key.token}".encode()).hexdigest()[:12]

    def check_turn(self) -> None:
        """Raises OtherTurn."""
        if request.values.get("turn") != self.tag:
            raise OtherTurn

    def url(self, name: str, /, **more: Any) -> str:
        if isinstance(self.key, Link):
            return url_for(f"invited.link_{name}", token=self.key.token, **more)
        return url_for(f"invited.tablet_{name}", **more)

    def to(self, name: str, /, **more: Any) -> Response:
        return redirect(self.url(name, **more), 303)

    def to_waiting(self) -> Response:
        return redirect(url_for("invited.tablet"), 303)


def services() -> Services:
    return current_app.extensions["web"]


def place() -> Place:
    """By the link in the address, else by the device's cookie."""
    token = (request.view_args or {}).get("token")
    return Place(Link(token) if token else Device(request.cookies.get(COOKIE, "")))


def keep_cookie(response: Response, token: str) -> Response:
    """A device's token; sent everywhere, so that a card that is scanned on the device is known."""
    response.set_cookie(
        COOKIE, token, path="/", max_age=int(DAY.total_seconds()), httponly=True, samesite="Lax", secure=services().secure_cookies
    )
    return response


def leave_cookie(answer: Any) -> Response:
    response = make_response(answer)
    response.delete_cookie(COOKIE, path="/")
    return response


def may_show(here: Place) -> bool:
    """Whether this browser has answered the form, or has given the answer that reopens the result."""
    return here.tag in session.get(OPENED, ())


def allow(here: Place) -> None:
    session[OPENED] = [*session.get(OPENED, ())[-4:], here.tag]
