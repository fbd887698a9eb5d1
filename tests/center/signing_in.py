"""People who sign in, for the tests of signing in and of accounts."""

from __future__ import annotations

import pyotp
import pytest

from tcm_engine.center import Center, Role
from tcm_engine.center.access import (
    FIRST_LOGIN,
    FIRST_ORGANISATION,
    NewAccount,
    SignedIn,
    add_member,
    begin_enrolment,
    confirm_enrolment,
    first_link,
    resume_session,
    sign_in,
    use_link,
)
from tcm_engine.model import InvalidInput
from tcm_engine.records import audit

PASSWORD = "blue kettle seven owls"
OTHER = "green ladder nine moths"


def enter(
    center: Center, login: str = FIRST_LOGIN, password: str = PASSWORD, organisation: str = FIRST_ORGANISATION, address: str = "1.2.3.4"
):
    return sign_in(center, organisation, login, password, address=address, device="test")


def administrator(center: Center) -> SignedIn:
    """Through the first link to a complete session."""
    link = first_link(center)
    assert link is not None
    use_link(center, link.token, PASSWORD)
    return complete(center, FIRST_LOGIN)[0]


def complete(center: Center, login: str, password: str = PASSWORD) -> tuple[SignedIn, str, tuple[str, ...]]:
    """(who, secret of the second factor, recovery codes) of somebody who signs in for the first time."""
    waiting = resume_session(center, enter(center, login, password).token)
    secret = begin_enrolment(center, waiting).secret
    token, codes = confirm_enrolment(center, waiting, pyotp.TOTP(secret).generate_otp(int(center.clock().timestamp()) // 30))
    return resume_session(center, token), secret, codes


def member(center: Center, by: SignedIn, login: str = "wang", role: Role = "operator") -> int:
    made, link = add_member(center, by.caller, NewAccount(login, role))
    use_link(center, link.token, PASSWORD)
    return made.id


def code_at(center: Center, secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).generate_otp(int(center.clock().timestamp()) // 30 + steps)


def faults(raised: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in raised.value.faults]


def actions(center: Center, organisation: int) -> list[str]:
    with center.records.read() as db:
        return [row.action for row in audit.audit_rows(db, organisation)]
