"""Signing in by every way and refusing every other: passwords, locks, second factors, links, sessions, accounts."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine.center import Caller, Center, NotAllowed, NotAuthenticated, NotFound, Outdated, Role
from tcm_engine.center.access import (
    FIRST_LOGIN,
    FIRST_ORGANISATION,
    LOCK,
    RULES,
    Locked,
    NewAccount,
    SignedIn,
    add_branch,
    add_member,
    begin_enrolment,
    branches,
    change_member,
    change_own_password,
    change_settings,
    close_branch,
    confirm_enrolment,
    disable_member,
    enable_member,
    end_own_session,
    end_session,
    first_link,
    give_code,
    look_at_link,
    members,
    must_change_password,
    own_sessions,
    read_settings,
    reset_member,
    resume_session,
    sign_in,
    use_link,
)
from tcm_engine.model import InvalidInput
from tcm_engine.records import audit, find_organisation, staff

from .sheets import Clock

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


def test_the_first_link_opens_once_and_is_made_anew_until_it_was_used(center: Center, clock: Clock) -> None:
    lost = first_link(center)
    again = first_link(center)
    assert lost and again and lost.token != again.token
    with pytest.raises(NotFound):
        use_link(center, lost.token, PASSWORD)
    use_link(center, again.token, PASSWORD)
    with pytest.raises(NotFound):
        look_at_link(center, again.token)
    assert first_link(center) is None


def test_a_link_expires(center: Center, clock: Clock) -> None:
    link = first_link(center)
    assert link is not None
    clock.forward(days=3, seconds=1)
    with pytest.raises(NotFound):
        look_at_link(center, link.token)


def test_a_session_that_waits_for_its_second_factor_is_not_complete(center: Center) -> None:
    link = first_link(center)
    assert link is not None
    use_link(center, link.token, PASSWORD)
    entered = enter(center)
    assert (entered.next, resume_session(center, entered.token).complete) == ("enrol", False)


def test_what_fails_says_the_same_whatever_it_was(center: Center) -> None:
    administrator(center)
    raised = []
    for organisation, login, password in (
        (FIRST_ORGANISATION, FIRST_LOGIN, "wrong"), (FIRST_ORGANISATION, "nobody", PASSWORD), ("nowhere", FIRST_LOGIN, PASSWORD),
    ):  # fmt: skip
        with pytest.raises(NotAuthenticated) as refused:
            enter(center, login, password, organisation)
        raised.append((type(refused.value), str(refused.value)))
    assert len(set(raised)) == 1


@pytest.mark.parametrize("login", [FIRST_LOGIN, "nobody"])
def test_five_failures_lock_a_login_that_exists_or_not_also_after_a_restart(center: Center, clock: Clock, login: str) -> None:
    administrator(center)
    for number in range(5):
        with pytest.raises(NotAuthenticated) as refused:
            enter(center, login, "wrong")
        assert not isinstance(refused.value, Locked), number
    restarted = Center(center.engine, center.records, center.keeping, clock)
    with pytest.raises(Locked):
        enter(restarted, login, PASSWORD)
    clock.now -= timedelta(days=1)  # a clock that jumps back opens nothing
    with pytest.raises(Locked):
        enter(center, login, PASSWORD)
    clock.forward(days=1, minutes=LOCK.total_seconds() // 60 + 1)
    if login == FIRST_LOGIN:
        assert enter(center).next == "second_factor"
    else:
        with pytest.raises(NotAuthenticated):
            enter(center, login)


def test_failures_from_one_address_lock_it_for_every_login(center: Center) -> None:
    administrator(center)
    for number in range(50):
        with pytest.raises(NotAuthenticated):
            enter(center, f"nobody{number}", "x")
    with pytest.raises(Locked):
        enter(center)
    assert enter(center, address="5.6.7.8").token


def test_a_code_is_taken_once_and_no_older_one_after_it(center: Center, clock: Clock) -> None:
    by = administrator(center)
    member(center, by)
    _, secret, _ = complete(center, "wang")
    clock.forward(seconds=90)
    first, second = (resume_session(center, enter(center, "wang").token) for _ in range(2))
    now, older = code_at(center, secret), code_at(center, secret, -1)
    token = give_code(center, first, now)
    assert resume_session(center, token).complete
    for used in (now, older):
        with pytest.raises(NotAuthenticated):
            give_code(center, second, used)
    clock.forward(seconds=30)
    assert give_code(center, second, code_at(center, secret))


def test_the_waiting_session_is_over_when_the_complete_one_begins(center: Center, clock: Clock) -> None:
    by = administrator(center)
    member(center, by)
    _, secret, _ = complete(center, "wang")
    clock.forward(seconds=60)
    waiting = enter(center, "wang").token
    give_code(center, resume_session(center, waiting), code_at(center, secret))
    with pytest.raises(NotAuthenticated):
        resume_session(center, waiting)


def test_wrong_codes_lock_although_the_password_is_known(center: Center, clock: Clock) -> None:
    by = administrator(center)
    member(center, by)
    _, secret, _ = complete(center, "wang")
    clock.forward(seconds=60)
    waiting = resume_session(center, enter(center, "wang").token)
    for _ in range(5):
        with pytest.raises(NotAuthenticated):
            give_code(center, waiting, "000000")
    with pytest.raises(Locked):
        give_code(center, waiting, code_at(center, secret))


def test_a_recovery_code_opens_once(center: Center, clock: Clock) -> None:
    by = administrator(center)
    member(center, by)
    _, _, codes = complete(center, "wang")
    waiting = resume_session(center, enter(center, "wang").token)
    assert resume_session(center, give_code(center, waiting, codes[0].upper())).complete
    with pytest.raises(NotAuthenticated):
        give_code(center, resume_session(center, enter(center, "wang").token), codes[0])
    assert "recovery_code_used" in actions(center, by.caller.organisation)


def test_a_second_factor_that_is_set_up_is_not_shown_again(center: Center) -> None:
    by = administrator(center)
    with pytest.raises(NotAuthenticated):
        begin_enrolment(center, by)


def test_a_reset_ends_sessions_password_and_second_factor(center: Center) -> None:
    by = administrator(center)
    account = member(center, by)
    who, _, _ = complete(center, "wang")
    link = reset_member(center, by.caller, account)
    with pytest.raises(NotAuthenticated):
        enter(center, "wang")
    use_link(center, link.token, OTHER)
    assert enter(center, "wang", OTHER).next == "enrol"
    assert who.login == "wang"


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


def test_sessions_are_listed_and_ended_one_by_one(center: Center) -> None:
    by = administrator(center)
    other = enter(center).token
    listed = own_sessions(center, by)
    assert [one.current for one in listed].count(True) == 1 and len(listed) == 2
    end_own_session(center, by, next(one.public_id for one in listed if not one.current))
    with pytest.raises(NotAuthenticated):
        resume_session(center, other)
    with pytest.raises(NotFound):
        end_own_session(center, by, "0" * 20)


def test_a_new_password_of_ones_own_ends_every_other_session(center: Center) -> None:
    by = administrator(center)
    waiting = enter(center).token
    with pytest.raises(InvalidInput) as refused:
        change_own_password(center, by, "wrong", OTHER)
    assert faults(refused) == [("old", "password_wrong")]
    change_own_password(center, by, PASSWORD, OTHER)
    with pytest.raises(NotAuthenticated):
        resume_session(center, waiting)
    assert [one.current for one in own_sessions(center, by)] == [True]


@pytest.mark.parametrize("policy", RULES)
def test_each_policy_refuses_what_it_says_and_all_at_once(center: Center, policy) -> None:
    by = administrator(center)
    change_settings(center, by.caller, 0, password_policy=policy)
    _, link = add_member(center, by.caller, NewAccount("zhang.wei", "operator"))
    short = "zhang.wei"[: RULES[policy].shortest - 1]
    with pytest.raises(InvalidInput) as refused:
        use_link(center, link.token, short[:7])
    assert ("password", "password_short") in faults(refused)
    if policy == "level3":
        assert ("password", "password_kinds") in faults(refused)
    for bad, code in (("Password1234", "password_guessable"), ("Zhang.Wei12345", "password_holds_login"), ("x" * 200, "too_long")):
        with pytest.raises(InvalidInput) as refused:
            use_link(center, link.token, bad)
        assert code in [fault for _, fault in faults(refused)], (policy, bad)
    use_link(center, link.token, "Kettle7-owls-blue")


def test_level_three_remembers_five_passwords_and_lets_them_grow_old(center: Center, clock: Clock) -> None:
    by = administrator(center)
    change_settings(center, by.caller, 0, password_policy="level3")
    clock.forward(seconds=60)
    words = ["Kettle7-owls", "Ladder8-moth", "Bucket9-frog", "Pillow4-wasp", "Candle3-newt", "Basket5-crow"]
    old = PASSWORD
    for new in words[:5]:
        change_own_password(center, by, old, new)
        old = new
    with pytest.raises(InvalidInput) as refused:
        change_own_password(center, by, old, words[0])
    assert faults(refused) == [("password", "password_used_before")]
    change_own_password(center, by, old, words[5])
    change_own_password(center, by, words[5], words[0])
    assert not must_change_password(center, by)
    clock.forward(days=91)
    assert must_change_password(center, by)


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


def test_nothing_of_a_password_or_a_secret_is_in_the_audit_trail_or_in_the_clear(center: Center) -> None:
    by = administrator(center)
    organisation = by.caller.organisation
    assert {"account_added", "password_set", "password_given", "second_factor_set", "signed_in"} <= set(actions(center, organisation))
    with center.records.read() as db:
        assert find_organisation(db, FIRST_ORGANISATION) == organisation
        kept = staff.find(db, center.records.vault, organisation, by.caller.account or 0)
        assert kept and kept.second_factor and kept.password_hash and kept.password_hash.startswith("$argon2id$")
        for table in ("audit", "account", "session", "sign_in_link", "sign_in_failure", "account_password"):
            content = repr(db.exec_driver_sql(f"SELECT * FROM {table}").fetchall())
            assert PASSWORD not in content and kept.second_factor["secret"] not in content


def test_signing_out_twice_is_no_fault(center: Center) -> None:
    administrator(center)
    token = enter(center).token
    end_session(center, token)
    end_session(center, token)


@given(st.text(min_size=1, max_size=40))
def test_a_password_is_itself_however_it_was_typed(text: str) -> None:
    import unicodedata

    from tcm_engine.center.access.passwords import _normal

    assert _normal(_normal(text)) == _normal(text) == _normal(unicodedata.normalize("NFKC", text))
