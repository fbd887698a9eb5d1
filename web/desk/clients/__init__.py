"""Client records: found, read, kept."""

from __future__ import annotations

from ..routes import BOTH, SEND, SHOW, Area, Entry, Route
from ..words import N_
from . import assessments, follow_ups, importing, lists, merging, new, record, vitals

_ONE = "/clients/<public_id>"

AREA = Area(
    "clients",
    (
        Route("/clients", "clients", lists.clients, BOTH, "read_client"),
        Route("/clients/new", "client_new", new.new, BOTH, "edit_client"),
        Route("/clients/due", "clients_due", lists.due, SHOW, "read_client"),
        Route("/clients/incomplete", "clients_incomplete", lists.incomplete, SHOW, "read_client"),
        Route("/clients/doubles", "clients_doubles", merging.doubles, SHOW, "merge_clients"),
        Route("/clients/merge/<survivor>/<merged>", "clients_merge", merging.merge, BOTH, "merge_clients"),
        Route("/clients/import", "clients_import", importing.upload, BOTH, "edit_client"),
        Route("/clients/import/<file>", "clients_import_preview", importing.preview, BOTH, "edit_client"),
        Route(_ONE, "client", record.show, SHOW, "read_client"),
        Route(f"{_ONE}/identity", "client_identity", record.identity, BOTH, "edit_client"),
        Route(f"{_ONE}/profile", "client_profile", record.profile, BOTH, "edit_client"),
        Route(f"{_ONE}/history", "client_history", record.history, SHOW, "read_client"),
        Route(f"{_ONE}/measurements", "client_vitals", vitals.vitals, BOTH, "edit_client"),
        Route(f"{_ONE}/measurements/<measured>/remove", "client_measured_remove", vitals.remove, SEND, "edit_client"),
        Route(f"{_ONE}/assess/<instrument>", "client_assess", assessments.entry, BOTH, "create_assessment"),
        Route(f"{_ONE}/assessments/<assessment>", "client_assessment", assessments.show, SHOW, "read_assessment"),
        Route(f"{_ONE}/assessments/<assessment>/plan", "client_make_plan", assessments.make, SEND, "create_plan"),
        Route(f"{_ONE}/plans/<plan>", "client_plan", assessments.plan, SHOW, "read_plan"),
        Route(f"{_ONE}/plans/<plan>.pdf", "client_plan_pdf", assessments.pdf, SHOW, "read_plan"),
        Route(f"{_ONE}/follow-ups", "client_follow_ups", follow_ups.add, BOTH, "edit_client"),
        Route(f"{_ONE}/follow-ups/<follow>", "client_follow_up", follow_ups.close, BOTH, "edit_client"),
        Route(f"{_ONE}/merges/<merge>/undo", "client_merge_undo", merging.undo, SEND, "merge_clients"),
    ),
    (Entry(N_("Clients"), "clients", "read_client"),),
)
