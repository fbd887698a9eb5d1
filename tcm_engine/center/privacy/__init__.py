"""Consents, the rights of clients, the audit trail, and keeping the whole safe: backup, restore, change of keys."""

from tcm_engine.center import ConsentMissing

from .audit_check import Anchor, Checked, FirstFault
from .audit_trail import PAGE, AuditEntry, AuditPage, Selection, TrailOf, check_audit, check_every_trail, export_trail, read_trail
from .backup import BackupMade, make_backup
from .client_consents import ClientConsents, answer_consents, read_consents, withdraw_consent
from .consent_texts import PURPOSES, ConsentText, Point, Purpose, current_text, current_texts, text_of
from .consents import (
    MEANS,
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
from .copying import ClientCopy, Exported, Kind, Level, copy_client, export_results
from .erasing import Erased, erase_client
from .restore import CannotRestore, NotEmpty, Restored, restore_backup
from .retention import DueForReview, RetentionList, due_for_review, erase_due
from .rights_page import HeldData, held_of
from .rotation import DoesNotOpen, OneKeyOnly, RotationReport, rotate_keys
from .strongbox import SHORTEST_PASSPHRASE, CannotRead, Locks

__all__ = [
    "MEANS",
    "PAGE",
    "PURPOSES",
    "SHORTEST_PASSPHRASE",
    "Anchor",
    "AuditEntry",
    "AuditPage",
    "BackupMade",
    "CannotRead",
    "CannotRestore",
    "Checked",
    "ClientConsents",
    "ClientCopy",
    "ConsentMissing",
    "ConsentText",
    "DoesNotOpen",
    "DueForReview",
    "Erased",
    "Exported",
    "FirstFault",
    "GivenConsent",
    "HeldData",
    "Kind",
    "Level",
    "Locks",
    "Means",
    "NotEmpty",
    "OneKeyOnly",
    "Point",
    "Purpose",
    "Restored",
    "RetentionList",
    "RotationReport",
    "Selection",
    "TrailOf",
    "answer_consents",
    "check_audit",
    "check_every_trail",
    "consents_of",
    "copy_client",
    "current_text",
    "current_texts",
    "due_for_review",
    "erase_client",
    "erase_due",
    "export_results",
    "export_trail",
    "give_consent",
    "give_consents",
    "has_consent",
    "held_of",
    "make_backup",
    "read_consents",
    "read_trail",
    "require_consent",
    "restore_backup",
    "rotate_keys",
    "text_of",
    "who_consented",
    "withdraw",
    "withdraw_consent",
]
