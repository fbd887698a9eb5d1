"""The overview, and the way out."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from tcm_engine.center.access import end_session

from ..access import COOKIE, services
from ..forms import DeskForm


def home() -> str:
    return render_template("desk/home.html")


def sign_out() -> Any:
    form = DeskForm()
    if form.was_sent():
        end_session(services().center, request.cookies.get(COOKIE, ""))
    response = redirect(url_for("desk.home"), 303)
    response.delete_cookie(COOKIE, path="/desk")
    return response
