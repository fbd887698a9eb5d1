"""Profile columns: what the cells of a row say about the person."""

from __future__ import annotations

from datetime import date

import pytest

from tcm_engine.batch.person_cells import person_of
from tcm_engine.model import InvalidInput, Registers, read_person

FLAGS = ("black_stool", "chest_pain")


def read(**cells):
    return person_of(cells, None, None, FLAGS)


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("gout;diabetes", ["gout", "diabetes"]),
        ("gout；痛风", ["gout", "痛风"]),
        (" gout ; ", ["gout"]),
        ("none", []),
        ("无", []),
        ("None", []),
        ("none;gout", ["none", "gout"]),
        (["gout"], ["gout"]),
        ([], []),
        (7, ["7"]),
    ],
)
def test_lists(cell, known):
    assert read(conditions=cell) == ({"conditions": known}, [])


@pytest.mark.parametrize("cell", ["", "  ", None, float("nan"), ";"])
def test_an_empty_cell_is_not_known(cell):
    assert read(conditions=cell, name=cell if cell != ";" else "", medicines=cell) == ({}, [])


@pytest.mark.parametrize(
    ("cell", "known"), [("true", True), ("是", True), ("1", True), ("FALSE", False), ("否", False), ("0.0", False), (True, True)]
)
def test_true_or_false(cell, known):
    assert read(pregnant=cell, lactating=cell) == ({"pregnant": known, "lactating": known}, [])


def test_what_says_nothing_is_a_fault_at_its_place():
    _, faults = read(pregnant="maybe", lactating="?", trimester="second")
    assert [(f.path, f.code) for f in faults] == [
        ("$.person.pregnant", "not_true_or_false"),
        ("$.person.lactating", "not_true_or_false"),
        ("$.person.trimester", "not_a_whole_number"),
    ]


def test_warning_signs_that_are_not_listed_were_not_asked_and_none_denies_all():
    assert read(red_flags="chest_pain")[0] == {"red_flags": {"chest_pain": True}}
    assert read(red_flags="none")[0] == {"red_flags": {"black_stool": False, "chest_pain": False}}


def test_place_and_trimester():
    assert read(tz="Asia/Urumqi", hemisphere="north", trimester="2.0")[0] == {
        "trimester": 2,
        "place": {"tz": "Asia/Urumqi", "hemisphere": "north"},
    }


def test_a_list_that_says_none_and_more_is_not_known_to_be_complete(engine):
    registers = Registers.of(engine.knowledge)
    person, _ = read(conditions="none;gout")
    conditions = read_person(person, registers, date(2026, 11, 23)).profile.conditions
    assert conditions.codes == ("gout",)
    assert conditions.words == ("none",)


def test_what_the_reader_of_persons_refuses_is_refused_here(engine):
    person, _ = read(red_flags="no such sign", tz="Nowhere", hemisphere="up")
    with pytest.raises(InvalidInput):
        read_person(person, Registers.of(engine.knowledge), date(2026, 11, 23))
