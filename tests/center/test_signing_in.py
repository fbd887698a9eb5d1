"""Signing in by every way and refusing every other: passwords, locks, second factors, links, sessions, accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine.center import Center, NotAuthenticated, NotFound
from tcm_engine.center.access import (
    FIRST_LOGIN,
    FIRST_ORGANISATION,
    LOCK,
    RULES,
    Locked,
    NewAccount,
    add_member,
    begin_enrolment,
    change_own_password,
    change_settings,
    end_own_session,
    end_session,
    first_link,
    give_code,
    look_at_link,
    must_change_password,
    own_sessions,
    reset_member,
    resume_session,
    use_link,
)
from tcm_engine.model import InvalidInput
from tcm_engine.records import find_organisation, staff

from .sheets import Clock
from .signing_in import OTHER, PASSWORD, actions, administrator, code_at, complete, enter, faults, member


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
