"""The shapes of everything that is known: one frozen record per register entry, statement or rule.

Shape is checked here (pydantic: unknown keys, types, ranges); meaning is checked in `checks`.
A *statement* is a record that carries its own evidence: `cites`, `grade`, `review`. Nothing that a person may
read as a fact loads without it. A reader who edits YAML finds every key of a file explained on the class of that file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .advice import Advice, Complaint, ComplaintPattern, Contraindication, Ingredient, Recipe, Uses, When
from .base import (
    Benefit,
    Citation,
    Code,
    ComplaintBenefit,
    Constitution,
    Domain,
    FactName,
    FeatureName,
    Grade,
    Level,
    PieceId,
    PointCode,
    Record,
    Review,
    Season,
    SeasonAffinity,
    Statement,
    TermAffinity,
    Text,
    Words,
)
from .instruments import Band, Instrument, Item, ItemScale, Measure, Reliability, ScoringRule
from .registers import (
    Allergen,
    Condition,
    ConstitutionEntry,
    FigureSpot,
    Food,
    Medicine,
    Movement,
    Named,
    Point,
    Preference,
    Source,
    Tag,
    Technique,
    Zone,
)
from .safety import RedFlag, RedFlagFile, RegulatedList, SafetyRule, SafetyRuleFile
from .year import SeasonEntry, SeasonNeed, SeasonNeedFile, SolarTerm, TermChange

__all__ = [
    "REGISTERS",
    "Advice",
    "Allergen",
    "Band",
    "Benefit",
    "Citation",
    "Code",
    "Complaint",
    "ComplaintBenefit",
    "ComplaintPattern",
    "Condition",
    "Constitution",
    "ConstitutionEntry",
    "Contraindication",
    "Domain",
    "FactName",
    "FeatureName",
    "FigureSpot",
    "Food",
    "Grade",
    "Ingredient",
    "Instrument",
    "Item",
    "ItemScale",
    "Level",
    "Measure",
    "Medicine",
    "Movement",
    "Named",
    "PieceId",
    "Point",
    "PointCode",
    "Preference",
    "Recipe",
    "Record",
    "RedFlag",
    "RedFlagFile",
    "RegulatedList",
    "Reliability",
    "Review",
    "SafetyRule",
    "SafetyRuleFile",
    "ScoringRule",
    "Season",
    "SeasonAffinity",
    "SeasonEntry",
    "SeasonNeed",
    "SeasonNeedFile",
    "SolarTerm",
    "Source",
    "Statement",
    "Tag",
    "Technique",
    "TermAffinity",
    "TermChange",
    "Text",
    "Uses",
    "When",
    "Words",
    "Zone",
]

REGISTERS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "sources": Source,
        "constitutions": ConstitutionEntry,
        "conditions": Condition,
        "medicines": Medicine,
        "allergens": Allergen,
        "preferences": Preference,
        "tags": Tag,
        "foods": Food,
        "points": Point,
        "movements": Movement,
        "techniques": Technique,
        "zones": Zone,
        "seasons": SeasonEntry,
        "solar_terms": SolarTerm,
        "season_needs": SeasonNeedFile,
        "complaints": Complaint,
        "red_flags": RedFlagFile,
        "safety": SafetyRuleFile,
        "regulated": RegulatedList,
        "instruments": Instrument,
        "advice": Advice,
    }
)
"""Folder of `data/` -> the shape of its files."""
