"""YAML in, records out: one file at a time, every fault collected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.resolver import VersionedResolver

from .base import key_of
from .model import REGISTERS, Advice, Record
from .problem import Problem
from .traditional import fill

LISTS = MappingProxyType({"season_needs": "needs", "red_flags": "red_flags", "safety": "rules"})
"""Registers whose files hold a list of entries -> the key of the list."""
LOOSE = ("hant_exceptions.yaml", "README.md")
"""Files that may lie beside the registers."""


def read_yaml(file: Path) -> Any:
    """The content of one file. Raises ValueError in one sentence on anything that is not plain YAML 1.2 without aliases."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    try:
        content = _reader().load(text)
        aliased = ("&" in text or "*" in text) and _has_alias(text)
    except YAMLError as error:
        raise ValueError("is not readable YAML: " + " ".join(str(error).split("To suppress")[0].split())[:300]) from None
    if aliased:
        raise ValueError("uses a YAML anchor or alias (& or *); write the words out")
    if not isinstance(content, dict):
        raise ValueError("holds no `key: value` pairs; see the shape of its register in model/")
    return content


class _Resolver(VersionedResolver):
    """YAML 1.2 alone: the library asks anew for every scalar which version it reads, and that is a third of its time."""

    processing_version = (1, 2)


def _reader() -> YAML:
    reader = YAML(typ="safe")
    reader.Resolver = _Resolver
    return reader


def files_of(data: Path) -> Iterator[tuple[str, Path]]:
    """(register, file) in a fixed order."""
    for register in REGISTERS:
        for file in sorted((data / register).rglob("*.yaml")):
            yield register, file


def digest_of(data: Path) -> str:
    """SHA-256 (hex) over name and bytes of every file that the knowledge is made of."""
    total = hashlib.sha256()
    loose = [data / name for name in LOOSE if name.endswith(".yaml") and (data / name).is_file()]
    for file in [*loose, *(file for _, file in files_of(data))]:
        total.update(file.relative_to(data).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def parse(data: Path, problems: list[Problem]) -> dict[str, dict[str, tuple[str, Record]]]:
    """Register -> key -> (file, entry) for every file whose shape is right; the faults of the others are added to `problems`."""
    found: dict[str, dict[str, tuple[str, Record]]] = {register: {} for register in REGISTERS}
    problems += strangers(data)
    for register, file in files_of(data):
        name = file.relative_to(data).as_posix()
        for entry in entries_of(register, file, name, problems):
            key = key_of(register, entry)
            if key in found[register]:
                problems.append(Problem(name, "$", f"{key} is already defined in {found[register][key][0]}; rename or remove one of them"))
            found[register][key] = (name, entry)
    return found


def entries_of(register: str, file: Path, name: str, problems: list[Problem]) -> list[Record]:
    """The entries of one file; empty where its shape is wrong, and then `problems` says why."""
    try:
        record = REGISTERS[register].model_validate(fill(read_yaml(file)))
    except ValidationError as error:
        problems += [Problem(name, _path(fault["loc"]), _fault(fault)) for fault in error.errors(include_url=False)]
        return []
    except ValueError as error:
        problems.append(Problem(name, "$", str(error)))
        return []
    if register in LISTS:
        return list(getattr(record, LISTS[register]))
    expected = expected_path(register, record)
    if name != expected:
        problems.append(Problem(name, "$", f"the file should be {expected}, after what it defines"))
    return [record]


def expected_path(register: str, entry: Any) -> str:
    """Where a file that defines one entry must lie."""
    if isinstance(entry, Advice):
        return f"advice/{entry.domain}/{entry.id.split('.', 1)[1]}.yaml"
    return f"{register}/{key_of(register, entry)}.yaml"


def strangers(data: Path) -> list[Problem]:
    """Files that no register would read: a misspelt folder must not make knowledge vanish."""
    known = {file for _, file in files_of(data)}
    stray = [f for f in sorted(data.rglob("*")) if f.is_file() and f not in known and f.relative_to(data).as_posix() not in LOOSE]
    return [Problem(f.relative_to(data).as_posix(), "$", "belongs to no register; move it to one, or end its name in .yaml") for f in stray]


def _has_alias(text: str) -> bool:
    return any(isinstance(event, AliasEvent) or getattr(event, "anchor", None) for event in YAML(typ="safe").parse(text))


def _path(loc: tuple[int | str, ...]) -> str:
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)


def _fault(fault: Any) -> str:
    if fault["type"] == "extra_forbidden":
        return f"{fault['loc'][-1]} is no key of this register; see its shape in model/ (found {str(fault['input'])[:80]!r})"
    return f"{fault['msg']} (found {str(fault['input'])[:80]!r})"
