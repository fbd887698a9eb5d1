"""Counting: indicators, the national service for older residents, and what an employer may see."""

from __future__ import annotations

from ..routes import BOTH, SEND, SHOW, Area, Entry, Route
from ..words import N_
from . import elderly, employer, form, pages

AREA = Area(
    "indicators",
    (
        Route("/indicators", "indicators", pages.indicators, SHOW, "read_indicators"),
        Route("/indicators/file.<any(csv,xlsx,pdf):kind>", "indicators_file", pages.file, SHOW, "read_indicators"),
        Route("/indicators/campaigns/<public_id>", "employer", employer.state, SHOW, "read_indicators"),
        Route("/indicators/campaigns/<public_id>/issue", "issue_to_employer", employer.issue, SEND, "issue_to_employer"),
        Route(
            "/indicators/campaigns/<public_id>/<report>.<any(csv,xlsx,pdf):kind>", "employer_file", employer.file, SHOW, "read_indicators"
        ),
        Route("/elderly", "elderly", elderly.year, SHOW, "read_client"),
        Route("/elderly/residents", "elderly_residents", elderly.residents, SEND, "set_population"),
        Route("/elderly/print", "elderly_print", elderly.print_all, SEND, "read_indicators"),
        Route("/elderly/due.<any(csv,xlsx):kind>", "elderly_file", elderly.file, SHOW, "export_full"),
        Route("/elderly/forms/<public_id>", "record_form", form.form, BOTH, "read_client"),
        Route("/elderly/forms/<public_id>.pdf", "record_form_pdf", form.pdf, SHOW, "read_client"),
        Route("/elderly/forms/<public_id>/remove", "remove_guidance", form.remove, SEND, "give_guidance"),
    ),
    (Entry(N_("Indicators"), "indicators", "read_indicators"), Entry(N_("65 and over"), "elderly", "read_client")),
)
