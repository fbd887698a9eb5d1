"""Indicators of periods and campaigns, on both databases: the numbers, their scope, and who may read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcm_engine.center import Center, NotAllowed, NotFound
from tcm_engine.center.indicators import Scope, note_export, offered, read_indicators
from tcm_engine.evaluation import Indicators
from tcm_engine.model import InvalidInput
from tcm_engine.records import audit

from . import indicator_people as people
from .sheets import TODAY

YEAR = Scope(date(2026, 1, 1), date(2026, 12, 31))


def counts(found: Indicators, section: str) -> dict[str, tuple[int, int]]:
    return {line.code: (line.share.count, line.share.of) for line in found.section(section).lines}


def test_people_are_counted_once_with_their_last_assessment(center: Center) -> None:
    of = people.organisation(center)
    early, late = people.sheet(center, on=date(2026, 3, 1)), people.sheet(center, on=date(2026, 9, 1), **people.QI)
    with center.records.write() as db:
        one, _ = people.add_client(db, center, of, name="张三")
        people.add_sitting(db, center, of, one, early)
        people.add_sitting(db, center, of, one, late)
        two, _ = people.add_client(db, center, of, name="李四")
        people.add_sitting(db, center, of, two, early)
    found = read_indicators(center, people.caller(center, of), YEAR, TODAY)
    assert (found.people, found.sittings, found.roster) == (2, 3, None)
    main = counts(found, "main_type")
    assert main["qi_deficiency"] == (1, 2) and main["balanced"] == (1, 2)
    assert sum(count for count, _ in main.values()) == 2
    only_spring = read_indicators(center, people.caller(center, of), replace(YEAR, ends=date(2026, 6, 30)), TODAY)
    assert counts(only_spring, "main_type")["balanced"] == (2, 2)


def test_a_merged_record_counts_as_the_one_it_became(center: Center) -> None:
    from sqlalchemy import update

    from tcm_engine.records.client import client

    of = people.organisation(center)
    with center.records.write() as db:
        one, _ = people.add_client(db, center, of, name="张三")
        two, _ = people.add_client(db, center, of, name="张三")
        for row in (one, two):
            people.add_sitting(db, center, of, row, people.sheet(center))
        db.execute(update(client).where(client.c.id == two).values(merged_into_id=one))
    assert read_indicators(center, people.caller(center, of), YEAR, TODAY).people == 1


def test_plans_follow_ups_and_referrals(center: Center) -> None:
    of = people.organisation(center)
    result = people.sheet(center, **people.QI)
    with center.records.write() as db:
        rows = [people.add_client(db, center, of, name="张三")[0] for _ in range(4)]
        sittings = [people.add_sitting(db, center, of, row, result)[0] for row in rows]
        people.add_plan_of(db, center, of, sittings[0], result, "signed")
        people.add_plan_of(db, center, of, sittings[1], result, "draft")
        people.add_follow_up(db, center, of, rows[0], date(2026, 10, 1), "done")
        people.add_follow_up(db, center, of, rows[1], date(2026, 10, 1), "due", "referral")
        people.add_follow_up(db, center, of, rows[2], TODAY, "due")
        people.add_follow_up(db, center, of, rows[3], date(2026, 10, 1), "cancelled")
        people.add_follow_up(db, center, of, rows[3], date(2027, 1, 1), "due")
    found = read_indicators(center, people.caller(center, of), YEAR, TODAY)
    assert counts(found, "plans") == {"planned": (2, 4), "signed": (1, 2)}
    assert counts(found, "follow_ups") == {"done": (1, 3), "overdue": (1, 3), "waiting": (1, 3)}
    assert counts(found, "referrals") == {"answered": (0, 1)}


def test_completeness_and_quality_count_what_is_known_and_why_to_look(center: Center) -> None:
    of = people.organisation(center)
    instrument = center.engine.instrument("gbt_46939_2025")
    straight = center.engine.assess(
        instrument.code, {item.key: 3 for item in instrument.items if item.sex is None}, sex=None, assessed_on=people.DAY
    )
    with center.records.write() as db:
        row, _ = people.add_client(db, center, of, name="张三")
        people.add_sitting(db, center, of, row, straight, born=None)
    found = read_indicators(center, people.caller(center, of), replace(YEAR, by="age"), TODAY)
    assert counts(found, "completeness") == {
        "sex": (0, 1), "birth_date": (0, 1), "conditions": (0, 1), "medicines": (1, 1), "allergies": (0, 1), "complaints": (0, 1),
    }  # fmt: skip
    quality = counts(found, "quality")
    assert quality["any"] == (1, 1) and quality["straight_lining"] == (1, 1)
    assert quality["sex_missing"] == (1, 1) if any(r.code == "sex_missing" for r in straight.review_reasons) else (0, 1)
    assert found.groups is not None and found.groups.groups == ("unknown",)


def test_a_campaign_has_its_coverage_and_its_units(center: Center) -> None:
    of = people.organisation(center)
    calm, qi = people.sheet(center), people.sheet(center, **people.QI)
    public = people.add_campaign(center, of, {"一车间": [calm, qi, None], "": [qi]})
    found = read_indicators(center, people.caller(center, of), replace(YEAR, campaign=public, by="unit"), TODAY)
    assert counts(found, "coverage") == {"assessed": (3, 4)}
    assert (found.campaign, found.employer, found.roster) == ("体检", "某厂", 4)
    assert found.groups is not None and found.groups.groups == ("一车间", "")
    place = found.groups.columns.index("qi_deficiency")
    assert [row[place] for row in found.groups.counts] == [1, 1]
    assert found.rates is not None and found.rates.columns[:2] == ("roster", "people")
    assert [(name, *row[:2]) for name, row in zip(found.rates.groups, found.rates.counts, strict=True)] == [("一车间", 3, 2), ("", 1, 1)]


def test_an_earlier_period_is_compared_with_intervals(center: Center) -> None:
    of = people.organisation(center)
    with center.records.write() as db:
        for n in range(40):
            row, _ = people.add_client(db, center, of, name="张三")
            before = people.sheet(center, on=date(2025, 6, 1))
            people.add_sitting(db, center, of, row, before)
            raised = people.QI if n < 20 else {}
            people.add_sitting(db, center, of, row, people.sheet(center, on=date(2026, 6, 1), **raised))
    asked = replace(YEAR, compare=(date(2025, 1, 1), date(2025, 12, 31)))
    found = read_indicators(center, people.caller(center, of), asked, TODAY)
    change = next(line.change for line in found.section("main_type").lines if line.code == "qi_deficiency")
    assert change is not None and change.value == pytest.approx(0.5) and change.is_clear and 0.3 < change.low < 0.5 < change.high < 0.7
    assert found.compared_people == 40


def test_nobody_is_no_error(center: Center) -> None:
    of = people.organisation(center)
    found = read_indicators(center, people.caller(center, of), replace(YEAR, by="sex"), TODAY)
    assert (found.people, found.groups) == (0, None)
    assert counts(found, "follow_ups")["done"] == (0, 0)


def test_a_branch_sees_its_own_people_alone(center: Center) -> None:
    of = people.organisation(center)
    (east, _), (west, west_id) = (people.add_branch(center, of, name) for name in ("东", "西"))
    with center.records.write() as db:
        for place, number in ((east, 2), (west, 3), (None, 1)):
            for _ in range(number):
                people.add_sitting(db, center, of, people.add_client(db, center, of, place, name="张三")[0], people.sheet(center))
    bound = people.caller(center, of, "manager", east)
    assert read_indicators(center, bound, YEAR, TODAY).people == 2
    assert [name for _, name in offered(center, bound).branches] == ["东"]
    whole = read_indicators(center, people.caller(center, of), replace(YEAR, by="branch"), TODAY)
    assert whole.groups is not None and {name: sum(row) for name, row in zip(whole.groups.groups, whole.groups.counts, strict=True)} == {
        "东": 2, "西": 3, "": 1,
    }  # fmt: skip
    assert read_indicators(center, people.caller(center, of), replace(YEAR, branch=west_id), TODAY).people == 3
    with pytest.raises(NotFound):
        read_indicators(center, bound, replace(YEAR, branch=west_id), TODAY)
    campaign = people.add_campaign(center, of, {"": [people.sheet(center)]}, branch_row=west)
    with pytest.raises(NotFound):
        read_indicators(center, bound, replace(YEAR, campaign=campaign), TODAY)


def test_another_organisation_counts_nothing_of_ours(center: Center) -> None:
    ours, theirs = people.organisation(center), people.organisation(center, "other")
    campaign = people.add_campaign(center, ours, {"": [people.sheet(center)]})
    with center.records.write() as db:
        people.add_sitting(db, center, ours, people.add_client(db, center, ours, name="张三")[0], people.sheet(center))
    stranger = people.caller(center, theirs)
    assert read_indicators(center, stranger, YEAR, TODAY).people == 0
    for scope in (replace(YEAR, campaign=campaign), replace(YEAR, branch="unknown"), replace(YEAR, campaign="unknown")):
        with pytest.raises(NotFound):
            read_indicators(center, stranger, scope, TODAY)


@pytest.mark.parametrize(
    ("role", "may"), [("operator", False), ("practitioner", True), ("manager", True), ("auditor", True), ("client", False)]
)
def test_who_may_read_indicators(center: Center, role: str, may: bool) -> None:
    of = people.organisation(center)
    who = people.caller(center, of, role)
    for ask in (lambda: read_indicators(center, who, YEAR, TODAY), lambda: offered(center, who), lambda: note_export(center, who, "x")):
        if may:
            ask()
        else:
            with pytest.raises(NotAllowed):
                ask()


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"ends": date(2025, 1, 1)}, {("ends", "period_backwards")}),
        ({"begins": date(2001, 1, 1)}, {("ends", "period_too_long")}),
        ({"compare": (date(2026, 2, 1), date(2026, 3, 1))}, {("compare_ends", "period_overlaps")}),
        ({"by": "unit"}, {("by", "units_need_a_campaign")}),
        ({"by": "height", "ends": date(2025, 1, 1)}, {("by", "not_one_of"), ("ends", "period_backwards")}),
    ],
)
def test_every_fault_of_a_scope_is_told(center: Center, changes: dict, faults: set) -> None:
    of = people.organisation(center)
    with pytest.raises(InvalidInput) as refused:
        read_indicators(center, people.caller(center, of), replace(YEAR, **changes), TODAY)
    assert {(fault.path, fault.code) for fault in refused.value.faults} == faults


def test_reading_and_exporting_are_written_down(center: Center) -> None:
    of = people.organisation(center)
    who = people.caller(center, of)
    read_indicators(center, who, YEAR, TODAY)
    note_export(center, who, "indicators", kind="csv")
    with center.records.read() as db:
        rows = [(row.actor, row.action, row.detail) for row in audit.audit_rows(db, of)]
    assert [action for _, action, _ in rows] == ["indicators_read", "indicators_exported"]
    assert all(actor == who.actor for actor, _, _ in rows) and "csv" in rows[1][2]
