"""Accounts, branches and settings of an organisation: who may keep them, and what nobody may break."""

from __future__ import annotations

import pytest

from tcm_engine.center import OF_ALL, Caller, Center, NotAllowed, NotAuthenticated, NotFound, Outdated, Role, permit, rights_of
from tcm_engine.center.access import (
    NewAccount,
    add_branch,
    add_member,
    branches,
    change_member,
    change_settings,
    close_branch,
    disable_member,
    enable_member,
    members,
    read_settings,
    reset_member,
    resume_session,
)
from tcm_engine.model import InvalidInput

from .signing_in import administrator, complete, enter, faults, member


def test_a_disabled_account_is_out_at_once(center: Center) -> None:
    by = administrator(center)
    account = member(center, by)
    token = enter(center, "wang").token
    disable_member(center, by.caller, account)
    with pytest.raises(NotAuthenticated):
        resume_session(center, token)
    with pytest.raises(NotAuthenticated):
        enter(center, "wang")
    enable_member(center, by.caller, account)
    assert enter(center, "wang")


def test_the_last_administrator_stays(center: Center) -> None:
    by = administrator(center)
    own = by.caller.account
    assert own is not None
    with pytest.raises(InvalidInput) as refused:
        disable_member(center, by.caller, own)
    assert faults(refused) == [("role", "last_administrator")]
    with pytest.raises(InvalidInput):
        change_member(center, by.caller, own, role="operator", branch="", name="", title="", licence="")
    second = member(center, by, "zhao", "administrator")
    disable_member(center, by.caller, own)
    assert second


def test_a_new_role_ends_sessions_and_a_branch_binds(center: Center) -> None:
    by = administrator(center)
    account = member(center, by)
    public = add_branch(center, by.caller, "城东")
    token = enter(center, "wang").token
    changed = change_member(center, by.caller, account, role="practitioner", branch=public, name="王某", title="主治医师", licence="1")
    assert (changed.role, changed.profile["name"]) == ("practitioner", "王某")
    with pytest.raises(NotAuthenticated):
        resume_session(center, token)
    who, _, _ = complete(center, "wang")
    assert who.caller.branch == branches(center, who.caller.organisation)[0].id


def test_settings_are_not_lost_to_a_second_writer(center: Center) -> None:
    by = administrator(center)
    assert read_settings(center, by.caller.organisation).version == 0
    change_settings(center, by.caller, 0, display_name="康和中心")
    with pytest.raises(Outdated):
        change_settings(center, by.caller, 0, display_name="另一个")
    assert read_settings(center, by.caller.organisation).settings.display_name == "康和中心"


def test_settings_faults_come_all_at_once(center: Center) -> None:
    by = administrator(center)
    with pytest.raises(InvalidInput) as refused:
        change_settings(center, by.caller, 0, display_name="a\nb", smallest_cell=1, retention_years=99, password_policy="none")
    assert {path for path, _ in faults(refused)} == {"display_name", "smallest_cell", "retention_years", "password_policy"}


@pytest.mark.parametrize("role", ["client", "operator", "practitioner", "manager", "auditor"])
def test_only_administrators_keep_accounts_and_settings(center: Center, role: Role) -> None:
    by = administrator(center).caller
    other = Caller(by.organisation, "account:9", role, 9)
    for attempt in (
        lambda: members(center, other), lambda: add_member(center, other, NewAccount("x", "operator")),
        lambda: disable_member(center, other, 1), lambda: reset_member(center, other, 1), lambda: enable_member(center, other, 1),
        lambda: change_member(center, other, 1, role="manager", branch="", name="", title="", licence=""),
        lambda: change_settings(center, other, 0), lambda: add_branch(center, other, "x"), lambda: close_branch(center, other, "x"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            attempt()


def test_another_organisations_accounts_and_branches_are_unknown(center: Center) -> None:
    by = administrator(center).caller
    public = add_branch(center, by, "城东")
    with center.records.write() as db:
        from tcm_engine.records import add_account, add_organisation

        elsewhere = add_organisation(db, "elsewhere", "Elsewhere", center.clock())
        boss = Caller(elsewhere, "account:0", "administrator", add_account(db, elsewhere, "boss", "administrator", center.clock()))
    assert by.account is not None
    for attempt in (
        lambda: disable_member(center, boss, by.account), lambda: reset_member(center, boss, by.account),
        lambda: close_branch(center, boss, public),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            attempt()
    with pytest.raises(InvalidInput) as refused:
        add_member(center, boss, NewAccount("x", "operator", branch=public))
    assert faults(refused) == [("branch", "branch_unknown")]


def test_a_login_is_taken_once_in_an_organisation(center: Center) -> None:
    by = administrator(center)
    member(center, by)
    with pytest.raises(InvalidInput) as refused:
        add_member(center, by.caller, NewAccount("WANG", "operator"))
    assert faults(refused) == [("login", "login_taken")]


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_whoever_is_bound_to_a_branch_keeps_nothing_of_the_whole_organisation(center: Center, role: Role) -> None:
    by = administrator(center).caller
    public = add_branch(center, by, "城东")
    bound = Caller(by.organisation, "account:9", role, 9, branches(center, by.organisation)[0].id)
    assert not rights_of(bound) & OF_ALL
    for attempt in (
        lambda: members(center, bound), lambda: change_settings(center, bound, 0), lambda: close_branch(center, bound, public),
        lambda: permit(bound, "read_audit"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            attempt()
