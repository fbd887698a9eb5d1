"""What belongs to a client: results and plans with consent, what changed, follow-ups, merging and its undoing, tables of other systems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcm_engine.center import Caller, Center, NotAllowed, NotFound, Outdated, get_assessment, get_plan, make_plan
from tcm_engine.center.clients import (
    PAGE,
    ClientRef,
    Identity,
    add_client,
    add_follow_up,
    add_measured,
    assess_client,
    change_client,
    client_of,
    close_follow_up,
    doubles,
    due_follow_ups,
    has_plan,
    incomplete_clients,
    lacking,
    list_clients,
    merge_clients,
    merges_of,
    plan_profile,
    preview_import,
    result_of,
    search_clients,
    standing_of,
    start_import,
    take_import,
    undo_merge,
)
from tcm_engine.center.privacy import ConsentMissing, give_consent, has_consent, withdraw
from tcm_engine.model import InvalidInput
from tcm_engine.records import branch

from .houses import caller_of, house
from .sheets import Clock, answers

FORM = "gbt_46939_2025"
CARD = "11010519491231002X"


@pytest.fixture
def who(center: Center) -> Caller:
    return caller_of(center, house(center))


def new(center: Center, who: Caller, **given) -> ClientRef:
    with center.records.write() as db:
        return add_client(db, center, who, Identity(**({"name": "张三", "sex": "female", "birth_date": date(1979, 5, 12)} | given)))


def codes(error: pytest.ExceptionInfo[InvalidInput]) -> set[tuple[str, str]]:
    return {(fault.path, fault.code) for fault in error.value.faults}


def test_nothing_is_assessed_without_consent(center: Center, who: Caller) -> None:
    ref = new(center, who)
    with pytest.raises(ConsentMissing):
        assess_client(center, who, ref.public_id, FORM, answers(center.engine), "2026-11-20")
    assert standing_of(center, who, ref.public_id).results == ()
    kept = assess_client(center, who, ref.public_id, FORM, answers(center.engine, tired=5, short_breath=5), "2026-11-20", signed=True)
    found = standing_of(center, who, ref.public_id)
    assert [one.public_id for one in found.results] == [kept.id]
    assert found.results[0].assessment == kept.assessment
    assert found.consented
    assert get_assessment(center, who, kept.id).person.name == "张三"


def test_faults_of_day_and_answers_come_together(center: Center, who: Caller) -> None:
    ref = new(center, who)
    given = answers(center.engine)
    del given["tired"]
    with pytest.raises(InvalidInput) as error:
        assess_client(center, who, ref.public_id, FORM, given | {"nonsense": 1}, "2027-01-01", signed=True)
    assert {path for path, _code in codes(error)} == {"$.assessed_on", "$.answers.tired", "$.answers.nonsense"}
    assert not standing_of(center, who, ref.public_id).consented  # all or nothing


def test_a_plan_is_made_from_the_record_with_its_newest_measurements(center: Center, who: Caller) -> None:
    ref = new(center, who)
    kept = assess_client(center, who, ref.public_id, FORM, answers(center.engine, tired=5), "2026-11-20", signed=True)
    add_measured(center, who, ref.public_id, {"systolic_mmhg": "190", "diastolic_mmhg": "100"}, "2026-11-22")
    client, profile = plan_profile(center, who, ref.public_id, date(2026, 11, 23))
    assert profile.vitals == {"systolic_mmhg": 190.0, "diastolic_mmhg": 100.0}
    plan = make_plan(center, who, kept.id, on=date(2026, 11, 23), lang="zh-Hans", profile=profile)
    found = standing_of(center, who, ref.public_id)
    assert [(one.public_id, one.assessment, one.state) for one in found.plans] == [(plan.id, kept.id, "draft")]
    assert has_plan(center, who, ref.public_id, plan.id).public_id == client.public_id
    other = new(center, who, name="李四")
    with pytest.raises(NotFound):
        has_plan(center, who, other.public_id, plan.id)
    with pytest.raises(NotFound):
        result_of(center, who, other.public_id, kept.id)


def test_results_and_plans_of_another_branch_are_not_found(center: Center, who: Caller) -> None:
    with center.records.write() as db:
        here, there = (branch.add(db, who.organisation, name, center.clock()) for name in ("东院", "西院"))
        ids = {one.public_id: one.id for one in branch.of_organisation(db, who.organisation)}
    ref = new(center, who, branch=here)
    kept = assess_client(center, who, ref.public_id, FORM, answers(center.engine), "2026-11-20", signed=True)
    plan = make_plan(center, who, kept.id, on=date(2026, 11, 23), lang="en")
    add_follow_up(center, who, ref.public_id, {"kind": "contact", "way": "phone", "tier": "soon", "due_on": "2026-11-24"})
    near, far = replace(who, branch=ids[here]), replace(who, branch=ids[there])
    assert get_plan(center, near, plan.id).id == plan.id
    assert [len(due_follow_ups(center, one)) for one in (near, far)] == [1, 0]
    assert [list_clients(center, one).total for one in (near, far)] == [1, 0]
    assert [len(search_clients(center, one, "张三")) for one in (near, far)] == [1, 0]
    assert [sum(one.count for one in lacking(center, caller)) > 0 for caller in (near, far)] == [True, False]
    for ask in (
        lambda: get_assessment(center, far, kept.id),
        lambda: get_plan(center, far, plan.id),
        lambda: make_plan(center, far, kept.id, on=date(2026, 11, 23), lang="en"),
        lambda: standing_of(center, far, ref.public_id),
        lambda: assess_client(center, far, ref.public_id, FORM, {}, "2026-11-20"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_what_changed_is_told_apart_from_noise(center: Center, who: Caller) -> None:
    ref = new(center, who)
    assess_client(center, who, ref.public_id, FORM, answers(center.engine), "2026-05-20", signed=True)
    assert standing_of(center, who, ref.public_id).changes is None
    assess_client(center, who, ref.public_id, FORM, answers(center.engine), "2026-11-20")
    found = standing_of(center, who, ref.public_id)
    assert found.changes is not None
    assert (found.changes.comparable, found.changes.types, found.changes.since) == (True, (), date(2026, 5, 20))
    assert found.reassessment is not None
    assert (found.reassessment.first, found.reassessment.last, found.reassessment.state) == (date(2027, 2, 20), date(2027, 5, 20), "later")
    assess_client(center, who, ref.public_id, FORM, dict.fromkeys(answers(center.engine), 5), "2026-11-21")
    after = standing_of(center, who, ref.public_id).changes
    assert after is not None
    assert any(one.beyond_error and one.before != one.after for one in after.types)


def test_the_long_form_is_compared_with_the_short_and_the_elderly_with_neither(center: Center, who: Caller) -> None:
    ref = new(center, who, birth_date=date(1950, 1, 1))
    for instrument, day in (("zyyxh_t157_2009", "2026-01-01"), (FORM, "2026-06-01"), ("elderly_33", "2026-11-01")):
        assess_client(center, who, ref.public_id, instrument, answers(center.engine, instrument), day, signed=day == "2026-01-01")
        changes = standing_of(center, who, ref.public_id).changes
        assert changes is None if day == "2026-01-01" else changes is not None and changes.comparable == (instrument == FORM)


def test_follow_ups_are_planned_and_closed_once(center: Center, who: Caller) -> None:
    ref = new(center, who)
    with pytest.raises(InvalidInput) as error:
        add_follow_up(center, who, ref.public_id, {"kind": "x", "way": "phone", "tier": "", "due_on": "2020-01-01", "note": "a\x00"})
    assert codes(error) == {("$.kind", "not_one_of"), ("$.tier", "not_one_of"), ("$.due_on", "too_early"), ("$.note", "unfit_text")}
    made = add_follow_up(
        center, who, ref.public_id, {"kind": "contact", "way": "phone", "tier": "soon", "due_on": "2026-11-25", "note": "睡眠"}
    )
    assert [one.client.public_id for one in due_follow_ups(center, who)] == [ref.public_id]
    with pytest.raises(InvalidInput) as error:
        close_follow_up(center, who, ref.public_id, made, 1, {"state": "done", "done_on": "2026-12-01", "outcome": "good"})
    assert codes(error) == {("$.outcome", "not_one_of"), ("$.done_on", "in_the_future")}
    done = {"state": "done", "done_on": "2026-11-23", "outcome": "partly", "note": "好些"}
    close_follow_up(center, who, ref.public_id, made, 1, done)
    with pytest.raises(Outdated):
        close_follow_up(center, who, ref.public_id, made, 1, {"state": "cancelled"})
    kept = standing_of(center, who, ref.public_id).follow_ups[0]
    assert (kept.state, kept.outcome, kept.note, kept.way) == ("done", "partly", "好些", "phone")
    with pytest.raises(NotFound):
        close_follow_up(center, who, ref.public_id, "nobody", 1, done)


def test_a_merge_moves_everything_and_can_be_undone(center: Center, who: Caller) -> None:
    left, right = new(center, who, phone="13800000000"), new(center, who, phone="13800000000", address="甲路")
    third = new(center, who, name="张三", phone="13800000000", birth_date=None)
    one = assess_client(center, who, right.public_id, FORM, answers(center.engine), "2026-10-01", signed=True)
    add_measured(center, who, right.public_id, {"weight_kg": "60"}, "2026-10-01")
    add_follow_up(center, who, right.public_id, {"kind": "contact", "way": "phone", "tier": "soon", "due_on": "2026-11-25"})
    found = doubles(center, who)
    assert {double.kind for double in found} == {"name_birth", "name_phone"}
    merge_clients(center, who, right.public_id, third.public_id, (1, 1))
    merge_clients(center, who, left.public_id, right.public_id, (1, 1))
    for gone in (right, third):
        assert client_of(center, who, gone.public_id).public_id == left.public_id
    standing = standing_of(center, who, left.public_id)
    assert [result.public_id for result in standing.results] == [one.id]
    assert (len(standing.measured), len(standing.follow_ups), standing.consented) == (1, 1, True)
    assert list_clients(center, who).total == 1
    assert [found.public_id for found in search_clients(center, who, "13800000000")] == [left.public_id]
    assert doubles(center, who) == ()
    mine = assess_client(center, who, left.public_id, FORM, answers(center.engine), "2026-11-01")
    merge = merges_of(center, who, client_of(center, who, left.public_id))[0]
    assert undo_merge(center, who, left.public_id, merge.public_id) == right.public_id
    assert [result.public_id for result in standing_of(center, who, right.public_id).results] == [one.id]
    assert [result.public_id for result in standing_of(center, who, left.public_id).results] == [mine.id]
    assert client_of(center, who, third.public_id).public_id == right.public_id
    assert client_of(center, who, right.public_id).identity.address == "甲路"
    with pytest.raises(NotFound):
        undo_merge(center, who, left.public_id, merge.public_id)


def test_a_later_withdrawal_survives_a_merge(center: Center, who: Caller, clock: Clock) -> None:
    left, right = new(center, who), new(center, who)
    for ref, purposes in ((left, ("health_data", "follow_up")), (right, ("health_data",))):
        with center.records.write() as db:
            for purpose in purposes:
                give_consent(db, center, who, ref.id, purpose, "paper")
        clock.forward(days=1)
    with center.records.write() as db:
        withdraw(db, center, who, right.id, "health_data")
    merge_clients(center, who, left.public_id, right.public_id, (1, 1))
    with center.records.read() as db:
        assert [has_consent(db, left.id, purpose) for purpose in ("health_data", "follow_up")] == [False, True]


def test_two_people_are_not_merged(center: Center, who: Caller) -> None:
    left = new(center, who, id_number=CARD, birth_date=date(1949, 12, 31))
    right = new(center, who, id_number="440524188001010014", birth_date=date(1949, 12, 31))
    assert doubles(center, who) == ()
    for merged, versions, code in ((right, (1, 1), "two_cards"), (left, (1, 1), "same_record")):
        with pytest.raises(InvalidInput) as error:
            merge_clients(center, who, left.public_id, merged.public_id, versions)
        assert codes(error) == {("$.merged", code)}
    change_client(center, who, right.public_id, 1, identity=Identity("张三"))
    with pytest.raises(InvalidInput) as error:
        merge_clients(center, who, left.public_id, right.public_id, (1, 1))
    assert codes(error) == {("$.merged", "compared_before")}
    with pytest.raises(NotAllowed):
        merge_clients(center, replace(who, role="operator"), left.public_id, right.public_id, (1, 2))


def test_the_list_is_paged_and_the_incomplete_queue_empties(center: Center, who: Caller) -> None:
    refs = [new(center, who, name=f"张{number}") for number in range(PAGE + 2)]
    page = list_clients(center, who, 2)
    assert (page.total, page.pages, len(page.clients)) == (PAGE + 2, 2, 2)
    assert page.clients[-1].public_id == refs[0].public_id
    before = {one.code: one.count for one in lacking(center, who)}
    assert (before["sex"], before["medicines"], before["pregnancy"], before["phone"]) == (0, PAGE + 2, PAGE + 2, PAGE + 2)
    known = {"pregnant": False, "lactating": False, "medicines": [], "conditions": [], "allergies": []}
    change_client(center, who, refs[0].public_id, 1, profile=known)
    after = {one.code: one.count for one in lacking(center, who)}
    assert (after["medicines"], after["pregnancy"], after["phone"]) == (PAGE + 1, PAGE + 1, PAGE + 2)
    assert refs[0].public_id not in {one.public_id for one in incomplete_clients(center, who, "medicines").clients}
    assert (before["consent"], before["assessment"]) == (PAGE + 2, PAGE + 2)
    assess_client(center, who, refs[0].public_id, FORM, answers(center.engine), "2026-11-20", signed=True)
    for code in ("consent", "assessment"):
        page = incomplete_clients(center, who, code, 2)
        assert (page.total, len(page.clients)) == (PAGE + 1, 1)
    with pytest.raises(KeyError):
        incomplete_clients(center, who, "shoes")


ROWS = [
    ["某体检中心"],
    ["姓 名", "身份证号", "体检日期", "血压（mmHg）", "空腹血糖(mmol/L)", "体重(斤)", "口味"],
    ["张三", CARD, date(2025, 3, 1), "128/82", 5.6, 120, "淡"],
    ["张三", CARD, "2025/3/8", "一百二", 99, "", ""],
    ["李四", "", "2025-03-01", "120/80", 5, "", ""],
    ["张叁", CARD, "2025-03-09", "120/80", "", "", ""],
    [None, None],
]


def test_good_rows_of_another_systems_table_are_taken_once(center: Center, who: Caller) -> None:
    rows = [[str(cell).replace("姓 名", "姓名") if isinstance(cell, str) else cell for cell in row] for row in ROWS]
    ref = new(center, who, id_number=CARD, birth_date=date(1949, 12, 31))
    made = start_import(center, who, b"file", rows)
    found = preview_import(center, who, made)
    assert (found.good, found.doubled, found.unknown, found.other_unit, found.before) == (1, 0, ("口味",), ("体重(斤)",), None)
    told = {one.row: {(fault.path, fault.code) for fault in one.faults} for one in found.faulty}
    assert told == {
        4: {("$.pressure", "not_a_pair"), ("$.fasting_glucose_mmol_l", "out_of_range")},
        5: {("$.name", "client_unknown")},
        6: {("$.name", "other_name")},
    }
    assert standing_of(center, who, ref.public_id).measured == ()  # only looked at
    assert (take_import(center, who, made), take_import(center, who, made)) == (1, 0)
    kept = standing_of(center, who, ref.public_id).measured
    assert [(one.taken_on, dict(one.values), one.source) for one in kept] == [
        (date(2025, 3, 1), {"systolic_mmhg": 128, "diastolic_mmhg": 82, "fasting_glucose_mmol_l": 56}, "imported")
    ]
    again = preview_import(center, who, start_import(center, who, b"file", rows))
    assert (again.good, again.doubled, again.before is None) == (0, 1, False)
    with pytest.raises(NotFound):
        preview_import(center, caller_of(center, house(center)), made)


def test_earlier_answers_are_scored_and_need_consent(center: Center, who: Caller) -> None:
    ref = new(center, who, code="A1")
    given = answers(center.engine)
    head, row = ["编号", "测评日期", *given], ["A1", "2025-03-01", *given.values()]
    first = preview_import(center, who, start_import(center, who, b"a", [head, row]))
    assert (first.instrument, first.good) == (FORM, 0)
    assert {fault.code for fault in first.faulty[0].faults} == {"consent_missing"}
    assess_client(center, who, ref.public_id, FORM, given, "2026-11-01", signed=True)
    rows = [head, row, ["A1", "2025-04-01", 9, "", *list(given.values())[2:]]]
    made = start_import(center, who, b"b", rows)
    found = preview_import(center, who, made)
    assert (found.good, {fault.path.split(".")[1] for fault in found.faulty[0].faults}) == (1, {"answers"})
    take_import(center, who, made)
    assert [one.assessment.assessed_on for one in standing_of(center, who, ref.public_id).results] == [date(2026, 11, 1), date(2025, 3, 1)]
    assert preview_import(center, who, start_import(center, who, b"c", [head, row])).doubled == 1


@pytest.mark.parametrize(
    ("rows", "code"), [([["a", "b"], [1, 2]], "no_headings"), ([], "no_headings"), ([["姓名", "电话"], ["张三", "1"]], "nothing_to_take")]
)
def test_a_table_of_something_else_is_refused(center: Center, who: Caller, rows, code: str) -> None:
    with pytest.raises(InvalidInput) as error:
        start_import(center, who, b"x", rows)
    assert codes(error) == {("$.file", code)}
