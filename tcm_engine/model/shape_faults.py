"""Faults in the shape of JSON, from pydantic's errors: our codes, our paths, never the input."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from .faults import Fault

_CODES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "missing",
        "extra_forbidden": "unknown_key",
        "literal_error": "not_one_of",
        "bool_type": "not_true_or_false",
        "int_type": "not_a_whole_number",
        "float_type": "not_a_number",
        "finite_number": "not_a_number",
        "string_type": "not_text",
        "string_too_short": "empty",
        "string_too_long": "too_long",
        "string_pattern_mismatch": "unfit_text",
        "string_unicode": "unfit_text",
        "list_type": "not_a_list",
        "too_long": "too_many",
        "dict_type": "not_an_object",
        "model_type": "not_an_object",
        "model_attributes_type": "not_an_object",
        "greater_than_equal": "too_small",
        "less_than_equal": "too_large",
    }
)


def shape_faults(error: ValidationError, path: str) -> tuple[Fault, ...]:
    """One fault per error, each at its place under `path`."""
    return tuple(_fault(entry, path) for entry in error.errors(include_input=False, include_url=False))


def _fault(entry: Mapping[str, Any], path: str) -> Fault:
    # pydantic names the branch of a union that failed and "[key]" for a key; neither is part of the JSON.
    place = "".join(_step(step) for step in entry["loc"] if step != "[key]")
    code = _CODES.get(entry["type"], "not_valid")
    return Fault(path + place, code, _params(code, entry))


def _params(code: str, entry: Mapping[str, Any]) -> dict[str, str | int | float]:
    context = entry.get("ctx", {})
    if code in ("too_long", "too_many"):
        return {"maximum": int(context["max_length"])}
    if code == "not_one_of":
        return {"allowed": str(context["expected"]).replace("'", "").replace(" or ", ", ")}
    if code == "too_small":
        return {"minimum": context["ge"]}
    if code == "too_large":
        return {"maximum": context["le"]}
    return {}


def key_in_path(key: str) -> str:
    """A key as a step of a JSON path. What does not look like a key of ours is not repeated: it may be anything."""
    return f".{key}" if key.isascii() and key.isidentifier() and len(key) <= 40 else "[?]"


def _step(step: str | int) -> str:
    return f"[{step}]" if isinstance(step, int) else key_in_path(step)
