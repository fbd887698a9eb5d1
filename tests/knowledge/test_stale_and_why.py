"""What to read again, and why an entry stands: counted again from the loaded records with plain loops."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from cli import main
from knowledge_base import KnowledgeBase, features_of_advice, load, stale, why
from knowledge_base.checks.walk import statements
from knowledge_base.model import REGISTERS

DAY = date(2026, 11, 23)
Reviews = dict[tuple[str, str, str], tuple[str, date, set[str]]]


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


@pytest.fixture(scope="module")
def reviews(knowledge: KnowledgeBase) -> Reviews:
    return {
        (register, key, path): (said.review.status, said.review.on, {cite.source for cite in said.cites})
        for register in REGISTERS
        for key, entry in getattr(knowledge, register).items()
        for path, said in statements(entry)
    }


def listed(knowledge: KnowledgeBase, on: date, months: int) -> dict[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = {}
    for group in stale(knowledge, on, months):
        for one in group.statements:
            found.setdefault((one.register, one.key, one.path), set()).add(group.source.code)
    return found


def test_all_that_is_not_verified_is_listed_under_each_of_its_sources(knowledge: KnowledgeBase, reviews: Reviews) -> None:
    expected = {place: sources for place, (status, on, sources) in reviews.items() if status != "verified" or on <= date(2020, 1, 1)}
    assert listed(knowledge, DAY, 12) == expected


def test_what_was_verified_grows_old(knowledge: KnowledgeBase, reviews: Reviews) -> None:
    later = date(2028, 1, 1)
    assert set(listed(knowledge, later, 6)) == set(reviews)
    assert {place for place, (status, _, _) in reviews.items() if status == "verified"}.isdisjoint(listed(knowledge, DAY, 6))


def test_the_unreviewed_come_first_and_the_longest_list_leads(knowledge: KnowledgeBase) -> None:
    groups = stale(knowledge, date(2028, 1, 1), 6)
    ranks = [[["unreviewed", "disputed", "old"].index(one.reason) for one in group.statements] for group in groups]
    assert all(rank == sorted(rank) for rank in ranks)
    assert [len(rank) for rank in ranks] == sorted(map(len, ranks), reverse=True)
    assert all(sum(group.counts().values()) == len(group.statements) for group in groups)


def test_a_piece_tells_its_sources_its_rules_and_its_programmes(knowledge: KnowledgeBase) -> None:
    for id_, piece in list(knowledge.advice.items())[::40]:
        (told,) = why(knowledge, id_)
        assert [one.source for one in told.rests_on if one.path == "$"] == [cite.source for cite in piece.cites]
        features = features_of_advice(piece, knowledge)
        assert {m.key for m in told.named_by if m.register == "safety"} == {
            r.id for r in knowledge.safety.values() if features & set(r.features)
        }
        assert {m.key for m in told.named_by if m.register == "complaints"} == {
            code for code, c in knowledge.complaints.items() if c.programme and any(id_ in step.pieces for step in c.programme.steps)
        }
        assert {because.constitution: because.level for because in told.benefit} == dict(piece.benefit)


def test_a_food_tells_where_it_is_eaten_and_what_its_nature_leads_to(knowledge: KnowledgeBase) -> None:
    (told,) = why(knowledge, "shengjiang")
    dishes = {m.key: m.detail for m in told.named_by if m.relation == "recipe"}
    assert dishes["diet.duck_with_winter_melon"] == "6 g"
    assert set(dishes) == {i for i, p in knowledge.advice.items() if p.recipe and any(x.food == "shengjiang" for x in p.recipe.ingredients)}
    assert "immunity.ginger" in {m.key for m in told.named_by}
    heat = next(because for because in told.benefit if because.constitution == "damp_heat")
    assert (heat.level, heat.comes_from) == (-2, ("nature:warm <= 0",))


def test_a_dish_tells_which_ingredients_carry_it_and_why_it_differs(knowledge: KnowledgeBase) -> None:
    (told,) = why(knowledge, "diet.duck_with_winter_melon")
    yin = next(because for because in told.benefit if because.constitution == "yin_deficiency")
    assert yin.comes_from == ("yarou +3 (300 g)", "donggua +1 (600 g)", "shengjiang -2 (6 g)")
    assert "ginger" in told.differs


def test_a_rule_tells_the_pieces_it_acts_on(knowledge: KnowledgeBase) -> None:
    (told,) = why(knowledge, "immunity.ginger")
    assert {m.key for m in told.named_by if m.register == "advice"} == {
        id_ for id_, piece in knowledge.advice.items() if "food:shengjiang" in features_of_advice(piece, knowledge)
    }


def test_a_point_and_a_complaint_tell_who_uses_them(knowledge: KnowledgeBase) -> None:
    (point,) = why(knowledge, "LI4")
    assert {m.key for m in point.named_by if m.relation == "uses"} == {i for i, p in knowledge.advice.items() if "LI4" in p.uses.points}
    assert any(m.relation == "block" and m.detail == "point:LI4" for m in point.named_by)
    (complaint,) = why(knowledge, "insomnia")
    assert {m.key for m in complaint.named_by if m.relation == "sign"} == {
        c for c, f in knowledge.red_flags.items() if "insomnia" in f.complaints
    }


def test_what_is_not_there_is_no_answer(knowledge: KnowledgeBase) -> None:
    with pytest.raises(KeyError):
        why(knowledge, "diet.no_such_piece")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["kb", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_commands_say_it_in_words_and_in_json(knowledge: KnowledgeBase) -> None:
    assert "elderly_tcm_spec_2013" in run("why", "diet.duck_with_winter_melon") and "依据" in run("why", "LI4")
    (told,) = json.loads(run("why", "LI4", "--json"))
    assert told["name"]["zh"] == "合谷" and told["rests_on"][0]["source"] == "gbt_12346_2021"
    counted = json.loads(run("stale", "--json", "--counts"))
    assert counted["statements"] == len(listed(knowledge, DAY, 12))
    one = run("stale", "--source", "gbt_12346_2021", "--lang", "en").splitlines()
    assert one[0].startswith("Nomenclature") and one[-1].endswith("statements to read again") and len(one) > 3


def test_a_code_that_is_not_there_ends_with_its_reason() -> None:
    for arguments in (["why", "nothing_here"], ["stale", "--source", "nothing_here"]):
        refused = CliRunner().invoke(main, ["kb", *arguments, "--lang", "en"])
        assert (refused.exit_code, "nothing_here" in refused.stderr) == (2, True)
