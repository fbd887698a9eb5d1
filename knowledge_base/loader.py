"""Read `data/`, check shape and meaning, freeze, digest; or take all that from the compiled file of the same digest."""

from __future__ import annotations

import re
from pathlib import Path

from . import cache as compiled
from .base import KnowledgeBase, freeze
from .model import REGISTERS, Constitution, ConstitutionEntry, Instrument, Record
from .problem import KnowledgeError, Problem
from .reading import digest_of, entries_of, files_of, parse, read_yaml

DATA = Path(__file__).parent / "data"
CACHE = Path(__file__).parent.parent / "var" / "cache"
ATTEMPTS = 3

__all__ = [
    "CACHE", "DATA", "REGISTERS", "KnowledgeBase", "KnowledgeError", "Problem",
    "digest_of", "files_of", "load", "load_constitutions", "load_instrument", "parse", "read_yaml",
]  # fmt: skip


def load(data: Path = DATA, cache: Path | None = CACHE) -> KnowledgeBase:
    """The knowledge base of a folder. `cache` is the folder of compiled files; None reads the YAML in any case.

    Raises KnowledgeError with every problem found. Nothing that does not pass is ever compiled.
    """
    if cache is None:
        return _from_yaml(data)
    if (knowledge := compiled.read(cache, digest_of(data))) is None:
        knowledge = _from_yaml(data)
        compiled.write(cache, knowledge)
    return knowledge


def _from_yaml(data: Path) -> KnowledgeBase:
    """What the files say, with the digest of what was read: files that change while they are read are read again."""
    for _ in range(ATTEMPTS):
        digest, problems = digest_of(data), list[Problem]()
        found = parse(data, problems)
        if digest_of(data) == digest:
            break
    else:
        problems = [Problem(".", "$", "the files kept changing while they were read; try again when nobody writes them")]
    problems += _meaning(found)
    if problems:
        raise KnowledgeError(problems)
    return freeze(found, digest)


def load_instrument(code: str, data: Path = DATA) -> Instrument:
    """One instrument without the rest of the knowledge base, checked in shape. Raises KnowledgeError, or KeyError for an unknown code."""
    return _load_entry("instruments", code, data)  # type: ignore[return-value]  # the register decides the class


def load_constitutions(data: Path = DATA) -> dict[str, ConstitutionEntry]:
    """The nine constitutions without the rest of the knowledge base, checked in shape. Raises KnowledgeError."""
    return {str(code): _load_entry("constitutions", str(code), data) for code in Constitution}  # type: ignore[misc]  # as above


def _load_entry(register: str, code: str, data: Path) -> Record:
    file = data / register / f"{code}.yaml"
    if not re.fullmatch(r"[a-z0-9_]+", code) or not file.is_file():
        raise KeyError(code)
    problems: list[Problem] = []
    entries = entries_of(register, file, f"{register}/{code}.yaml", problems)
    if problems:
        raise KnowledgeError(problems)
    return entries[0]


def _meaning(found: dict) -> list[Problem]:
    from .checks import problems_of

    return problems_of(found)
