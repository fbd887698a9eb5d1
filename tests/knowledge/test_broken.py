"""A toy knowledge base, broken in one place at a time: the fault is found, at its file, in the words that say what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge_base import KnowledgeError, Problem, load

HERE = Path(__file__).parent
FAULTS = sorted(folder for folder in (HERE / "broken").iterdir() if folder.is_dir())


def problems_in(data: Path) -> set[Problem]:
    with pytest.raises(KnowledgeError) as raised:
        load(data, cache=None)
    return set(raised.value.problems)


@pytest.fixture(scope="session")
def toy_problems() -> set[Problem]:
    """What a toy lacks: types, seasons, terms and lists that must be whole. All else about it is right."""
    return problems_in(HERE / "toy")


def test_the_toy_lacks_only_what_must_be_whole(toy_problems: set[Problem]) -> None:
    assert all(
        "missing" in problem.message or "red flags are asked of everybody" in problem.message or "different names" in problem.message
        for problem in toy_problems
    )


@pytest.mark.parametrize("fault", FAULTS, ids=lambda folder: folder.name)
def test_one_fault_is_found_where_it_is(fault: Path, toy_problems: set[Problem], tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(HERE / "toy", data)
    shutil.copytree(fault, data, dirs_exist_ok=True)
    words = (data / "expected.txt").read_text(encoding="utf-8").splitlines()
    (data / "expected.txt").unlink()
    named = {file.relative_to(fault).as_posix() for file in fault.rglob("*") if file.is_file()}
    new = problems_in(data) - toy_problems
    found = [problem for problem in new if all(word in str(problem) for word in words)]
    assert found, "\n".join(map(str, new))
    assert found[0].file in named | {"complaints/insomnia.yaml", "safety/toy.yaml"}


def test_there_are_many_faults() -> None:
    assert len(FAULTS) >= 50


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(HERE / "toy", data)
    for name in ("duplicate_key", "claim", "flag_without_time"):
        shutil.copytree(HERE / "broken" / name, data, dirs_exist_ok=True)
    (data / "expected.txt").unlink()
    told = "\n".join(map(str, problems_in(data)))
    for words in ("duplicate key", "治愈", "names no time"):
        assert words in told
