"""Pages for what went wrong: stale pages, unknown addresses, failures. None says more than the reader needs."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template
from werkzeug.exceptions import HTTPException

from .security import headers
from .visit import StalePage, draft
from .words import N_

STALE = {
    "gone": N_("This test is no longer here: it was deleted, or the time of the visit is over. Nothing of it is kept."),
    "other_visit": N_("A new test was begun in another tab. This page belonged to the old one, so its answer was not taken."),
    "other_form": N_("In another tab you changed to another form. Your answer was saved; please go on with the form you chose."),
    "not_asked": N_("This question is no longer asked, because something was changed in another tab. Please go on with the next one."),
    "form_expired": N_("This page was open for too long, and for your safety it was not sent. Your earlier answers are still here."),
}
STATUS = {
    404: (N_("This page does not exist"), N_("The address may be mistyped, or a private link may have expired.")),
    405: (N_("This page cannot be opened like that"), N_("Please go back and use the button on the page.")),
    413: (N_("That was too much"), N_("What you sent is larger than this page takes.")),
    429: (N_("Too many requests"), N_("Please wait a minute and try again. Your answers are still here.")),
    503: (
        N_("The records cannot be reached at the moment"),
        N_("Nothing was written, and nothing that was there is lost. Please try again in a minute."),
    ),
    500: (N_("Something went wrong on our side"), N_("Your answers are still here. Please try again in a moment.")),
}


def register(blueprint: Blueprint) -> None:
    blueprint.register_error_handler(StalePage, stale_page)


def stale_page(stale: StalePage) -> tuple[str, int]:
    found = None if stale.why == "gone" else draft()
    return render_template("web/stale.html", why=STALE[stale.why], can_go_on=found is not None), HTTPStatus.CONFLICT


def problem_page(error: HTTPException) -> Response:
    """The page of an HTTP error, also for addresses that belong to no blueprint."""
    code = error.code or 500
    title, text = STATUS.get(code, STATUS[500] if code >= 500 else STATUS[404])
    response = headers(make_response(render_template("web/problem.html", title=title, text=text), code), static=False)
    if code in (405, 429, 503):
        response.headers.extend(h for h in error.get_headers() if h[0] in ("Allow", "Retry-After"))
    return response
