"""No name on the lists of 2002 and 1988 is ever something to eat: the names are read here, not through the loader."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from knowledge_base import DATA

SIZES = {"banned_health_food_59": 59, "health_food_only_114": 114, "toxic_tcm_28": 28}
MOVED = {"党参", "西洋参", "黄芪", "山茱萸", "天麻", "杜仲叶", "生地黄", "麦门冬", "天门冬"}


def read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


GOLDEN = Path(__file__).parent.parent / "golden" / "food_medicine_106.yaml"
YEARS = {2002: 87, 2019: 6, 2023: 9, 2024: 4}
"""Substances per notice, as the notices count them."""
LISTS = {file.stem: read(file) for file in (DATA / "regulated").glob("*.yaml")}
REFUSED = {
    n for one in LISTS.values() for written in set(one["names"]) - set(one.get("moved", {})) for n in re.split("[（）()、]", written) if n
}


SUBSTANCES = read(GOLDEN)["substances"]


@cache
def foods() -> dict[str, dict[str, Any]]:
    return {file.stem: read(file) for file in (DATA / "foods").glob("*.yaml")}


def words_of(food: dict[str, Any]) -> set[str]:
    return {food["name"]["zh"], *food.get("aliases", [])}


def test_the_lists_are_whole() -> None:
    assert {code: len(set(one["names"])) for code, one in LISTS.items()} == SIZES


def test_nine_were_moved_and_each_says_by_what() -> None:
    moved = LISTS["health_food_only_114"]["moved"]
    assert set(moved) == MOVED
    assert all(re.search(r"20(23|24)年第[0-9]+号公告", notice) for notice in moved.values())
    assert not any(one.get("moved") for code, one in LISTS.items() if code != "health_food_only_114")


@pytest.mark.parametrize(
    "name", ["人参", "三七", "红花", "丹参", "川芎", "何首乌", "首乌藤", "番泻叶", "芦荟", "玫瑰花", "雄黄", "朱砂", "当归", "姜黄", "荜茇"]
)
def test_known_names_are_refused(name: str) -> None:
    assert any(name in refused for refused in REFUSED)


def test_no_food_is_one_of_them() -> None:
    for file in (DATA / "foods").glob("*.yaml"):
        food = read(file)
        if food["kind"] != "flavouring_only":
            assert not {food["name"]["zh"], *food.get("aliases", [])} & REFUSED, file.name


def test_what_may_only_flavour_is_in_no_piece() -> None:
    flavouring = {file.stem for file in (DATA / "foods").glob("*.yaml") if read(file)["kind"] == "flavouring_only"}
    for file in (DATA / "advice").rglob("*.yaml"):
        piece = read(file)
        eaten = set(piece.get("uses", {}).get("foods", [])) | {part["food"] for part in piece.get("recipe", {}).get("ingredients", [])}
        assert not eaten & flavouring, file.name


def test_no_words_of_a_piece_tell_anybody_to_take_one() -> None:
    """Neither what is refused nor what may only flavour; names of other foods are taken out first, so that 铁皮石斛 is not read as 石斛."""
    only = {word for food in foods().values() if food["kind"] == "flavouring_only" for word in words_of(food)}
    others = {word for food in foods().values() for word in words_of(food)} - REFUSED - only
    known = re.compile("|".join(map(re.escape, sorted(others, key=len, reverse=True))))
    for file in (DATA / "advice").rglob("*.yaml"):
        piece = read(file)
        told = [piece["title"], piece["what"], piece["amount"], *piece.get("how", []), *piece.get("recipe", {}).get("steps", [])]
        told += [part["household"] for part in piece.get("recipe", {}).get("ingredients", [])]
        for text in told:
            rest = known.sub("·", text["zh"])
            assert not [name for name in REFUSED | only if name in rest], (file.name, text["zh"])


def test_every_food_medicine_is_on_a_list_with_its_year() -> None:
    for file in (DATA / "foods").glob("*.yaml"):
        food = read(file)
        if food["kind"] != "ordinary":
            assert food["year_listed"] in (2002, 2012, 2014, 2019, 2023, 2024), file.name


def test_the_national_list_is_whole() -> None:
    assert len({one["name"] for one in SUBSTANCES}) == sum(YEARS.values()) == 106
    assert {year: sum(one["year"] == year for one in SUBSTANCES) for year in YEARS} == YEARS


@pytest.mark.parametrize("one", SUBSTANCES, ids=lambda one: one["name"])
def test_every_substance_of_the_national_list_is_a_food(one: dict[str, Any]) -> None:
    register = foods()
    for word, code in one["foods"].items():
        food = register[code]
        assert word in words_of(food)
        assert food["year_listed"] == one["year"]
        assert food["kind"] == ("flavouring_only" if one["year"] == 2019 else "food_medicine")


def test_no_food_claims_to_be_on_the_national_list_without_being_there() -> None:
    listed = {code for one in SUBSTANCES for code in one["foods"].values()}
    assert {code for code, food in foods().items() if food["kind"] != "ordinary"} == listed
    assert not [code for code, food in foods().items() if food["kind"] == "ordinary" and "year_listed" in food]


def test_nine_of_the_hundred_and_fourteen_are_food_substances_now() -> None:
    named = {word: food for food in foods().values() for word in words_of(food)}
    for name, notice in LISTS["health_food_only_114"]["moved"].items():
        assert named[name]["kind"] == "food_medicine"
        assert notice.startswith(f"{named[name]['year_listed']}年")


def test_an_amount_that_limits_a_day_is_told_to_the_person() -> None:
    for code, food in foods().items():
        if limit := food.get("daily_limit_g"):
            assert any(f"{limit:g}克以内" in one["zh"] for one in food["cautions"]), code
