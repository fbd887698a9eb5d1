"""The first page after signing in, and signing out."""

from __future__ import annotations

from ..routes import SEND, SHOW, Area, Entry, Route
from ..words import N_
from . import pages

AREA = Area(
    "desk",
    (
        Route("/", "home", pages.home, SHOW, None),
        Route("/sign-out", "sign_out", pages.sign_out, SEND, None, unfinished=True),
    ),
    (Entry(N_("Overview"), "home"),),
)
