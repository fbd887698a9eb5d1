"""Consents, the rights of clients, the audit trail, and keeping the whole safe: backup, restore, change of keys."""

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
    "PURPOSES",
    "ConsentMissing",
    "ConsentText",
    "GivenConsent",
    "Means",
    "Point",
    "Purpose",
    "consents_of",
    "current_text",
    "current_texts",
    "give_consent",
    "give_consents",
    "has_consent",
    "require_consent",
    "text_of",
    "who_consented",
    "withdraw",
]
