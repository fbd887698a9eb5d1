"""Read `data/`, check shape and meaning, freeze, digest. All problems at once, each with file, path, value and remedy."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Iterator, Mapping

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from .model import (
    REGISTERS, Advice, Allergen, Complaint, Condition, ConstitutionEntry, Food, Instrument, Medicine, Movement, Point, Preference, Record,
    RedFlag, RegulatedList, SafetyRule, SeasonEntry, SeasonNeed, SolarTerm, Source, Tag, Technique, Zone,
)

DATA = Path(__file__).parent / "data"
_ALIAS = re.compile(r"(?m)^[^#\"'\n]*[:\-]\s+[&*][A-Za-z_]")
_LISTS = MappingProxyType({"season_needs": "needs", "red_flags": "red_flags", "safety": "rules"})
"""Folders whose files hold a list of entries -> the key of the list."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    file: str
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.message}"


class KnowledgeError(ValueError):
    """The knowledge base does not load; `problems` has every reason."""

    def __init__(self, problems: list[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything that is known, frozen. Each register maps a code (or id) to its entry, in the order of the codes."""

    sources: Mapping[str, Source]
    constitutions: Mapping[str, ConstitutionEntry]
    conditions: Mapping[str, Condition]
    medicines: Mapping[str, Medicine]
    allergens: Mapping[str, Allergen]
    preferences: Mapping[str, Preference]
    tags: Mapping[str, Tag]
    foods: Mapping[str, Food]
    points: Mapping[str, Point]
    movements: Mapping[str, Movement]
    techniques: Mapping[str, Technique]
    zones: Mapping[str, Zone]
    seasons: Mapping[str, SeasonEntry]
    solar_terms: Mapping[str, SolarTerm]
    season_needs: Mapping[str, SeasonNeed]
    """Key: `CONSTITUTION.SEASON`."""
    complaints: Mapping[str, Complaint]
    red_flags: Mapping[str, RedFlag]
    safety: Mapping[str, SafetyRule]
    regulated: Mapping[str, RegulatedList]
    instruments: Mapping[str, Instrument]
    advice: Mapping[str, Advice]
    digest: str
    """SHA-256 (hex) over every data file's name and bytes."""


def key_of(register: str, entry: Any) -> str:
    if register == "season_needs":
        return f"{entry.constitution}.{entry.season}"
    return entry.id if register in ("advice", "safety") else str(entry.code)


def read_yaml(file: Path) -> Any:
    """The content of one file. Raises ValueError in one sentence on anything that is not plain YAML 1.2 without aliases."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    if _ALIAS.search(text):
        raise ValueError("uses a YAML anchor or alias (& or *); write the words out")
    try:
        return YAML(typ="safe").load(text)
    except YAMLError as error:
        raise ValueError("is not readable YAML: " + " ".join(str(error).split())[:300]) from None


def files_of(data: Path) -> Iterator[tuple[str, Path]]:
    for register in REGISTERS:
        for file in sorted((data / register).rglob("*.yaml")):
            yield register, file


def digest_of(data: Path) -> str:
    total = hashlib.sha256()
    for _, file in files_of(data):
        total.update(str(file.relative_to(data)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def parse(data: Path, problems: list[Problem]) -> dict[str, dict[str, tuple[str, Record]]]:
    """Register -> key -> (file, entry), for every file whose shape is right; the faults of the others go to `problems`."""
    found: dict[str, dict[str, tuple[str, Record]]] = {register: {} for register in REGISTERS}
    for register, file in files_of(data):
        name = str(file.relative_to(data))
        for entry in _entries(register, file, name, problems):
            key = key_of(register, entry)
            if key in found[register]:
                problems.append(Problem(name, "$", f"{key} is already defined in {found[register][key][0]}"))
            found[register][key] = (name, entry)
    return found


def _entries(register: str, file: Path, name: str, problems: list[Problem]) -> list[Record]:
    try:
        record = REGISTERS[register].model_validate(read_yaml(file))
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            path = "$" + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in fault["loc"])
            problems.append(Problem(name, path, f"{fault['msg']} (found {str(fault['input'])[:80]!r})"))
        return []
    except ValueError as error:
        problems.append(Problem(name, "$", str(error)))
        return []
    if register in _LISTS:
        return list(getattr(record, _LISTS[register]))
    expected = record.id.split(".", 1)[1] if isinstance(record, Advice) else key_of(register, record)
    if file.stem != expected:
        problems.append(Problem(name, "$", f"the file should be named {expected}.yaml after what it defines"))
    return [record]


def load(data: Path = DATA) -> KnowledgeBase:
    """The knowledge base of a folder. Raises KnowledgeError with every problem found."""
    from .checks import problems_of

    problems: list[Problem] = []
    found = parse(data, problems)
    problems += problems_of(found)
    if problems:
        raise KnowledgeError(problems)
    registers = {r: MappingProxyType({k: e for k, (_, e) in sorted(entries.items())}) for r, entries in found.items()}
    return KnowledgeBase(**registers, digest=digest_of(data))


def load_instrument(code: str, data: Path = DATA) -> Instrument:
    """One instrument without the rest of the knowledge base, checked in shape. Raises KnowledgeError, or KeyError for an unknown code."""
    file = data / "instruments" / f"{code}.yaml"
    if not re.fullmatch(r"[a-z0-9_]+", code) or not file.is_file():
        raise KeyError(code)
    problems: list[Problem] = []
    entries = _entries("instruments", file, f"instruments/{code}.yaml", problems)
    if problems:
        raise KnowledgeError(problems)
    return entries[0]
