"""Long work: what was asked for, how far it is, what it made, and what went wrong, in words."""

from __future__ import annotations

from ..routes import SEND, SHOW, Area, Entry, Route
from ..words import N_
from . import pages

_ONE = "/jobs/<public_id>"

AREA = Area(
    "work",
    (
        Route("/jobs", "work", pages.listed, SHOW, "read_indicators"),
        Route(_ONE, "work_job", pages.one, SHOW, "read_indicators"),
        Route(f"{_ONE}/stop", "work_stop", pages.stop, SEND, "read_indicators"),
        Route(f"{_ONE}/resume", "work_resume", pages.resume, SEND, "read_indicators"),
        Route(f"{_ONE}/files/<file_id>", "work_file", pages.file, SHOW, "read_indicators"),
    ),
    (Entry(N_("Long work"), "work", "read_indicators"),),
)
