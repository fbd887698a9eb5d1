"""Accounts and their tokens: made once, recognised, ended; and what each role may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tcm_engine import Engine
from tcm_engine.center import (
    ANYONE,
    RIGHTS,
    ROLES,
    Caller,
    Center,
    IssuedToken,
    NotAllowed,
    NotAuthenticated,
    Role,
    add_account,
    add_token,
    assess,
    authenticate,
    disable_account,
    list_accounts,
    make_plan,
    permit,
    revoke_tokens,
    sweep,
)
from tcm_engine.model import InvalidInput
from tcm_engine.records import PUBLIC
from tcm_engine.records.tables import metadata

from .sheets import SECRET, TODAY, Clock, center_at, sheet


def account(center: Center, organisation: str = "North", login: str = "li.na", role: Role = "operator", new: bool = True) -> IssuedToken:
    return add_account(center.records, organisation, login, role, center.clock(), days=30, new_organisation=new)


def faults(invalid: pytest.ExceptionInfo[InvalidInput]) -> set[tuple[str, str]]:
    return {(fault.path, fault.code) for fault in invalid.value.faults}


def test_a_token_speaks_for_its_organisation_and_role(center: Center) -> None:
    one, two = account(center), account(center, "South", role="auditor")
    first, second = authenticate(center, one.token), authenticate(center, two.token)
    assert (first.role, second.role) == ("operator", "auditor")
    assert len({first.organisation, second.organisation, PUBLIC}) == 3
    assert first.scope != second.scope


def test_nothing_that_is_kept_opens_as_a_token(center: Center) -> None:
    issued = account(center)
    with center.records.read() as db:
        kept = [str(value) for row in db.execute(select(metadata.tables["api_token"])) for value in row]
    assert not [value for value in kept if issued.token[4:20] in value]
    assert issued.token[-4:] in kept


@pytest.mark.parametrize("token", ["", "tcm_", "tcm_" + "x" * 32, "x" * 36, "tcm_" + "é" * 32, "tcm_" + "x" * 33, "tcm_" + "x" * 32 + "\n"])
def test_what_is_no_token_is_refused(center: Center, token: str) -> None:
    account(center)
    with pytest.raises(NotAuthenticated):
        authenticate(center, token)


def test_a_token_ends_with_its_days(center: Center, clock: Clock) -> None:
    issued = account(center)
    clock.forward(days=30, seconds=-1)
    assert authenticate(center, issued.token)
    clock.forward(seconds=1)
    with pytest.raises(NotAuthenticated):
        authenticate(center, issued.token)


def test_a_revoked_token_is_refused_and_the_others_are_not(center: Center) -> None:
    first = account(center)
    second = add_token(center.records, "North", "li.na", center.clock(), label="desk", days=30)
    assert revoke_tokens(center.records, " NORTH ", "Li.Na", center.clock(), first.token[-4:]) == 1
    with pytest.raises(NotAuthenticated):
        authenticate(center, first.token)
    assert authenticate(center, second.token)
    assert revoke_tokens(center.records, "North", "li.na", center.clock()) == 1
    with pytest.raises(NotAuthenticated):
        authenticate(center, second.token)


def test_a_disabled_account_has_no_token(center: Center) -> None:
    first, other = account(center), account(center, login="wang", new=False)
    disable_account(center.records, "North", "li.na", center.clock())
    with pytest.raises(NotAuthenticated):
        authenticate(center, first.token)
    assert authenticate(center, other.token)


def test_a_token_outlives_a_change_of_the_secret_that_keeps_the_old_one(engine: Engine, tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    issued = account(center_at(engine, url, Clock()))
    assert authenticate(center_at(engine, url, Clock(), secrets=("n" * 40, SECRET)), issued.token)
    with pytest.raises(NotAuthenticated):
        authenticate(center_at(engine, url, Clock(), secrets=("n" * 40,)), issued.token)


@pytest.mark.parametrize(
    ("organisation", "login", "new", "expected"),
    [
        ("North", "li.na", False, {("login", "login_taken")}),
        ("north", "LI.NA", False, {("login", "login_taken")}),
        ("North", "wang", True, {("organisation", "organisation_exists")}),
        ("West", "wang", False, {("organisation", "organisation_unknown")}),
        ("Public", "wang", False, {("organisation", "organisation_built_in")}),
        ("public", "wang", True, {("organisation", "organisation_built_in")}),
        ("", "", True, {("organisation", "unfit_text"), ("login", "login_unfit")}),
        ("a\nb", "a b", True, {("organisation", "unfit_text"), ("login", "login_unfit")}),
        ("中" * 61, "x" * 61, True, {("organisation", "too_long"), ("login", "login_unfit")}),
    ],
)
def test_what_cannot_be_made_is_said(center: Center, organisation: str, login: str, new: bool, expected: set[tuple[str, str]]) -> None:
    account(center)
    with pytest.raises(InvalidInput) as invalid:
        account(center, organisation, login, new=new)
    assert faults(invalid) == expected
    assert [entry.account.login for entry in list_accounts(center.records)] == ["li.na"]


def test_what_is_unknown_cannot_be_ended(center: Center) -> None:
    account(center)
    for login, organisation, fault in (("wang", "North", "login_unknown"), ("li.na", "West", "organisation_unknown")):
        for end in (revoke_tokens, disable_account):
            with pytest.raises(InvalidInput) as invalid:
                end(center.records, organisation, login, center.clock())
            assert {code for _, code in faults(invalid)} == {fault}


def test_accounts_are_listed_with_their_tokens(center: Center) -> None:
    issued = account(center, "康和中心", "li.na", "manager")
    account(center, "康和中心", "an", new=False)
    found = list_accounts(center.records)
    assert [(one.account.organisation, one.account.login, one.account.role) for one in found] == [
        ("康和中心", "an", "operator"),
        ("康和中心", "li.na", "manager"),
    ]
    assert [token.last_four for token in found[1].tokens] == [issued.token[-4:]]


def test_what_an_organisation_makes_does_not_expire(center: Center, engine: Engine, clock: Clock) -> None:
    caller = authenticate(center, account(center).token)
    kept = assess(center, caller, sheet(engine))
    plan = make_plan(center, caller, kept.id, on=TODAY, lang="en")
    assert kept.expires_at is plan.expires_at is None
    assert assess(center, ANYONE, sheet(engine)).expires_at == clock.now + timedelta(minutes=120)
    clock.forward(days=3650)
    assert sweep(center) == 1


OPERATES = "create_assessment read_assessment create_plan read_plan read_client edit_client read_campaign fill_campaign"
PRACTISES = f"{OPERATES} merge_clients read_indicators give_guidance"
MANAGES = f"{PRACTISES} run_campaign export_deidentified answer_rights_request set_population issue_to_employer"
TABLE = {
    "client": "",
    "operator": OPERATES,
    "practitioner": PRACTISES,
    "manager": MANAGES,
    "administrator": f"{MANAGES} export_full read_audit manage_accounts manage_organisation",
    "auditor": "read_assessment read_plan read_audit read_indicators",
    None: "",
}
"""The golden table: what a role may do for its organisation."""
OF_A_SELF_TEST = ("create_assessment", "read_assessment", "create_plan", "read_plan", "fill_in_form", "keep_by_link", "forget")
EVERY_RIGHT = (*OF_A_SELF_TEST, *(right for right in TABLE["administrator"].split() if right not in OF_A_SELF_TEST))


def test_the_table_has_every_role_and_every_right() -> None:
    from typing import get_args

    from tcm_engine.center import Right

    assert set(TABLE) - {None} == set(ROLES) == set(RIGHTS)
    assert sorted(get_args(Right)) == sorted(EVERY_RIGHT)


@pytest.mark.parametrize("role", TABLE)
@pytest.mark.parametrize("right", EVERY_RIGHT)
def test_a_role_may_what_the_table_says(role: Role | None, right) -> None:
    caller = Caller(PUBLIC + 1, role=role)
    if right in OF_A_SELF_TEST:
        permit(ANYONE, right)
    else:
        with pytest.raises(NotAllowed):
            permit(ANYONE, right)
    if right in TABLE[role].split():
        permit(caller, right)
    else:
        with pytest.raises(NotAllowed):
            permit(caller, right)
