"""Bringing rosters in: all or nothing, nothing twice, faults told row by row, on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import date
from time import perf_counter

import pytest

from tcm_engine.center import Caller, Center, NotAllowed, NotFound
from tcm_engine.center.campaigns import faulty_rows as rows_to_correct
from tcm_engine.center.campaigns import (
    get_campaign,
    imports,
    preview_roster,
    roster_columns,
    set_columns,
    set_state,
    take_roster,
    upload_roster,
)
from tcm_engine.model import InvalidInput

from .campaign_people import csv_of, house, new_campaign
from .rosters import id_number, messy_roster


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_a_messy_roster_is_shown_then_taken_whole_and_corrected_rows_add_what_is_missing(center: Center) -> None:
    who, made = house(center), messy_roster(600)
    campaign = new_campaign(center, who)
    file = upload_roster(center, who, campaign, made.data)
    shown = preview_roster(center, who, campaign, file)
    assert (shown.new, shown.known, shown.already, shown.faulty_rows) == (made.people, 0, 0, made.faulty)
    assert len(shown.doubles) == made.doubles and shown.read_sheets == ("花名册",) and shown.left_sheets == ("填写说明",)
    assert get_campaign(center, who, campaign).people == 0
    taken = take_roster(center, who, campaign, file)
    assert (taken.added_clients, taken.added_people) == (made.people, made.people)
    assert get_campaign(center, who, campaign).missing == made.people
    (sheet,) = rows_to_correct(center, who, campaign, file)
    assert len(sheet.rows) == made.faulty and all(faults for _, faults in sheet.rows)
    mended = csv_of("欧阳一一,女,1979年5月12日,,13800138000,质检部", "赵钱,男,1980.1.2,,１３８ ００１３ ８００１,")
    again = upload_roster(center, who, campaign, mended)
    assert preview_roster(center, who, campaign, again).new == 2
    assert take_roster(center, who, campaign, again).added_people == 2
    assert [row.state for row in imports(center, who, campaign)] == ["imported", "imported"]


def test_the_same_file_again_is_noticed_and_adds_nobody(center: Center) -> None:
    who = house(center)
    campaign = new_campaign(center, who)
    data = csv_of("张一,男,1979-05-12,,13800138000,一车间", "张二,女,1980/1/2,,13800138001,二车间")
    file = upload_roster(center, who, campaign, data)
    take_roster(center, who, campaign, file)
    with pytest.raises(InvalidInput) as refused:
        take_roster(center, who, campaign, file)
    assert codes(refused) == ["already_imported"]
    again = upload_roster(center, who, campaign, data)
    shown = preview_roster(center, who, campaign, again)
    assert shown.imported_before and (shown.new, shown.known, shown.already) == (0, 0, 2)
    assert take_roster(center, who, campaign, again).added_people == 0
    other = new_campaign(center, who, "第二次")
    file = upload_roster(center, who, other, data)
    shown = preview_roster(center, who, other, file)
    assert shown.imported_before is None and (shown.new, shown.known, shown.already) == (0, 2, 0)
    taken = take_roster(center, who, other, file)
    assert (taken.added_clients, taken.added_people) == (0, 2)


def test_who_is_known_is_found_by_card_then_name_and_day_then_name_and_telephone(center: Center) -> None:
    who = house(center)
    first, second = new_campaign(center, who), new_campaign(center, who, "复测")
    card = id_number("110101", date(1979, 5, 12), 1)
    rows = (f"王一,,,{card},,", "王二,女,1980-01-02,,,", "王三,,,,13800138003,")
    take_roster(center, who, first, upload_roster(center, who, first, csv_of(*rows)))
    again = (
        f"王一一,男,1979-05-12,{card},13900139000,",
        "王 二,F,1980年1月2日,,13900139001,",
        "王三,男,,,+86 138-0013-8003,",
        "王三,男,,,13800138009,",
        "王二,男,1980-01-02,,,",
    )
    shown = preview_roster(center, who, second, upload_roster(center, who, second, csv_of(*again)))
    assert (shown.known, shown.new, shown.faulty_rows, len(shown.doubles)) == (3, 2, 0, 0)


def test_columns_are_corrected_once_and_remembered_for_the_organisation_alone(center: Center) -> None:
    who, other = house(center), house(center, "theirs")
    campaign, theirs = new_campaign(center, who), new_campaign(center, other)
    data = "员工,工作地,何时出生,联络\n李一,一车间,1979-05-12,13800138000\n".encode("gb18030")
    file = upload_roster(center, who, campaign, data)
    (group,) = roster_columns(center, who, campaign, file)
    assert [column.heading for column in group.columns] == ["员工", "工作地", "何时出生", "联络"] and not group.remembered
    assert group.columns[0].examples == ("李一",)
    with pytest.raises(InvalidInput) as refused:
        set_columns(center, who, campaign, file, [{0: "", 2: "birth_date"}])
    assert codes(refused) == ["no_name_column"]
    with pytest.raises(InvalidInput) as refused:
        set_columns(center, who, campaign, file, [{0: "name", 1: "name"}])
    assert codes(refused) == ["column_twice"]
    set_columns(center, who, campaign, file, [{0: "name", 1: "unit", 2: "birth_date", 3: "phone"}])
    assert preview_roster(center, who, campaign, file).new == 1
    later = upload_roster(center, who, campaign, data.replace("李一".encode("gb18030"), "李二".encode("gb18030")))
    assert roster_columns(center, who, campaign, later)[0].remembered and preview_roster(center, who, campaign, later).new == 1
    elsewhere = upload_roster(center, other, theirs, data)
    assert not roster_columns(center, other, theirs, elsewhere)[0].remembered
    assert preview_roster(center, other, theirs, elsewhere).new == 0


def test_nothing_of_one_organisation_is_seen_by_another_or_by_who_may_not(center: Center) -> None:
    who, other = house(center), house(center, "theirs")
    campaign = new_campaign(center, who)
    file = upload_roster(center, who, campaign, csv_of("张一,男,1979-05-12,,,"))
    for ask in (
        lambda caller: preview_roster(center, caller, campaign, file),
        lambda caller: roster_columns(center, caller, campaign, file),
        lambda caller: set_columns(center, caller, campaign, file, [{0: "name"}]),
        lambda caller: take_roster(center, caller, campaign, file),
        lambda caller: rows_to_correct(center, caller, campaign, file),
        lambda caller: upload_roster(center, caller, campaign, csv_of("张一,男,1979-05-12,,,")),
        lambda caller: imports(center, caller, campaign),
        lambda caller: get_campaign(center, caller, campaign),
    ):
        with pytest.raises(NotFound):
            ask(other)
        with pytest.raises(NotAllowed):
            ask(Caller(who.organisation, "account:1", "auditor", 1))
        with pytest.raises(NotFound):
            ask(Caller(who.organisation, "account:1", "operator", 1, branch=1))


def test_a_closed_campaign_takes_nobody(center: Center) -> None:
    who = house(center)
    campaign = new_campaign(center, who)
    file = upload_roster(center, who, campaign, csv_of("张一,男,1979-05-12,,,"))
    set_state(center, who, campaign, "closed")
    with pytest.raises(InvalidInput) as refused:
        take_roster(center, who, campaign, file)
    assert codes(refused) == ["campaign_closed"]


def test_ten_thousand_people_are_taken_in_one_go(center: Center) -> None:
    who, made = house(center), messy_roster(10_000)
    campaign = new_campaign(center, who)
    begin = perf_counter()
    file = upload_roster(center, who, campaign, made.data)
    shown = preview_roster(center, who, campaign, file)
    taken = take_roster(center, who, campaign, file)
    end = perf_counter()
    assert (shown.new, taken.added_people, taken.faulty_rows) == (made.people, made.people, made.faulty)
    assert Counter(fault.code for fault in shown.faults).keys() >= {"id_digits_lost", "ambiguous_day", "phone_unfit"}
    assert end - begin < 60
