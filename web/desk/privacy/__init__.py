"""Consents, rights of clients, exports by level, retention, and the audit trail."""

from __future__ import annotations

from ..routes import BOTH, SEND, SHOW, Area, Entry, Route
from ..words import N_
from . import audit, consents, overview, rights

_ONE = "/clients/<public_id>"

AREA = Area(
    "privacy",
    (
        Route(f"{_ONE}/consents", "client_consents", consents.consents, BOTH, "edit_client"),
        Route(f"{_ONE}/consents.pdf", "client_consent_form", consents.form_pdf, SHOW, "read_client"),
        Route(f"{_ONE}/consents/<purpose>/withdraw", "client_withdraw", consents.withdraw, BOTH, "edit_client"),
        Route(f"{_ONE}/rights", "client_rights", rights.rights, SHOW, "answer_rights_request"),
        Route(f"{_ONE}/copy.json", "client_copy_json", rights.copy_json, SHOW, "answer_rights_request"),
        Route(f"{_ONE}/copy.pdf", "client_copy_pdf", rights.copy_pdf, SHOW, "answer_rights_request"),
        Route(f"{_ONE}/erase", "client_erase", rights.erase, BOTH, "answer_rights_request"),
        Route("/privacy", "privacy", overview.overview, SHOW, "answer_rights_request"),
        Route("/privacy/review", "privacy_review", overview.review, SEND, "answer_rights_request"),
        Route("/privacy/export", "privacy_export", overview.export, SEND, "export_deidentified"),
        Route("/audit", "audit", audit.trail, SHOW, "read_audit"),
        Route("/audit.csv", "audit_csv", audit.export, SHOW, "read_audit"),
        Route("/audit/check", "audit_check", audit.check, BOTH, "read_audit"),
    ),
    (
        Entry(N_("Privacy"), "privacy", "answer_rights_request"),
        Entry(N_("Audit"), "audit", "read_audit"),
    ),
)
