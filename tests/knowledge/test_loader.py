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

from knowledge_base import DATA, KnowledgeBase, KnowledgeError, cache, load, load_instrument
from knowledge_base.loader import digest_of
from knowledge_base.model import REGISTERS


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load(cache=None)


@pytest.fixture
def compiled(tmp_path: Path, knowledge: KnowledgeBase) -> Path:
    """A folder with the compiled knowledge in it."""
    cache.write(tmp_path, knowledge)
    return tmp_path


def the_file(folder: Path) -> Path:
    (file,) = folder.glob("knowledge-*.json")
    return file


# --- what is read ----------------------------------------------------------------------------------------------------


def test_every_data_file_is_read(knowledge: KnowledgeBase) -> None:
    one_per_file = [r for r in REGISTERS if r not in ("season_needs", "red_flags", "safety")]
    assert {r: len(getattr(knowledge, r)) for r in one_per_file} == {r: len(list((DATA / r).rglob("*.yaml"))) for r in one_per_file}


def test_registers_are_in_the_order_of_their_codes(knowledge: KnowledgeBase) -> None:
    for register in REGISTERS:
        assert list(getattr(knowledge, register)) == sorted(getattr(knowledge, register))


def test_an_instrument_loads_alone(knowledge: KnowledgeBase) -> None:
    for code, form in knowledge.instruments.items():
        assert load_instrument(code) == form
    for wrong in ("nothing_like_it", "../sources/project", ""):
        with pytest.raises(KeyError):
            load_instrument(wrong)


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
def test_nothing_in_it_can_be_changed(source: str, knowledge: KnowledgeBase, tmp_path: Path) -> None:
    if source == "compiled":
        cache.write(tmp_path, knowledge)
        knowledge = load(cache=tmp_path)
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


def test_the_digest_is_of_names_and_bytes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    before = digest_of(data)
    assert before == digest_of(DATA)
    file = data / "foods" / "dami.yaml"
    os.utime(file, (1, 1))
    assert digest_of(data) == before, "the time of a file is not its content"
    file.write_bytes(file.read_bytes() + b"\n")
    changed = digest_of(data)
    assert changed != before
    file.rename(data / "foods" / "dami2.yaml")
    assert digest_of(data) not in (before, changed)


def test_the_words_of_the_exceptions_are_part_of_the_digest(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    with (data / "hant_exceptions.yaml").open("a", encoding="utf-8") as out:
        out.write("# one more line\n")
    assert digest_of(data) != digest_of(DATA)


# --- the compiled file -----------------------------------------------------------------------------------------------


def test_the_compiled_knowledge_is_the_same(compiled: Path, knowledge: KnowledgeBase) -> None:
    assert the_file(compiled).stat().st_size > 100_000
    assert load(cache=compiled) == knowledge


def test_the_compiled_file_is_really_used(compiled: Path, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> None:
        raise AssertionError("the YAML was read")

    monkeypatch.setattr("knowledge_base.loader.parse", unreadable)
    started = time.perf_counter()
    assert load(cache=compiled).digest == knowledge.digest
    assert time.perf_counter() - started < 1.0


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


def test_a_damaged_file_is_made_anew(compiled: Path, knowledge: KnowledgeBase) -> None:
    file = the_file(compiled)
    good = file.read_bytes()
    file.write_bytes(good[:1000])
    assert load(cache=compiled) == knowledge
    assert file.read_bytes() == good


def test_changed_data_are_never_taken_from_an_old_file(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    data, folder = tmp_path / "data", tmp_path / "cache"
    shutil.copytree(DATA, data)
    cache.write(folder, knowledge)
    file = data / "foods" / "dami.yaml"
    stamp = file.stat()
    text = file.read_text(encoding="utf-8")
    same_size = text.replace("en: rice", "en: Rice", 1)
    assert len(same_size) == len(text) and same_size != text
    file.write_text(same_size, encoding="utf-8")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert load(data, cache=folder).foods["dami"].name.en.startswith("Rice")


def test_files_that_change_while_they_are_read_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter(["before", "after", "after", "after"])
    monkeypatch.setattr("knowledge_base.loader.digest_of", lambda _: next(digests))
    assert load(cache=None).digest == "after"


def test_files_that_never_rest_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(100))
    monkeypatch.setattr("knowledge_base.loader.digest_of", lambda _: str(next(numbers)))
    with pytest.raises(KnowledgeError, match="kept changing"):
        load(cache=None)


def test_broken_data_are_refused_although_a_good_file_lies_there(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    data, folder = tmp_path / "data", tmp_path / "cache"
    shutil.copytree(DATA, data)
    cache.write(folder, knowledge)
    (data / "foods" / "dami.yaml").write_text("code: dami\n", encoding="utf-8")
    before = sorted(folder.iterdir())
    for _ in range(2):
        with pytest.raises(KnowledgeError, match=r"foods/dami\.yaml"):
            load(data, cache=folder)
    assert sorted(folder.iterdir()) == before


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    file = tmp_path / "a file where the folder should be"
    file.write_text("", encoding="utf-8")
    assert load(cache=file / "cache") == knowledge


def test_many_at_once_all_get_the_same(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    loaded: list[KnowledgeBase] = []
    threads = [threading.Thread(target=lambda: loaded.append(load(cache=tmp_path))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loaded) == 3 and all(one == knowledge for one in loaded)
    assert not list(tmp_path.glob("*.part"))
    assert load(cache=tmp_path) == knowledge


def test_only_the_newest_files_stay(compiled: Path) -> None:
    for number in range(6):
        old = compiled / f"knowledge-{number:016d}-00000000.json"
        old.write_text("{}", encoding="utf-8")
        os.utime(old, (number, number))
    the_newest = max(compiled.iterdir(), key=lambda file: file.stat().st_mtime)
    the_newest.unlink()
    load(cache=compiled)
    assert len(list(compiled.glob("knowledge-*.json"))) == 3
