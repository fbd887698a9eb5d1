"""Consents, the rights of clients, the audit trail, and keeping the whole safe: backup, restore, change of keys."""

from .audit_check import Anchor, Checked, FirstFault
from .audit_trail import PAGE, AuditEntry, AuditPage, Selection, TrailOf, check_audit, check_every_trail, export_trail, read_trail
from .consent_texts import PURPOSES, ConsentText, Point, Purpose, current_text, current_texts, text_of
from .consents import (
    MEANS,
    ConsentMissing,
    GivenConsent,
    Means,
    consents_of,
    give_consent,
    give_consents,
    has_consent,
    require_consent,
    who_consented,
    withdraw,
)

__all__ = [
    "MEANS",
    "PAGE",
    "PURPOSES",
    "Anchor",
    "AuditEntry",
    "AuditPage",
    "Checked",
    "ConsentMissing",
    "ConsentText",
    "FirstFault",
    "GivenConsent",
    "Means",
    "Point",
    "Purpose",
    "Selection",
    "TrailOf",
    "check_audit",
    "check_every_trail",
    "consents_of",
    "current_text",
    "current_texts",
    "export_trail",
    "give_consent",
    "give_consents",
    "has_consent",
    "read_trail",
    "require_consent",
    "text_of",
    "who_consented",
    "withdraw",
]
