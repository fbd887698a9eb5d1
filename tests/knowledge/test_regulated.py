"""No name on the lists of 2002 and 1988 is ever something to eat: the names are read here, not through the loader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from knowledge_base import DATA

SIZES = {"banned_health_food_59": 59, "health_food_only_114": 114, "toxic_tcm_28": 28}
MOVED = {"党参", "西洋参", "黄芪", "山茱萸", "天麻", "杜仲叶", "生地黄", "麦门冬", "天门冬"}


def read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


LISTS = {file.stem: read(file) for file in (DATA / "regulated").glob("*.yaml")}
REFUSED = {
    n for one in LISTS.values() for written in set(one["names"]) - set(one.get("moved", {})) for n in re.split("[（）()、]", written) if n
}


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
    foods = {
        name for file in (DATA / "foods").glob("*.yaml") for name in [read(file)["name"]["zh"], *read(file).get("aliases", [])]
    } - REFUSED
    known = re.compile("|".join(map(re.escape, sorted(foods, key=len, reverse=True))))
    for file in (DATA / "advice").rglob("*.yaml"):
        piece = read(file)
        told = [piece["title"], piece["what"], piece["amount"], *piece.get("how", []), *piece.get("recipe", {}).get("steps", [])]
        told += [part["household"] for part in piece.get("recipe", {}).get("ingredients", [])]
        for text in told:
            rest = known.sub("·", text["zh"])
            assert not [name for name in REFUSED if name in rest], (file.name, text["zh"])


def test_every_food_medicine_is_on_a_list_with_its_year() -> None:
    for file in (DATA / "foods").glob("*.yaml"):
        food = read(file)
        if food["kind"] != "ordinary":
            assert food["year_listed"] in (2002, 2012, 2014, 2019, 2023, 2024), file.name
