"""Questions as people type them: Chinese in both scripts, pinyin, English, names and paraphrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcm_engine import Engine
from tcm_engine.search import find
from tcm_engine.search.entries import entries_of
from tcm_engine.search.index import index_of
from tcm_engine.search.terms import pinyin_terms, terms


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


@pytest.mark.parametrize(
    ("question", "kind", "id_"),
    [
        ("阳虚", "constitution", "yang_deficiency"),
        ("陽虛質", "constitution", "yang_deficiency"),
        ("yangxu", "constitution", "yang_deficiency"),
        ("失眠", "complaint", "insomnia"),
        ("入睡困难", "complaint", "insomnia"),
        ("insomnia", "complaint", "insomnia"),
        ("足三里", "point", "ST36"),
        ("zusanli", "point", "ST36"),
        ("ST36", "point", "ST36"),
        ("ＺＵＳＡＮＬＩ", "point", "ST36"),
        ("生姜", "food", "shengjiang"),
        ("生薑", "food", "shengjiang"),
        ("shengjiang", "food", "shengjiang"),
    ],
)
def test_the_nearest_is_found(engine: Engine, cache: Path, question: str, kind: str, id_: str) -> None:
    best = find(engine.knowledge, question, limit=1, lang="zh-Hans", cache=cache)[0]
    assert (best.kind, best.id) == (kind, id_)


def test_nothing_alike_finds_nothing(engine: Engine, cache: Path) -> None:
    for question in ("qqqzzz", "。。。", "", "<>"):
        assert find(engine.knowledge, question, limit=5, lang="en", cache=cache) == ()


def test_hits_fall_in_likeness_and_speak_the_language(engine: Engine, cache: Path) -> None:
    chinese, english = (find(engine.knowledge, "生姜", limit=8, lang=lang, cache=cache) for lang in ("zh-Hans", "en"))
    assert [hit.score for hit in chinese] == sorted((hit.score for hit in chinese), reverse=True)
    assert [hit.id for hit in chinese] == [hit.id for hit in english]
    assert chinese[0].title == "生姜"
    assert english[0].title != chinese[0].title
    assert all(0 < hit.score <= 1 for hit in chinese)


def test_the_stored_index_answers_as_the_fitted_one(engine: Engine, tmp_path: Path) -> None:
    entries = entries_of(engine.knowledge)
    fitted = index_of(entries, engine.knowledge.digest, tmp_path)
    (file,) = tmp_path.iterdir()
    stored = index_of(entries, engine.knowledge.digest, tmp_path)
    assert list(stored.likeness("阳虚怕冷")) == pytest.approx(list(fitted.likeness("阳虚怕冷")))
    file.write_bytes(file.read_bytes()[:100])
    assert list(index_of(entries, engine.knowledge.digest, tmp_path).likeness("姜")) == pytest.approx(list(fitted.likeness("姜")))


def test_terms_fold_width_case_script_and_accents() -> None:
    assert terms("陽虛") == terms("阳虚") == ["阳", "虚", "阳虚"]
    assert terms("Café ＧＯＵＴ") == terms("cafe gout")
    assert "<yangxu>" in pinyin_terms(["阳虚"])
    assert pinyin_terms(["abc"]) == []
