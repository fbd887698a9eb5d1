"""Reading, freezing, digesting and compiling the knowledge."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from knowledge_base import DATA, KnowledgeBase, KnowledgeError, cache, load, load_instrument, loader, reading
from knowledge_base.loader import digest_of
from knowledge_base.model import REGISTERS

TOY = Path(__file__).parent / "toy"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data, where nobody else writes."""
    copy = tmp_path_factory.mktemp("shipped") / "data"
    shutil.copytree(DATA, copy)
    return copy


@pytest.fixture(scope="module")
def knowledge(data: Path) -> KnowledgeBase:
    return load(data, cache=None)


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A copy of the shipped data that a test may change."""
    shutil.copytree(data, tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def compiled(tmp_path: Path, knowledge: KnowledgeBase) -> Path:
    """A folder with the compiled knowledge in it."""
    cache.write(tmp_path, knowledge)
    return tmp_path


def the_file(folder: Path) -> Path:
    (file,) = folder.glob("knowledge-*.json")
    return file


# --- what is read ----------------------------------------------------------------------------------------------------


def test_every_data_file_is_read(data: Path, knowledge: KnowledgeBase) -> None:
    one_per_file = [r for r in REGISTERS if r not in ("season_needs", "red_flags", "safety")]
    assert {r: len(getattr(knowledge, r)) for r in one_per_file} == {r: len(list((data / r).rglob("*.yaml"))) for r in one_per_file}


def test_registers_are_in_the_order_of_their_codes(knowledge: KnowledgeBase) -> None:
    for register in REGISTERS:
        assert list(getattr(knowledge, register)) == sorted(getattr(knowledge, register))


def test_an_instrument_loads_alone(data: Path, knowledge: KnowledgeBase) -> None:
    for code, form in knowledge.instruments.items():
        assert load_instrument(code, data) == form
    for wrong in ("nothing_like_it", "../sources/project", ""):
        with pytest.raises(KeyError):
            load_instrument(wrong, data)


# --- frozen ----------------------------------------------------------------------------------------------------------


def parts(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from parts(entry)
    elif isinstance(value, tuple):
        for entry in value:
            yield from parts(entry)


@pytest.mark.parametrize("source", ["yaml", "compiled"])
def test_nothing_in_it_can_be_changed(source: str, data: Path, knowledge: KnowledgeBase, tmp_path: Path) -> None:
    if source == "compiled":
        cache.write(tmp_path, knowledge)
        knowledge = load(data, cache=tmp_path)
    with pytest.raises(dataclasses.FrozenInstanceError):
        knowledge.digest = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        next(iter(knowledge.foods.values())).code = "other"
    changeable = {type(p) for r in REGISTERS for p in parts(getattr(knowledge, r)) if isinstance(p, list | dict | set | bytearray)}
    assert not changeable
    assert all(isinstance(getattr(knowledge, r), MappingProxyType) for r in REGISTERS)


# --- traditional Chinese ---------------------------------------------------------------------------------------------


def test_every_text_has_its_three_languages(knowledge: KnowledgeBase) -> None:
    for register in REGISTERS:
        for part in parts(getattr(knowledge, register)):
            if isinstance(part, BaseModel) and {"zh", "en", "hant"} <= set(type(part).model_fields):
                assert part.zh and part.en and part.hant, part


# --- digest ----------------------------------------------------------------------------------------------------------


def test_the_digest_is_of_names_and_bytes(data: Path, own: Path) -> None:
    before = digest_of(own)
    assert before == digest_of(data), "the folder is not part of it"
    file = own / "foods" / "dami.yaml"
    os.utime(file, (1, 1))
    assert digest_of(own) == before, "the time of a file is not its content"
    file.write_bytes(file.read_bytes() + b"\n")
    changed = digest_of(own)
    assert changed != before
    file.rename(own / "foods" / "dami2.yaml")
    assert digest_of(own) not in (before, changed)


def test_the_words_of_the_exceptions_are_part_of_the_digest(data: Path, own: Path) -> None:
    with (own / "hant_exceptions.yaml").open("a", encoding="utf-8") as out:
        out.write("# one more line\n")
    assert digest_of(own) != digest_of(data)


# --- the compiled file -----------------------------------------------------------------------------------------------


def test_the_compiled_knowledge_is_the_same(data: Path, compiled: Path, knowledge: KnowledgeBase) -> None:
    assert the_file(compiled).stat().st_size > 100_000
    assert load(data, cache=compiled) == knowledge


def test_the_compiled_file_is_really_used(data: Path, compiled: Path, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> None:
        raise AssertionError("the YAML was read")

    monkeypatch.setattr("knowledge_base.loader.parse", unreadable)
    started = time.process_time()
    assert load(data, cache=compiled).digest == knowledge.digest
    assert time.process_time() - started < 1.0


def damaged(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "cut off", content[: len(content) // 2]
    yield "head only", content.partition(b"\n")[0]
    yield "no JSON", b"\x00\xff" * 100
    yield "one letter changed", content.replace("气虚".encode(), "气实".encode(), 1)
    head, _, body = content.partition(b"\n")
    yield "another body", head + b"\n" + json.dumps({register: [] for register in REGISTERS}).encode()
    yield "another digest", head.replace(json.loads(head)["digest"].encode(), b"0" * 64) + b"\n" + body
    yield "another code", head.replace(json.loads(head)["code"].encode(), b"0" * 64) + b"\n" + body


def test_no_damaged_file_is_believed(compiled: Path, knowledge: KnowledgeBase) -> None:
    file = the_file(compiled)
    good = file.read_bytes()
    for name, bad in damaged(good):
        assert bad != good, name
        file.write_bytes(bad)
        assert cache.read(compiled, knowledge.digest) is None, name
    file.unlink()
    assert cache.read(compiled, knowledge.digest) is None


def test_a_damaged_file_is_made_anew(data: Path, compiled: Path, knowledge: KnowledgeBase) -> None:
    file = the_file(compiled)
    good = file.read_bytes()
    file.write_bytes(good[:1000])
    assert load(data, cache=compiled) == knowledge
    assert file.read_bytes() == good


def test_changed_data_are_never_taken_from_an_old_file(own: Path, tmp_path: Path, knowledge: KnowledgeBase) -> None:
    """Not even where size and time of the changed file are the old ones."""
    cache.write(tmp_path, knowledge)
    file = own / "foods" / "dami.yaml"
    stamp = file.stat()
    text = file.read_text(encoding="utf-8")
    same_size = text.replace("en: rice", "en: Rice", 1)
    assert len(same_size) == len(text) and same_size != text
    file.write_text(same_size, encoding="utf-8")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert load(own, cache=tmp_path).foods["dami"].name.en.startswith("Rice")


def test_files_that_change_while_they_are_read_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    digests, read = iter(["before", "after", "after", "after"]), []
    monkeypatch.setattr(loader, "digest_of", lambda _: next(digests))
    monkeypatch.setattr(loader, "parse", lambda data, problems: read.append(data) or reading.parse(data, problems))
    with pytest.raises(KnowledgeError) as raised:
        load(TOY, cache=None)
    assert len(read) == 2
    assert "kept changing" not in str(raised.value)


def test_files_that_never_rest_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(100))
    monkeypatch.setattr(loader, "digest_of", lambda _: str(next(numbers)))
    with pytest.raises(KnowledgeError, match="kept changing"):
        load(TOY, cache=None)


def test_broken_data_are_refused_although_a_good_file_lies_there(own: Path, compiled: Path) -> None:
    (own / "foods" / "dami.yaml").write_text("code: dami\n", encoding="utf-8")
    before = sorted(compiled.glob("*.json"))
    with pytest.raises(KnowledgeError, match=r"foods/dami\.yaml"):
        load(own, cache=compiled)
    assert sorted(compiled.glob("*.json")) == before


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    file = tmp_path / "a file where the folder should be"
    file.write_text("", encoding="utf-8")
    cache.write(file / "cache", knowledge)
    assert cache.read(file / "cache", knowledge.digest) is None


def test_many_at_once_all_get_the_same(data: Path, tmp_path: Path, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_from_yaml", lambda _: knowledge)
    loaded: list[KnowledgeBase] = []
    threads = [threading.Thread(target=lambda: [loaded.append(load(data, cache=tmp_path)) for _ in range(3)]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loaded) == 18 and all(one == knowledge for one in loaded)
    assert [file.suffix for file in tmp_path.iterdir()] == [".json"]
    assert cache.read(tmp_path, knowledge.digest) == knowledge


def test_only_the_newest_files_stay(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    for number in range(6):
        old = tmp_path / f"knowledge-{number:016d}-00000000.json"
        old.write_text("{}", encoding="utf-8")
        os.utime(old, (number, number))
    cache.write(tmp_path, knowledge)
    assert len(list(tmp_path.glob("knowledge-*.json"))) == 3
    assert cache.read(tmp_path, knowledge.digest) == knowledge
