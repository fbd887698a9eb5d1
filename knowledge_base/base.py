"""Everything that is known, as one frozen object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .model import (
    Advice,
    Allergen,
    Complaint,
    Condition,
    ConstitutionEntry,
    Food,
    Instrument,
    Medicine,
    Movement,
    Point,
    Preference,
    RedFlag,
    RegulatedList,
    SafetyRule,
    SeasonEntry,
    SeasonNeed,
    SolarTerm,
    Source,
    Tag,
    Technique,
    Zone,
)  # fmt: skip

Found = Mapping[str, Mapping[str, tuple[str, Any]]]
"""Register -> key -> (file, entry of the register's shape): what was read, before it is known to be right."""


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

    def coverage(self) -> dict[str, Any]:
        """What is complete, sourced, bilingual, unreviewed (keys: `coverage.counts`)."""
        from .coverage import counts

        return counts(self)


def key_of(register: str, entry: Any) -> str:
    """The key of an entry in its register."""
    if register == "season_needs":
        return f"{entry.constitution}.{entry.season}"
    return entry.id if register in ("advice", "safety") else str(entry.code)


def freeze(found: Found, digest: str) -> KnowledgeBase:
    registers: dict[str, Any] = {
        r: MappingProxyType({k: entry for k, (_, entry) in sorted(entries.items())}) for r, entries in found.items()
    }
    return KnowledgeBase(**registers, digest=digest)
