"""PERSON.json read once for everybody: what counts as known, what is refused, and what is never repeated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine import Engine
from tcm_engine.model import InvalidInput, Listed, Person, Profile, Registers, check_profile, read_person

TODAY = date(2026, 11, 23)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def registers(engine: Engine) -> Registers:
    return Registers.of(engine.knowledge)


def faults(raw: Any, registers: Registers) -> set[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        read_person(raw, registers, TODAY)
    return {(fault.path, fault.code) for fault in refused.value.faults}


def test_nothing_given_is_nothing_known(registers: Registers) -> None:
    nulls = dict.fromkeys(["name", "sex", "birth_date", "pregnant", "trimester", "lactating", "conditions", "red_flags", "vitals", "place"])
    assert read_person({}, registers, TODAY) == read_person(nulls, registers, TODAY) == Person(Profile())


def test_an_empty_list_is_none_and_no_list_is_not_known(registers: Registers) -> None:
    read = read_person({"medicines": []}, registers, TODAY).profile
    assert (read.medicines, read.conditions) == (Listed(), None)


@pytest.mark.parametrize("word", ["hypertension", "Hypertension", "高血压", "高血壓", " 高血压 ", "ＨＹＰＥＲＴＥＮＳＩＯＮ"])
def test_words_are_folded_to_codes(registers: Registers, word: str) -> None:
    assert read_person({"conditions": [word]}, registers, TODAY).profile.conditions == Listed(("hypertension",))


def test_words_that_no_register_knows_are_kept_once_and_apart(registers: Registers) -> None:
    read = read_person({"medicines": ["warfarin", "安神丸", "华法林", "安神丸"]}, registers, TODAY).profile
    assert read.medicines == Listed(("warfarin",), ("安神丸",))


@pytest.mark.parametrize(
    ("raw", "path", "code"),
    [
        ([], "$.person", "not_an_object"),
        ({"sex": "f"}, "$.person.sex", "not_one_of"),
        ({"pregnant": 1}, "$.person.pregnant", "not_true_or_false"),
        ({"trimester": 4, "pregnant": True}, "$.person.trimester", "too_large"),
        ({"trimester": True, "pregnant": True}, "$.person.trimester", "not_a_whole_number"),
        ({"conditions": "gout"}, "$.person.conditions", "not_a_list"),
        ({"conditions": ["x"] * 101}, "$.person.conditions", "too_many"),
        ({"conditions": [""]}, "$.person.conditions[0]", "empty"),
        ({"vitals": {"height_cm": float("nan")}}, "$.person.vitals.height_cm", "out_of_range"),
        ({"place": {"zone": "moon"}}, "$.person.place.zone", "unknown_code"),
        ({"birth_date": "2026-11-24"}, "$.person.birth_date", "in_the_future"),
        ({"birth_date": "2010-06-01"}, "$.person.birth_date", "under_minimum_age"),
        ({"birth_date": "1999-02-29"}, "$.person.birth_date", "not_a_date"),
        ({"sex": "male", "pregnant": True}, "$.person.pregnant", "conflicts_with"),
        ({"trimester": 2}, "$.person.trimester", "conflicts_with"),
    ],
)
def test_each_fault_at_its_place(registers: Registers, raw: Any, path: str, code: str) -> None:
    assert (path, code) in faults(raw, registers)


@given(raw=JSON)
def test_anything_is_read_or_refused_and_never_repeated(engine: Engine, raw: Any) -> None:
    try:
        read_person(raw, Registers.of(engine.knowledge), TODAY)
    except InvalidInput as refused:
        assert all(fault.path.startswith("$.person") for fault in refused.faults)


def test_a_canary_is_in_no_fault(registers: Registers) -> None:
    raw = {
        "name": "Canary\n",
        "sex": "Canary",
        "birth_date": "Canary",
        "conditions": ["Canary" * 40],
        "Canary <b>": 1,
        "place": {"tz": "Canary"},
    }
    with pytest.raises(InvalidInput) as refused:
        read_person(raw, registers, TODAY)
    assert "Canary" not in str([(fault.path, dict(fault.params)) for fault in refused.value.faults])


def test_a_profile_made_elsewhere_is_held_to_the_same_rules() -> None:
    check_profile(Profile(sex="female", pregnant=True, trimester=2, birth_date=date(1990, 1, 1)), TODAY)
    with pytest.raises(InvalidInput, match="conflicts_with"):
        check_profile(Profile(sex="male", pregnant=True), TODAY)
