"""The numbers of `tcm kb coverage`, counted again from the YAML with plain loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from knowledge_base import DATA, KnowledgeBase, codes, load, show

TYPES = [
    "balanced",
    "qi_deficiency",
    "yang_deficiency",
    "yin_deficiency",
    "phlegm_dampness",
    "damp_heat",
    "blood_stasis",
    "qi_stagnation",
    "special_diathesis",
]
SEASONS = ["spring", "summer", "autumn", "winter"]
SEVEN = ["emotion", "diet", "daily_living", "clothing", "dwelling", "movement", "acupoint"]
NINE = [*SEVEN, "tea_medicated_food", "music"]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


@pytest.fixture(scope="module")
def files() -> dict[Path, Any]:
    return {file.relative_to(DATA): YAML(typ="safe").load(file.read_text(encoding="utf-8")) for file in DATA.rglob("*/*.yaml")}


def in_register(files: dict[Path, Any], register: str) -> list[Any]:
    return [content for file, content in files.items() if file.parts[0] == register]


def evidence(value: Any) -> Iterator[dict]:
    """Every mapping that carries `cites`, however deep."""
    if isinstance(value, dict):
        if "cites" in value:
            yield value
        for entry in value.values():
            yield from evidence(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from evidence(entry)


def test_registers(knowledge: KnowledgeBase, files: dict[Path, Any]) -> None:
    counted = knowledge.coverage()
    for register in ("foods", "points", "movements", "complaints", "sources", "advice"):
        assert counted[register] == len(in_register(files, register)), register
    assert counted["safety_rules"] == sum(len(file["rules"]) for file in in_register(files, "safety"))
    assert counted["red_flags"] == sum(len(file["red_flags"]) for file in in_register(files, "red_flags"))
    assert counted["recipes"] == sum("recipe" in piece for piece in in_register(files, "advice"))


def test_statements(knowledge: KnowledgeBase, files: dict[Path, Any]) -> None:
    counted = knowledge.coverage()
    said = [statement for content in files.values() for statement in evidence(content)]
    status = Counter(statement["review"]["status"] for statement in said)
    assert counted["statements"] == len(said)
    assert {name: counted[name] for name in ("verified", "unreviewed", "disputed")} == {
        n: status[n] for n in ("verified", "unreviewed", "disputed")
    }
    assert counted["project_decisions"] == sum(statement["grade"] == "project_decision" for statement in said)
    sources = {content["code"] for content in in_register(files, "sources")}
    assert counted["sourced"] == sum(any(c["source"] in sources for c in statement["cites"]) for statement in said) == len(said)
    assert counted["bilingual"] == len(said)


def test_domains(knowledge: KnowledgeBase, files: dict[Path, Any]) -> None:
    counted = Counter(piece["domain"] for piece in in_register(files, "advice"))
    assert knowledge.coverage()["domains"] == {domain: counted[domain] for domain in NINE}
    assert knowledge.coverage()["programmes"] == sum("programme" in entry for entry in in_register(files, "complaints"))


def test_cells_of_seasons(knowledge: KnowledgeBase, files: dict[Path, Any]) -> None:
    cells: Counter = Counter()
    for piece in in_register(files, "advice"):
        for code, level in piece["benefit"].items():
            for season, fit in piece.get("seasons", {}).items():
                if level >= 2 and fit >= 1:
                    cells[code, season, piece["domain"]] += 1
    wanted = [(code, season, domain) for code in TYPES for season in SEASONS for domain in SEVEN]
    counted = knowledge.coverage()["season_cells"]
    assert counted == {"total": 252, "filled": sum(cells[w] >= 3 for w in wanted), "fewest": min(cells[w] for w in wanted)}


def test_every_type_is_served_in_every_season(knowledge: KnowledgeBase) -> None:
    """Three pieces for each type, season and daily domain: what every possible result needs."""
    counted = knowledge.coverage()["season_cells"]
    assert counted["filled"] == counted["total"], counted


def test_at_most_a_quarter_is_our_own_decision(knowledge: KnowledgeBase) -> None:
    counted = knowledge.coverage()
    assert 4 * counted["project_decisions"] <= counted["statements"]


def test_every_number_is_whole(knowledge: KnowledgeBase) -> None:
    counted = knowledge.coverage()
    plain = [value for name, value in counted.items() if name not in ("domains", "season_cells")]
    assert all(type(value) is int for value in [*plain, *counted["domains"].values(), *counted["season_cells"].values()])


CONTRACT = {
    "conditions": "hypertension diabetes gout g6pd_deficiency chronic_kidney_disease coronary_heart_disease",
    "medicines": "warfarin aspirin metformin insulin digoxin statin maoi antihypertensive",
    "allergens": "peanut tree_nut seafood milk egg wheat mango soy sesame",
    "complaints": "constipation insomnia tinnitus forgetfulness frequent_urination cough_wheeze digestive_discomfort"
    " low_back_knee_pain low_resistance",
}


@pytest.mark.parametrize(("register", "wanted"), CONTRACT.items())
def test_codes_that_others_rely_on(knowledge: KnowledgeBase, register: str, wanted: str) -> None:
    offered = {code.code for code in codes(knowledge) if code.register == register}
    assert set(wanted.split()) <= offered


def test_an_alias_means_one_thing(knowledge: KnowledgeBase) -> None:
    for register in ("conditions", "medicines", "allergens", "complaints", "preferences"):
        entries = getattr(knowledge, register).values()
        said = Counter(word for entry in entries for word in {name.casefold() for name in (entry.code, entry.name.zh, *entry.aliases)})
        assert not [word for word, times in said.items() if times > 1], register


def test_show(knowledge: KnowledgeBase) -> None:
    assert show(knowledge, "gout")["conditions"]["name"]["zh"] == "痛风或高尿酸"
    with pytest.raises(KeyError):
        show(knowledge, "nothing_like_it")
