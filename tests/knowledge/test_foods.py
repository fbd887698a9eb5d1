"""Foods against tables written by hand: what a name tells about allergens and tags, and what nature and taste tell about the types."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from knowledge_base import DATA

FOODS: dict[str, dict[str, Any]] = {f.stem: YAML(typ="safe").load(f.read_text(encoding="utf-8")) for f in (DATA / "foods").glob("*.yaml")}
CONTAINS = [
    ("花生", "peanut", ()),
    ("芝麻|麻酱", "sesame", ("芝麻菜",)),
    ("酱油|面粉|馒头|面包|面筋|小麦|全麦|大麦|青稞|莜|燕麦|甜面酱|麦芽|饴糖|啤酒|豆瓣酱|黄豆酱|蚝油", "wheat", ()),
    ("黄豆|黑豆|毛豆|豆腐|腐竹|腐乳|豆浆|纳豆|豆豉|味噌|酱油|大豆|豆瓣酱", "soy", ()),
    ("奶|酪|黄油", "milk", ()),
    ("蛋", "egg", ()),
    ("鱼|虾|蟹|贝|螺|蚝|蛤|鲍|海参|海蜇|蛏|淡菜|鳗|鳝|泥鳅|鱿|甲鱼|牡蛎", "seafood", ("鱼腥草", "杏鲍菇")),
    ("菇|耳|菌|蘑|茸|竹荪|灵芝|茯苓", "mushroom", ("木耳菜", "肉苁蓉")),
    ("核桃|腰果|榛|松子|开心果|巴旦木|夏威夷果|碧根果|板栗|杏仁|桃仁|榧子|椰子", "tree_nut", ("榛蘑",)),
    ("绿豆|赤小豆|蚕豆|扁豆|豇豆|四季豆|刀豆|豌豆|眉豆|饭豆|芸豆|腰豆|鹰嘴豆|荷兰豆|粉丝", "legume", ()),
    ("蜂蜜", "honey", ()),
    ("酒", "alcohol_allergy", ()),
    ("猕猴桃|香蕉|牛油果|番木瓜|板栗|无花果|百香果|番石榴|菠萝蜜", "latex_fruit", ()),
    ("芒果", "mango", ()),
    ("菊花|蒲公英|茼蒿|芦蒿|小蓟|菊苣|马兰头", "pollen", ()),
]
"""What a name says is in it -> the allergen, and names that only look so."""
TAGGED = [
    ("酒|醪糟", "alcohol", ()),
    ("^(红茶|绿茶|茉莉花茶|乌龙茶|白茶|黑茶|普洱熟茶|咖啡|可可粉|巧克力|咸奶茶)$", "caffeine", ()),
    ("蚕豆|豆瓣酱|粉丝", "fava", ()),
    ("酱油|豆瓣酱|黄豆酱|味噌|腐乳|纳豆|豆豉|奶酪|腊肉|火腿|鱼露|泡菜", "tyramine", ()),
    ("海带|紫菜|裙带菜", "iodine_rich", ("紫菜薹",)),
    ("柚子|化橘红", "grapefruit", ()),
    ("糯|年糕|汤圆|紫米|黄米|醪糟", "glutinous", ()),
    ("腐乳|酱油|酱$|榨菜|酸菜|泡菜|咸|腊肉|火腿|虾皮|鱼露|豆豉", "high_salt", ("花生酱", "芝麻酱")),
    ("肝$", "animal_liver", ()),
    ("核桃|腰果|榛子|松子|开心果|花生$|夏威夷果|年糕|汤圆|魔芋", "choking_risk", ("核桃油",)),
    ("当归|姜黄|西红花|桃仁|山楂", "blood_moving", ()),
    ("甘草", "licorice", ()),
    ("低钠盐", "low_sodium_salt", ()),
    ("金枪鱼", "high_mercury", ()),
    ("菠菜|苋菜|竹笋|春笋|冬笋|杨桃|马齿苋|木耳菜", "high_oxalate", ()),
    ("菠菜|小白菜|芥蓝|韭菜|西兰花|生菜|菜心|空心菜|苋菜|羽衣甘蓝|纳豆", "vitamin_k", ()),
]
HIGH_PURINE = "肝$|腰$|鸡胗|猪肚|沙丁鱼|带鱼|鱿鱼|干贝|扇贝|蛤蜊|淡菜|牡蛎|虾皮|干香菇|纳豆"
NEVER_FOR_PHLEGM = {"fatty", "glutinous", "alcohol"}


def named(pattern: str, but: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    return {code: food for code, food in FOODS.items() if re.search(pattern, food["name"]["zh"]) and food["name"]["zh"] not in but}


def benefit(food: dict[str, Any], code: str) -> int:
    return food.get("benefit", {}).get(code, 0)


def test_there_are_enough_foods_for_a_country() -> None:
    assert len(FOODS) >= 320
    for zone in (file.stem for file in (DATA / "zones").glob("*.yaml")):
        assert sum(zone in food.get("zones", []) for food in FOODS.values()) >= 15, zone
    for season in ("spring", "summer", "autumn", "winter"):
        assert sum(season in food.get("seasons", []) for food in FOODS.values()) >= 15, season


@pytest.mark.parametrize(("pattern", "allergen", "but"), CONTAINS, ids=lambda value: str(value)[:20])
def test_a_name_that_tells_of_an_allergen_carries_it(pattern: str, allergen: str, but: tuple[str, ...]) -> None:
    assert named(pattern, but)
    assert not [food["name"]["zh"] for food in named(pattern, but).values() if allergen not in food.get("allergens", [])]


@pytest.mark.parametrize(("pattern", "tag", "but"), TAGGED, ids=lambda value: str(value)[:20])
def test_a_name_that_tells_of_a_danger_carries_its_tag(pattern: str, tag: str, but: tuple[str, ...]) -> None:
    assert named(pattern, but)
    assert not [food["name"]["zh"] for food in named(pattern, but).values() if tag not in food.get("tags", [])]


def test_offal_and_shellfish_are_high_in_purine() -> None:
    assert not [food["name"]["zh"] for food in named(HIGH_PURINE).values() if food["purine"] != "high"]


def test_animal_foods_say_so() -> None:
    """Preferences and allergies act on the kind of animal too."""
    for pattern, kinds in (
        ("猪|火腿|腊肉", {"pork"}),
        ("牛肉|羊肉|鸡肉|鸭肉|鹅肉|兔肉", {"meat"}),
        ("蛋$", {"egg"}),
        ("奶$|奶酪|黄油", {"dairy"}),
    ):
        assert not [f["name"]["zh"] for f in named(pattern).values() if f["animal"] not in kinds], pattern


def test_what_holds_fish_milk_or_egg_is_not_called_a_plant() -> None:
    mixed = {"含糖饮料", "油炸食品"}
    for code, food in FOODS.items():
        if food["animal"] == "plant" and food["name"]["zh"] not in mixed:
            assert not {"seafood", "milk", "egg"} & set(food.get("allergens", [])), code


def test_judgement_agrees_with_nature_and_taste() -> None:
    for code, food in FOODS.items():
        if food["nature"] in ("warm", "hot"):
            assert benefit(food, "yin_deficiency") < 1, code
            assert benefit(food, "damp_heat") < 1, code
        if food["nature"] == "cold":
            assert benefit(food, "yang_deficiency") < 1, code
        if food["sugar"] == "high" or NEVER_FOR_PHLEGM & set(food.get("tags", [])):
            assert benefit(food, "phlegm_dampness") < 1, code


def test_alcohol_and_what_may_only_flavour_is_recommended_to_nobody() -> None:
    for code, food in FOODS.items():
        if "alcohol" in food.get("tags", []) or food["kind"] == "flavouring_only":
            assert all(level <= 0 for level in food.get("benefit", {}).values()), code
