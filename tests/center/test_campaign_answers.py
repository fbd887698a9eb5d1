"""Answers of a campaign: by link, on a device, from paper once and twice, from a file. Each form is scored once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine import Engine
from tcm_engine.center import Caller, Center, NotAllowed, NotFound, Outdated
from tcm_engine.center.campaigns import (
    NEEDED,
    Device,
    Link,
    agree,
    begin_turn,
    code_of,
    coverage,
    devices,
    drop_entry,
    end_device,
    enter,
    enter_file,
    entry,
    get_campaign,
    give_turn,
    hand_back,
    invitations,
    look,
    number_of,
    people,
    person,
    reissue_link,
    reminders,
    reopen,
    result,
    save,
    set_state,
    start_device,
    submit,
    take_link,
    take_roster,
    upload_roster,
)
from tcm_engine.center.privacy import PURPOSES, ConsentMissing, give_consent, withdraw
from tcm_engine.model import InvalidInput, Listed, Profile
from tcm_engine.records import audit, campaign_person

from .campaign_people import csv_of, house, new_campaign
from .sheets import Clock, answers

YES = dict.fromkeys(PURPOSES, True)
ROWS = ("张一,男,1979-05-12,,13800138000,一车间", "李二,女,1985-01-02,,13800138001,一车间", "王三,女,,,13800138002,二车间")


def filled(center: Center) -> tuple[Caller, str, dict[str, Any]]:
    """(a manager, an open campaign, its people by name)."""
    who = house(center)
    campaign = new_campaign(center, who)
    take_roster(center, who, campaign, upload_roster(center, who, campaign, csv_of(*ROWS)))
    return who, campaign, {one.name: one for one in people(center, who, campaign).people}


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> set[str]:
    return {fault.code for fault in refused.value.faults}


def refused_with(code: str, ask: Callable[[], object]) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask()
    assert code in codes(refused)


def actions(center: Center, organisation: int) -> list[str]:
    with center.records.read() as db:
        return [row.action for row in audit.audit_rows(db, organisation)]


def test_a_link_is_answered_once_and_keeps_what_was_answered_in_between(center: Center, engine: Engine) -> None:
    who, campaign, known = filled(center)
    key, given_ = Link(known["李二"].token), answers(engine)
    form = look(center, key)
    assert (form.hint, form.sex, form.age, form.done, form.agreed) == ("李", "female", 41, False, False)
    refused_with("consent_needed", lambda: save(center, key, lambda old: old | {"answers": {"tired": 3}}))
    refused_with("consent_needed", lambda: agree(center, key, YES | {"health_data": False}))
    with pytest.raises(ConsentMissing):
        submit(center, key, given_, Profile())
    agree(center, key, YES)
    save(center, key, lambda old: {**old, "answers": {"tired": 3}})
    assert look(center, key).draft == {"answers": {"tired": 3}} and get_campaign(center, who, campaign).started == 1
    refused_with("missing", lambda: submit(center, key, {"tired": 3}, Profile()))
    submit(center, key, given_, Profile(sex="female", medicines=Listed(("warfarin",))))
    assert look(center, key).done and look(center, key).draft == {}
    refused_with("already_answered", lambda: submit(center, key, given_, Profile()))
    refused_with("already_answered", lambda: save(center, key, dict))
    kept, plan = result(center, key, "zh-Hans")
    assert kept.person.name == "李二" and kept.person.profile.medicines == Listed(("warfarin",))
    assert result(center, key, "zh-Hans")[1].id == plan.id
    assert get_campaign(center, who, campaign).done == 1
    assert {"person_assessed", "assessment_added", "consent_given"} <= set(actions(center, who.organisation))


def test_a_result_is_shown_until_thirty_days_after_the_campaign_and_reopened_by_what_its_owner_knows(
    center: Center, engine: Engine, clock: Clock
) -> None:
    who, campaign, known = filled(center)
    key, born, phone = Link(known["李二"].token), "1985年01月02日", Link(known["王三"].token)
    for one in (key, phone):
        agree(center, one, YES)
        submit(center, one, answers(engine), Profile(sex="female"))
    assert not reopen(center, key, "1985-01-03") and reopen(center, key, born)
    assert look(center, phone).asks == "phone" and reopen(center, phone, "8002") and not reopen(center, phone, "8001")
    for _ in range(5):
        assert not reopen(center, key, "x")
    assert look(center, key).locked and not reopen(center, key, born)
    reissue_link(center, who, campaign, known["李二"].public_id)
    with pytest.raises(NotFound):
        look(center, key)
    new = Link(next(one.token for one in people(center, who, campaign).people if one.name == "李二"))
    assert reopen(center, new, born)
    set_state(center, who, campaign, "closed")
    clock.now += timedelta(days=57)
    assert look(center, new).shown and result(center, new, "en")
    clock.now += timedelta(days=1)
    with pytest.raises(NotFound):
        result(center, new, "en")
    assert not reopen(center, new, born)


def test_a_campaign_takes_answers_only_while_it_is_open(center: Center, engine: Engine) -> None:
    who, campaign, known = filled(center)
    key = Link(known["李二"].token)
    agree(center, key, YES)
    for state, code in (("preparing", "campaign_not_open"), ("closed", "campaign_closed")):
        set_state(center, who, campaign, state)
        refused_with(code, lambda: save(center, key, dict))
        refused_with(code, lambda: submit(center, key, answers(engine), Profile()))
        refused_with(code, lambda: start_device(center, who, campaign, "平板"))
    refused_with("campaign_closed", lambda: enter(center, who, campaign, known["李二"].public_id, 1, {}, signed=True))


def test_a_device_serves_its_campaign_alone_and_forgets_whose_turn_it_was(center: Center, engine: Engine, clock: Clock) -> None:
    who, campaign, known = filled(center)
    other = new_campaign(center, who, "另一个")
    token = start_device(center, who, campaign, "平板一")
    with pytest.raises(NotFound):
        look(center, Device(token))
    refused_with("nobody_found", lambda: begin_turn(center, token, "8000", "李"))
    refused_with("nobody_found", lambda: begin_turn(center, token, code_of(known["李二"].number), "张"))
    refused_with("nobody_found", lambda: begin_turn(center, token, code_of(known["李二"].number), ""))
    begin_turn(center, token, code_of(known["李二"].number), "L")
    assert look(center, Device(token)).hint == "李" and devices(center, who, campaign)[0].busy
    clock.forward(minutes=5, seconds=1)
    with pytest.raises(NotFound):
        look(center, Device(token))
    begin_turn(center, token, "8001", "李")
    agree(center, Device(token), YES)
    submit(center, Device(token), answers(engine), Profile(sex="female"))
    fresh = hand_back(center, token)
    for old in (token,):
        with pytest.raises(NotFound):
            look(center, Device(old))
        with pytest.raises(NotFound):
            begin_turn(center, old, "8000", "张")
    refused_with("already_answered", lambda: begin_turn(center, fresh, "8001", "李"))
    assert take_link(center, fresh, known["张一"].token) and look(center, Device(fresh)).hint == "张"
    assert not take_link(center, start_device(center, who, other, "平板二"), known["张一"].token)
    (shown,) = devices(center, who, campaign)
    give_turn(center, who, campaign, shown.public_id, known["王三"].public_id)
    assert look(center, Device(fresh)).hint == "王"
    end_device(center, who, campaign, shown.public_id)
    with pytest.raises(NotFound):
        look(center, Device(fresh))
    with pytest.raises(NotFound):
        end_device(center, who, campaign, shown.public_id)


def test_paper_is_entered_once_or_twice_and_differences_are_told(center: Center, engine: Engine) -> None:
    who, campaign, known = filled(center)
    one, two = known["张一"].public_id, known["李二"].public_id
    male = answers(engine, sex="male")
    version = entry(center, who, campaign, one).version
    refused_with("consent_not_signed", lambda: enter(center, who, campaign, one, version, male, signed=False))
    refused_with("missing", lambda: enter(center, who, campaign, one, version, {"tired": 1}, signed=True))
    assert not entry(center, who, campaign, one).consented
    assert enter(center, who, campaign, one, version, male, signed=True) == "scored"
    refused_with(
        "already_answered", lambda: enter(center, who, campaign, one, entry(center, who, campaign, one).version, male, signed=True)
    )
    female = answers(engine)
    version = entry(center, who, campaign, two).version
    refused_with("out_of_range", lambda: enter(center, who, campaign, two, version, female | {"tired": 7}, signed=True, twice=True))
    assert enter(center, who, campaign, two, version, female, signed=True, twice=True) == "waits"
    with pytest.raises(Outdated):
        enter(center, who, campaign, two, version, female, signed=True)
    waiting = entry(center, who, campaign, two)
    assert waiting.second and waiting.own and get_campaign(center, who, campaign).done == 1
    with pytest.raises(InvalidInput) as refused:
        enter(center, who, campaign, two, waiting.version, female | {"tired": 5}, signed=True)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("$.answers.tired", "entries_differ")]
    drop_entry(center, who, campaign, two)
    again = entry(center, who, campaign, two)
    assert not again.second
    assert enter(center, who, campaign, two, again.version, female, signed=True, twice=True) == "waits"
    assert enter(center, who, campaign, two, entry(center, who, campaign, two).version, female, signed=True) == "scored"
    assert {one.mode for one in people(center, who, campaign, state="done").people} == {"paper"}


def test_a_file_of_answers_keeps_its_good_rows_and_tells_every_fault(center: Center, engine: Engine) -> None:
    who, campaign, known = filled(center)
    keys = [item.key for item in engine.instrument("gbt_46939_2025").items]

    def line(code: str, consent: str, given_: dict[str, Any]) -> str:
        return ",".join([code, consent, *(str(given_.get(key, "")) for key in keys)])

    rows = (
        line(known["张一"].code, "1", answers(engine, sex="male")),
        line(known["李二"].code, "0", answers(engine)),
        line(known["王三"].code, "是", answers(engine) | {"tired": 9}),
        line("9999-9", "1", answers(engine)),
    )
    data = ("﻿" + ",".join(["code", "consent", *keys]) + "\n" + "\n".join(rows)).encode()
    read = enter_file(center, who, campaign, data)
    assert (read.scored, read.already) == (1, 0)
    assert {(row, fault.code) for row, fault in read.faults} == {(3, "consent_not_signed"), (4, "out_of_range"), (5, "code_unknown")}
    assert (enter_file(center, who, campaign, data).scored, enter_file(center, who, campaign, data).already) == (0, 1)
    refused_with("missing_columns", lambda: enter_file(center, who, campaign, b"code,consent\n1,1\n"))
    refused_with("unknown_columns", lambda: enter_file(center, who, campaign, data.replace(b"tired", b"tired,\xe5\xbc\xa0", 1)))


def test_nothing_is_scored_without_a_consent_that_stands(center: Center, engine: Engine) -> None:
    who, _campaign, known = filled(center)
    key = Link(known["李二"].token)
    agree(center, key, YES)
    with center.records.write() as db:
        row = campaign_person.find_invited(db, center.records.vault, known["李二"].token)
        assert row is not None
        withdraw(db, center, who, row.client, NEEDED[0])
    with pytest.raises(ConsentMissing):
        submit(center, key, answers(engine), Profile())
    with center.records.write() as db:
        give_consent(db, center, who, row.client, NEEDED[0], "staff")
    submit(center, key, answers(engine), Profile())


def test_coverage_and_lists_follow_what_is_done(center: Center, engine: Engine) -> None:
    who, campaign, known = filled(center)
    key = Link(known["李二"].token)
    agree(center, key, YES)
    submit(center, key, answers(engine, tired=5, short_breath=5), Profile(medicines=Listed((), ("安神丸",))))
    units = {one.unit: one for one in coverage(center, who, campaign)}
    assert (units["一车间"].people, units["一车间"].done, units["一车间"].review, units["二车间"].missing) == (2, 1, 1, 1)
    assert (
        [one.name for one in reminders(center, who, campaign)]
        == ["张一", "王三"]
        == [one.name for one in invitations(center, who, campaign)]
    )
    assert [one.name for one in people(center, who, campaign, state="review").people] == ["李二"]
    assert [one.name for one in people(center, who, campaign, search=known["王三"].code).people] == ["王三"]
    assert {"reminders_exported", "invitations_exported", "campaign_people_read"} <= set(actions(center, who.organisation))


def test_no_other_organisation_role_or_branch_reaches_a_campaign(center: Center) -> None:
    who, campaign, known = filled(center)
    other, one = house(center, "theirs"), known["张一"].public_id
    device = start_device(center, who, campaign, "平板")
    public = devices(center, who, campaign)[0].public_id
    asks: tuple[Callable[[Caller], object], ...] = (
        lambda caller: people(center, caller, campaign),
        lambda caller: person(center, caller, campaign, one),
        lambda caller: coverage(center, caller, campaign),
        lambda caller: reminders(center, caller, campaign),
        lambda caller: invitations(center, caller, campaign),
        lambda caller: reissue_link(center, caller, campaign, one),
        lambda caller: entry(center, caller, campaign, one),
        lambda caller: enter(center, caller, campaign, one, 1, {}, signed=True),
        lambda caller: enter_file(center, caller, campaign, b"code\n1\n"),
        lambda caller: drop_entry(center, caller, campaign, one),
        lambda caller: devices(center, caller, campaign),
        lambda caller: start_device(center, caller, campaign, "平板"),
        lambda caller: give_turn(center, caller, campaign, public, one),
        lambda caller: end_device(center, caller, campaign, public),
        lambda caller: set_state(center, caller, campaign, "closed"),
    )
    for ask in asks:
        with pytest.raises(NotFound):
            ask(other)
        with pytest.raises(NotFound):
            ask(Caller(who.organisation, "account:1", "manager", 1, branch=1))
        with pytest.raises(NotAllowed):
            ask(Caller(who.organisation, "account:1", "auditor", 1))
    theirs = new_campaign(center, other)
    with pytest.raises(NotFound):
        person(center, other, theirs, one)
    assert not take_link(center, start_device(center, other, theirs, "平板"), known["张一"].token)
    begin_turn(center, device, known["张一"].code, "张")


@given(st.integers(1, 99_999), st.integers(0, 4), st.integers(1, 9))
def test_a_wrong_digit_in_a_code_is_noticed(number: int, place: int, step: int) -> None:
    code = code_of(number)
    assert number_of(code) == number == number_of(f" {code.replace('-', '')} ")
    digits = list(code.replace("-", ""))
    digits[place] = str((int(digits[place]) + step) % 10)
    assert number_of("".join(digits)) is None
