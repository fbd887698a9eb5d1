"""Parts of a record as the texts of a form, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import g

from knowledge_base.model import Text
from tcm_engine.center.clients import HABITS, Client
from tcm_engine.model import LISTS, Fault, InvalidInput

from ..access import services

IDENTITY = (
    "name", "sex", "birth_date", "id_number", "phone", "address", "code", "employer", "unit", "contact_name", "contact_relation",
    "contact_phone", "branch",
)  # fmt: skip
LISTED = ("conditions", "medicines", "allergies", "complaints", "preferences")
PROFILE = (
    "pregnant", "trimester", "lactating", *(f"{key}_known" for key in LISTED), *LISTED, "zone", "history", "family", *HABITS, "remark",
)  # fmt: skip
_BETWEEN = re.compile(r"[、，,;；\n\r\t]+")
_REGISTERS: Mapping[str, str] = LISTS


def identity_of(client: Client) -> dict[str, str]:
    kept = {key: getattr(client.identity, key) for key in IDENTITY}
    return {key: value.isoformat() if hasattr(value, "isoformat") else value or "" for key, value in kept.items()}


def profile_of(client: Client) -> dict[str, str]:
    """Codes of the registers by their names."""
    raw, ground = client.profile, client.background
    flat = {key: _yes_no(raw.get(key)) for key in ("pregnant", "lactating")} | {"trimester": str(raw.get("trimester") or "")}
    for key in LISTED:
        words = raw.get(key)
        flat[f"{key}_known"] = "" if words is None else "some" if words else "none"
        flat[key] = "、".join(shown_word(key, word) for word in words or ())
    texts = {key: getattr(ground, key) for key in ("history", "family", "remark", *HABITS)}
    return flat | {"zone": (raw.get("place") or {}).get("zone") or ""} | texts


def read_profile_form(values: Mapping[str, str], old: Client) -> dict[str, Any]:
    """The profile as PERSON.json has it; what the form does not show stays as it was.

    Raises InvalidInput with faults at `$.LIST`: `missing` where "these" is chosen and nothing named, `conflicts_with` the other way round.
    """
    faults: list[Fault] = []
    raw = dict(old.profile)
    for key in ("pregnant", "lactating"):
        raw[key] = {"yes": True, "no": False}.get(values[key])
    raw["trimester"] = int(values["trimester"]) if values["trimester"] in ("1", "2", "3") else None
    for key in LISTED:
        words = [word.strip() for word in _BETWEEN.split(values[key]) if word.strip()]
        known = values[f"{key}_known"]
        if known == "some" and not words:
            faults.append(Fault(f"$.{key}", "missing"))
        elif known != "some" and words:
            faults.append(Fault(f"$.{key}", "words_beside_none"))
        found = services().center.registers.lists[key].sort(words)
        raw[key] = [*found.codes, *found.words] if known == "some" else [] if known == "none" else None
    place = dict(raw.get("place") or {}) | {"zone": values["zone"] or None}
    raw["place"] = {key: value for key, value in place.items() if value is not None} or None
    if faults:
        raise InvalidInput(faults)
    return {key: value for key, value in raw.items() if value is not None}


def shown_word(key: str, word: str) -> str:
    """The name of a code; a word that no register knows as it is."""
    entry = getattr(services().knowledge, _REGISTERS[key]).get(word)
    name: Text | None = entry.name if entry else None
    return name.in_(g.display.lang) if name else word


def is_known(key: str, word: str) -> bool:
    return word in getattr(services().knowledge, _REGISTERS[key])


def names_of(key: str) -> list[str]:
    """Every name of a register, for suggestions."""
    return [entry.name.in_(g.display.lang) for entry in getattr(services().knowledge, _REGISTERS[key]).values()]


def zones() -> list[tuple[str, str]]:
    return [(code, entry.name.in_(g.display.lang)) for code, entry in services().knowledge.zones.items()]


def background_texts(values: Mapping[str, str]) -> dict[str, str]:
    return {key: values[key] for key in ("history", "family", "remark", *HABITS)}


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
