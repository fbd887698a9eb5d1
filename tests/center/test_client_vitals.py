"""Measured values: exact bounds, all faults at once, corrections that lose nothing, levels with their sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine.center import Center, NotFound
from tcm_engine.center.clients import (
    MEASURES,
    Identity,
    add_client,
    add_measured,
    bmi_tenths,
    grades,
    read_measured,
    remove_measured,
    standing_of,
    vitals_of,
)
from tcm_engine.center.clients.measures import read_value
from tcm_engine.model import InvalidInput
from tcm_engine.planning.vitals import reasons_to_refer
from tcm_engine.records import audit

from .houses import caller_of, house

TODAY = date(2026, 11, 23)


def level(values: dict[str, int], code: str, sex="female", age: int | None = 50) -> str:
    return next(grade.level for grade in grades(values, sex, age) if grade.code == code)


@pytest.mark.parametrize(
    ("code", "value", "below", "at"),
    [
        ("fasting_glucose_mmol_l", 61, "in_range", "raised"),
        ("fasting_glucose_mmol_l", 70, "raised", "high"),
        ("fasting_glucose_mmol_l", 167, "high", "alarm_high"),
        ("fasting_glucose_mmol_l", 40, "alarm_low", "in_range"),
        ("glucose_2h_mmol_l", 78, "in_range", "raised"),
        ("glucose_2h_mmol_l", 111, "raised", "high"),
        ("hba1c_percent", 65, "in_range", "high"),
        ("total_cholesterol_mmol_l", 520, "in_range", "raised"),
        ("total_cholesterol_mmol_l", 620, "raised", "high"),
        ("triglycerides_mmol_l", 170, "in_range", "raised"),
        ("triglycerides_mmol_l", 230, "raised", "high"),
        ("ldl_mmol_l", 340, "in_range", "raised"),
        ("ldl_mmol_l", 410, "raised", "high"),
        ("hdl_mmol_l", 100, "low", "in_range"),
        ("uric_acid_umol_l", 421, "in_range", "high"),
    ],
)
def test_each_bound_belongs_to_the_higher_level(code: str, value: int, below: str, at: str) -> None:
    assert (level({code: value - 1}, code), level({code: value}, code)) == (below, at)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "expected"),
    [
        (119, 79, "in_range"), (120, 79, "raised"), (119, 80, "raised"), (139, 89, "raised"), (140, 70, "high"), (118, 90, "high"),
        (159, 99, "high"), (160, 80, "very_high"), (120, 100, "very_high"), (179, 109, "very_high"), (180, 80, "alarm_high"),
        (130, 110, "alarm_high"),
    ],
)  # fmt: skip
def test_pressure_goes_by_the_higher_of_its_two_levels(systolic: int, diastolic: int, expected: str) -> None:
    assert level({"systolic_mmhg": systolic, "diastolic_mmhg": diastolic}, "pressure") == expected


@given(st.integers(40, 300), st.integers(20, 200), st.integers(10, 500))
def test_what_is_alarming_here_is_what_the_planner_refers(systolic: int, diastolic: int, glucose: int) -> None:
    values = {"systolic_mmhg": systolic, "diastolic_mmhg": diastolic, "fasting_glucose_mmol_l": glucose}
    found = {grade.code for grade in grades(values, None, 40) if grade.level.startswith("alarm")}
    told = {reason.code for reason in reasons_to_refer({code: float(MEASURES[code].shown(value)) for code, value in values.items()})}
    assert ("pressure" in found, "fasting_glucose_mmol_l" in found) == (
        "blood_pressure_needs_doctor" in told,
        "glucose_needs_doctor" in told,
    )


@given(st.integers(1400, 2100), st.integers(350, 1800))
def test_the_index_is_cut_off_not_rounded(height: int, weight: int) -> None:
    exact = Decimal(weight) / 10 / (Decimal(height) / 1000) ** 2
    assert (bmi_tenths(height, weight) >= 240) == (exact >= 24)
    assert (bmi_tenths(height, weight) >= 185) == (exact >= Decimal("18.5"))


def test_sex_and_age_decide_which_bounds_hold() -> None:
    assert [level({"waist_cm": 800}, "waist_cm", sex) for sex in ("female", "male")] == ["raised", "in_range"]
    assert [grade.code for grade in grades({"waist_cm": 800}, None, 50)] == []
    body = {"height_cm": 1600, "weight_kg": 550}  # 21.4
    assert [level(body, "bmi", age=age) for age in (79, 80)] == ["in_range", "low"]
    assert grades(body, "female", 12) == ()


@given(st.sampled_from(sorted(MEASURES)), st.data())
def test_a_written_value_comes_back_as_it_was_written(code: str, data) -> None:
    value = data.draw(st.integers(MEASURES[code].least, MEASURES[code].most))
    assert read_value(code, MEASURES[code].shown(value)) == value


def test_all_faults_of_a_form_come_at_once() -> None:
    given = {"systolic_mmhg": "80", "diastolic_mmhg": "90", "weight_kg": "61.25", "waist_cm": "x", "hba1c_percent": "55", "shoe": "1"}
    with pytest.raises(InvalidInput) as error:
        read_measured(given, "2026-02-30", TODAY)
    assert {(f.path, f.code) for f in error.value.faults} == {
        ("$.taken_on", "not_a_date"), ("$.diastolic_mmhg", "conflicts_with"), ("$.weight_kg", "too_fine"), ("$.waist_cm", "not_a_number"),
        ("$.hba1c_percent", "out_of_range"), ("$.shoe", "unknown_key"),
    }  # fmt: skip
    for day, code in (("", "missing"), ("2026-11-24", "in_the_future"), ("1949-01-01", "too_early")):
        with pytest.raises(InvalidInput) as error:
            read_measured({"weight_kg": "６１．２"}, day, TODAY)
        assert [(f.path, f.code) for f in error.value.faults] == [("$.taken_on", code)]
    with pytest.raises(InvalidInput) as error:
        read_measured({"weight_kg": " "}, "2026-11-23", TODAY)
    assert [(f.path, f.code) for f in error.value.faults] == [("$.values", "missing")]


def test_a_correction_keeps_what_was_entered_by_mistake(center: Center) -> None:
    who = caller_of(center, house(center))
    with center.records.write() as db:
        ref = add_client(db, center, who, Identity("张三", sex="female"))
    first = add_measured(center, who, ref.public_id, {"weight_kg": "60.5", "systolic_mmhg": "190"}, "2026-11-01")
    assert standing_of(center, who, ref.public_id).alarms == ("pressure",)
    second = add_measured(center, who, ref.public_id, {"weight_kg": "60.5", "systolic_mmhg": "119"}, "2026-11-01", instead_of=first)
    found = standing_of(center, who, ref.public_id)
    assert [(one.public_id, one.removed_at is None) for one in found.measured] == [(second, True), (first, False)]
    assert found.alarms == ()
    assert vitals_of(found.measured, TODAY) == {"weight_kg": 60.5, "systolic_mmhg": 119.0}
    for other in (first, "nobody"):
        with pytest.raises(NotFound):
            remove_measured(center, who, ref.public_id, other)
    stranger = caller_of(center, house(center))
    with pytest.raises(NotFound):
        add_measured(center, stranger, ref.public_id, {"weight_kg": "60"}, "2026-11-01")
    with center.records.read() as db:
        actions = [row.action for row in audit.audit_rows(db, who.organisation)]
        details = [row.detail for row in audit.audit_rows(db, who.organisation)]
    assert actions.count("measurement_added") == 2
    assert actions.count("measurement_removed") == 1
    assert actions.count("client_read") == 2
    assert not any("60.5" in detail or "张三" in detail for detail in details)


def test_old_values_are_not_taken_for_todays(center: Center) -> None:
    who = caller_of(center, house(center))
    with center.records.write() as db:
        ref = add_client(db, center, who, Identity("张三"))
    add_measured(center, who, ref.public_id, {"weight_kg": "70", "height_cm": "170"}, "2025-01-01")
    add_measured(center, who, ref.public_id, {"weight_kg": "68"}, "2026-11-01")
    assert vitals_of(standing_of(center, who, ref.public_id).measured, TODAY) == {"weight_kg": 68.0}
