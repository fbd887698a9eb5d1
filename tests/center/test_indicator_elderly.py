"""The national service for residents of 65 and over: who belongs to a year, who was served, the rate, and the record form."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest

from tcm_engine.center import Center, NotAllowed, NotFound, Outdated
from tcm_engine.center.indicators import (
    Guidance,
    elderly_year,
    read_form,
    read_forms,
    remove_guidance,
    set_population,
    write_guidance,
)
from tcm_engine.model import InvalidInput

from . import indicator_people as people
from .sheets import TODAY


def given(on: date = people.DAY, **changes: object) -> Guidance:
    values = {"boxes": MappingProxyType({"qi_deficiency": frozenset({"diet", "movement"})}), "other": "", "practitioner": "李四"}
    return Guidance(**(values | changes), guided_on=on)  # type: ignore[arg-type]


def resident(
    center: Center, of: int, born: str = "1955-03-01", branch: int | None = None, on: date | None = people.DAY, **raised: int
) -> str:
    """Public id of the assessment of a new client; empty where it has none."""
    with center.records.write() as db:
        row, _ = people.add_client(db, center, of, branch, name="张三", birth_date=born, code="001-00023")
        return people.add_sitting(db, center, of, row, people.sheet(center, on=on, **raised))[1] if on else ""


@pytest.mark.parametrize(("born", "belongs"), [("1961-12-31", True), ("1962-01-01", False), ("1961-01-01", True), ("1930-02-28", True)])
def test_a_resident_belongs_to_the_year_in_which_65_are_full_by_its_last_day(center: Center, born: str, belongs: bool) -> None:
    of = people.organisation(center)
    resident(center, of, born, on=None)
    assert bool(elderly_year(center, people.caller(center, of), 2026, TODAY).residents) is belongs


def test_served_is_who_was_assessed_and_guided_in_the_year(center: Center) -> None:
    of = people.organisation(center)
    who = people.caller(center, of, "practitioner")
    resident(center, of, on=None)
    resident(center, of)
    write_guidance(center, who, resident(center, of, **people.QI), given(), 0, TODAY)
    resident(center, of, on=date(2025, 11, 1))
    resident(center, of, born="")
    found = elderly_year(center, who, 2026, TODAY)
    assert {state: found.count(state) for state in ("due", "without_guidance", "served")} == {"due": 2, "without_guidance": 1, "served": 1}
    assert (found.rate.count, found.rate.of, found.of_population, found.unknown_age) == (1, 4, False, 1)
    last = elderly_year(center, who, 2025, TODAY)
    assert (last.count("without_guidance"), last.count("served")) == (1, 0)


def test_guidance_in_january_after_december_counts_in_neither_year(center: Center) -> None:
    """Both belong to the year: assessed in 2025 and guided in 2026 is half of each."""
    of = people.organisation(center)
    who = people.caller(center, of, "practitioner")
    write_guidance(center, who, resident(center, of, on=date(2025, 12, 30), **people.QI), given(date(2026, 1, 4)), 0, TODAY)
    assert [elderly_year(center, who, year, TODAY).count("served") for year in (2025, 2026)] == [0, 0]


def test_another_form_is_not_this_service(center: Center) -> None:
    of = people.organisation(center)
    with center.records.write() as db:
        row, _ = people.add_client(db, center, of, name="张三", birth_date="1950-01-01")
        public = people.add_sitting(db, center, of, row, people.sheet(center, "gbt_46939_2025"))[1]
    who = people.caller(center, of)
    assert elderly_year(center, who, 2026, TODAY).count("due") == 1
    with pytest.raises(NotFound):
        read_form(center, who, public)


def test_a_signed_plan_is_guidance_and_a_draft_is_none(center: Center) -> None:
    of = people.organisation(center)
    result = people.sheet(center, on=date(2026, 11, 23), **people.QI)
    with center.records.write() as db:
        made = {}
        for state in ("signed", "draft"):
            row, _ = people.add_client(db, center, of, name="张三", birth_date="1950-01-01")
            sitting, made[state] = people.add_sitting(db, center, of, row, result)
            people.add_plan_of(db, center, of, sitting, result, state)
    who = people.caller(center, of)
    found = elderly_year(center, who, 2026, TODAY)
    assert (found.count("served"), found.count("without_guidance")) == (1, 1)
    form = read_form(center, who, made["signed"])
    assert form.from_plan and form.guidance and form.guidance.boxes["qi_deficiency"] >= {"diet", "movement", "acupoint"}
    assert set(form.guidance.boxes) == {score.constitution for score in result.scores if score.verdict in ("yes", "basically", "tendency")}
    assert read_form(center, who, made["draft"]).guidance is None


def test_the_denominator_is_the_number_entered_and_who_was_served_cannot_be_more(center: Center) -> None:
    of = people.organisation(center)
    who = people.caller(center, of)
    for _ in range(3):
        write_guidance(center, who, resident(center, of, **people.QI), given(), 0, TODAY)
    set_population(center, who, 2026, 400, 0, TODAY)
    found = elderly_year(center, who, 2026, TODAY)
    assert (found.rate.count, found.rate.of, found.of_population) == (3, 400, True)
    set_population(center, who, 2026, 2, 1, TODAY)
    found = elderly_year(center, who, 2026, TODAY)
    assert (found.rate.of, found.of_population) == (3, False)
    with pytest.raises(Outdated):
        set_population(center, who, 2026, 500, 1, TODAY)
    with pytest.raises(Outdated):
        set_population(center, who, 2026, 500, 0, TODAY)


@pytest.mark.parametrize(
    ("year", "people_", "path"), [(2027, 10, "year"), (2012, 10, "year"), (2026, 0, "people"), (2026, 10**8, "people")]
)
def test_numbers_that_cannot_be_are_refused(center: Center, year: int, people_: int, path: str) -> None:
    of = people.organisation(center)
    with pytest.raises(InvalidInput) as refused:
        set_population(center, people.caller(center, of), year, people_, 0, TODAY)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [(path, "out_of_range")]


def test_guidance_is_written_changed_and_taken_back(center: Center) -> None:
    of = people.organisation(center)
    who = people.caller(center, of, "practitioner")
    public = resident(center, of, **people.QI)
    assert read_form(center, who, public).guidance is None
    write_guidance(center, who, public, given(), 0, TODAY)
    form = read_form(center, who, public)
    assert (form.guidance, form.version, form.name, form.code) == (given(), 1, "张三", "001-00023")
    with pytest.raises(Outdated) as outdated:
        write_guidance(center, who, public, given(practitioner="王五"), 0, TODAY)
    assert outdated.value.now.guidance.practitioner == "李四"  # type: ignore[attr-defined]
    boxes = MappingProxyType({"qi_deficiency": frozenset({"other"})})
    write_guidance(center, who, public, given(boxes=boxes, other="音乐"), 1, TODAY)
    assert read_forms(center, who, (public,))[0].guidance == given(boxes=boxes, other="音乐")
    remove_guidance(center, who, public, 2)
    assert read_form(center, who, public).version == 0
    with pytest.raises(Outdated):
        remove_guidance(center, who, public, 2)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"boxes": MappingProxyType({})}, {"guidance_empty"}),
        ({"boxes": MappingProxyType({"qi_deficiency": frozenset({"other"})})}, {"guidance_other"}),
        ({"other": "音乐"}, {"guidance_other"}),
        ({"practitioner": " "}, {"guidance_unsigned"}),
        ({"practitioner": "李\n四"}, {"unfit_text"}),
        ({"practitioner": "李" * 81}, {"too_long"}),
        ({"on": date(2026, 5, 31)}, {"guidance_day"}),
        ({"on": date(2026, 11, 24)}, {"guidance_day"}),
        ({"boxes": MappingProxyType({"happy": frozenset({"diet"})}), "practitioner": ""}, {"not_one_of", "guidance_unsigned"}),
    ],
)
def test_every_fault_of_guidance_is_told(center: Center, changes: dict, faults: set) -> None:
    of = people.organisation(center)
    who = people.caller(center, of, "practitioner")
    public = resident(center, of, **people.QI)
    with pytest.raises(InvalidInput) as refused:
        write_guidance(center, who, public, given(**changes), 0, TODAY)
    assert {fault.code for fault in refused.value.faults} == faults
    assert read_form(center, who, public).guidance is None


def test_roles_branches_and_organisations_are_kept_apart(center: Center) -> None:
    ours, theirs = people.organisation(center), people.organisation(center, "other")
    (east, east_id), (west, _) = (people.add_branch(center, ours, name) for name in ("东", "西"))
    public = resident(center, ours, branch=west)
    resident(center, ours, branch=east)
    for who in (people.caller(center, theirs), people.caller(center, ours, "practitioner", east)):
        for ask in (
            lambda who=who: read_form(center, who, public),
            lambda who=who: read_forms(center, who, (public,)),
            lambda who=who: write_guidance(center, who, public, given(), 0, TODAY),
            lambda who=who: remove_guidance(center, who, public, 1),
        ):
            with pytest.raises(NotFound):
                ask()
    assert len(elderly_year(center, people.caller(center, ours, "manager", east), 2026, TODAY).residents) == 1
    assert len(elderly_year(center, people.caller(center, ours), 2026, TODAY, east_id).residents) == 1
    assert not elderly_year(center, people.caller(center, theirs), 2026, TODAY).residents
    with pytest.raises(NotFound):
        elderly_year(center, people.caller(center, theirs), 2026, TODAY, east_id)
    operator, auditor = people.caller(center, ours, "operator"), people.caller(center, ours, "auditor")
    for refused in (
        lambda: write_guidance(center, operator, public, given(), 0, TODAY),
        lambda: remove_guidance(center, operator, public, 1),
        lambda: set_population(center, operator, 2026, 5, 0, TODAY),
        lambda: elderly_year(center, auditor, 2026, TODAY),
        lambda: read_form(center, auditor, public),
    ):
        with pytest.raises(NotAllowed):
            refused()
