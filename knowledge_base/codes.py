"""Codes that people and files may use, and one entry as it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass

from .base import KnowledgeBase
from .model import REGISTERS, Text

OFFERED = ("conditions", "medicines", "allergens", "complaints", "red_flags", "preferences", "zones")
"""Registers whose codes stand in a person's file or an answer sheet's profile columns."""


@dataclass(frozen=True, slots=True)
class OfferedCode:
    register: str
    code: str
    name: Text
    aliases: tuple[str, ...]


def codes(knowledge: KnowledgeBase) -> tuple[OfferedCode, ...]:
    """Every code that a person's file may name, by register, then by code."""
    return tuple(
        OfferedCode(register, code, entry.sign if register == "red_flags" else entry.name, getattr(entry, "aliases", ()))
        for register in OFFERED
        for code, entry in getattr(knowledge, register).items()
    )


def show(knowledge: KnowledgeBase, code: str) -> dict[str, dict]:
    """Register -> the entry with this code or id, as plain data, for every register that has it. Raises KeyError where none has."""
    found = {r: json.loads(getattr(knowledge, r)[code].model_dump_json()) for r in REGISTERS if code in getattr(knowledge, r)}
    if not found:
        raise KeyError(code)
    return found
