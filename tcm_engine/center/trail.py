"""Writing down who saw or changed what, in the transaction in which it happens."""

from __future__ import annotations

from sqlalchemy import Connection

from tcm_engine.records import audit

from .center import Caller, Center


def note(
    db: Connection, center: Center, caller: Caller, action: str, subject: str, subject_id: str = "", **detail: str | int | bool | None
) -> None:
    """One row of the organisation's audit trail. `detail` holds codes and numbers: never a name, a value of health, or free words."""
    audit.add_audit(db, center.records.vault, caller.organisation, caller.actor, action, subject, subject_id, center.clock(), detail)
