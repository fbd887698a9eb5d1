"""Questions as people ask them: what is read out of them, and whether the judgement is the planner's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tcm_engine import Engine
from tcm_engine.model import Profile
from tcm_engine.search import Given, Judgement, Named, SearchAnswer, answer
from tcm_engine.search.asker import asker_of
from tcm_engine.search.judging import Judge

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


def ask(engine: Engine, cache: Path, question: str, given: Given | None = None) -> SearchAnswer:
    return answer(engine.catalogue, question, on=TODAY, limit=6, lang="zh-Hans", cache=cache, given=given)


def judged(found: SearchAnswer, id_: str) -> Judgement:
    return next(one for one in found.judgements if one.id == id_)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("失眠怎么办", {"complaints": ("insomnia",)}),
        ("shimian", {"complaints": ("insomnia",)}),
        ("can I eat ginger with 湿热", {"constitutions": ("damp_heat",), "foods": ("shengjiang",)}),
        ("陽虛能吃西瓜嗎", {"constitutions": ("yang_deficiency",), "foods": ("xigua",)}),
        ("孕妇 山楂", {"facts": ("pregnant",), "foods": ("shanzha",)}),
        ("yunfu shanzha", {"facts": ("pregnant",), "foods": ("shanzha",)}),
        ("gout beer", {"conditions": ("gout",), "foods": ("pijiu",)}),
        ("没有怀孕能吃山楂吗", {"foods": ("shanzha",)}),
        ("有没有糖尿病都能吃西瓜吗", {"conditions": ("diabetes",), "foods": ("xigua",)}),
        ("我對花生過敏，能吃芝麻嗎", {"allergies": ("peanut",), "foods": ("huasheng", "heizhima")}),
        ("能吃梨吗", {"foods": ("li",)}),
        ("pregnant LI4", {"facts": ("pregnant",), "points": ("LI4",)}),
        ("怀孕出血怎么办", {"facts": ("pregnant",), "red_flags": ("pregnancy_danger",)}),
    ],
)
def test_what_a_question_names(engine: Engine, cache: Path, question: str, named: dict[str, tuple[str, ...]]) -> None:
    found = ask(engine, cache, question).named
    lists = [name for name in Named.__slots__ if name not in ("age", "rest")]
    assert {name: getattr(found, name) for name in lists if getattr(found, name)} == named


def test_an_age_is_read(engine: Engine, cache: Path) -> None:
    assert ask(engine, cache, "80岁能喝绿茶吗").named.age == 80
    assert ask(engine, cache, "green tea for a 70-year-old").named.age == 70


@pytest.mark.parametrize(
    ("question", "id_", "verdict", "because"),
    [
        ("can I eat ginger with 湿热", "shengjiang", "not_for", ("damp_heat", -2)),
        ("阳虚能吃姜吗", "shengjiang", "fits", ("yang_deficiency", 3)),
        ("孕妇 山楂", "shanzha", "not_for", ("pregnancy.blood_moving", -1)),
        ("gout beer", "pijiu", "not_for", ("gout.alcohol", -1)),
        ("pregnant LI4", "LI4", "not_for", ("pregnancy.points_labour", -1)),
        ("ginger", "shengjiang", "open", ("yang_deficiency", 3)),
    ],
)
def test_judgements(engine: Engine, cache: Path, question: str, id_: str, verdict: str, because: tuple[str, int]) -> None:
    one = judged(ask(engine, cache, question), id_)
    assert one.verdict == verdict
    assert one.asked_for
    assert because in [(reason.code, reason.level) for reason in one.reasons]


def test_sleeplessness_finds_pieces_written_for_it(engine: Engine, cache: Path) -> None:
    for question in ("失眠怎么办", "shimian"):
        found = ask(engine, cache, question)
        assert (found.hits[0].kind, found.hits[0].id) == ("complaint", "insomnia")
        assert [hit.id for hit in found.hits[1:4] if "insomnia" not in engine.knowledge.advice[hit.id].complaints] == []


def test_an_emergency_stops_the_search(engine: Engine, cache: Path) -> None:
    found = ask(engine, cache, "胸痛按哪里")
    assert found.red_flags == ("chest_pain",)
    assert found.hits == found.judgements == ()


def test_what_is_not_known_of_a_person_counts_and_of_a_bare_question_does_not(engine: Engine, cache: Path) -> None:
    bare, person = ask(engine, cache, "山楂"), ask(engine, cache, "山楂", Given(Profile()))
    assert judged(bare, "shanzha").verdict == "open"
    assert "pregnant" in bare.unknowns
    blocked = judged(person, "shanzha")
    assert blocked.verdict == "not_for"
    assert not any(reason.caution.certain for reason in blocked.reasons if reason.caution and reason.code == "pregnancy.blood_moving")


def test_every_judgement_is_the_planners_admission(engine: Engine) -> None:
    """`not_for` exactly where the planner admits no such piece to this person, climate zones aside; and always with a reason."""
    from tcm_engine.planning import match

    named = Named(constitutions=("damp_heat",), conditions=("gout",), facts=("pregnant",))
    asker = asker_of(engine.catalogue, named, Given(), TODAY)
    judge, shelf = Judge(engine.catalogue, asker), engine.catalogue.advice
    found = match(shelf, asker.person, asker.season, asker.term, asker.long_summer)
    for place, id_ in enumerate(shelf.ids):
        one = judge.advice(id_, False)
        if not engine.knowledge.advice[id_].zones:
            assert (one.verdict == "not_for") == (not found.open_pieces[place]), id_
        assert one.reasons or one.verdict == "fits", id_
