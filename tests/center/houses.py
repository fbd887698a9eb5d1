"""Organisations for tests of a centre's work."""

from __future__ import annotations

from uuid import uuid4

from tcm_engine.center import Caller, Center, Role
from tcm_engine.records import add_account, add_organisation


def house(center: Center) -> int:
    """A new organisation."""
    with center.records.write() as db:
        return add_organisation(db, f"house {uuid4().hex[:10]}", "House", center.clock())


def caller_of(center: Center, organisation: int, role: Role = "manager") -> Caller:
    """Somebody with a new account there."""
    with center.records.write() as db:
        account = add_account(db, organisation, f"{role}.{uuid4().hex[:8]}", role, center.clock())
    return Caller(organisation, f"account:{account}", role, account)
