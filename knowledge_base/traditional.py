"""Traditional Chinese from simplified: OpenCC's `s2tw`, with a reviewed list of exceptions.

`s2tw` (Taiwan's standard forms, no exchange of vocabulary) is taken because it knows the characters of the trade (特稟, 氣鬱, 裡, 白朮,
合谷) and because exchanging words, as `s2twp` does, would change what a statement says and its source with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

SCHEME = "s2tw"
EXCEPTIONS = Path(__file__).parent / "data" / "hant_exceptions.yaml"


def to_traditional(text: str) -> str:
    """`text` in traditional characters; text without Chinese comes back as it is."""
    corrections, pattern = _reviewed()
    converted = _convert(text)
    return pattern.sub(lambda hit: corrections[hit[0]], converted) if corrections else converted


def fill(value: Any) -> Any:
    """The same plain data with `hant` in every `{zh, en}` pair that does not state its own."""
    if isinstance(value, list):
        return [fill(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("zh"), str) and "en" in value and "hant" not in value:
        return {**value, "hant": to_traditional(value["zh"])}
    return {key: fill(entry) for key, entry in value.items()}


def read_exceptions(file: Path = EXCEPTIONS) -> Mapping[str, str]:
    """Simplified phrase -> reviewed traditional phrase."""
    entries = YAML(typ="safe").load(file.read_text(encoding="utf-8"))["exceptions"]
    return MappingProxyType({entry["simplified"]: entry["traditional"] for entry in entries})


@cache
def _reviewed() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """What OpenCC writes -> what it should have written, the longest first, so that a longer phrase protects from a shorter one."""
    corrections = {_convert(simplified): traditional for simplified, traditional in read_exceptions().items()}
    return corrections, re.compile("|".join(map(re.escape, sorted(corrections, key=len, reverse=True))))


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC(SCHEME)


def _convert(text: str) -> str:
    return _converter().convert(text) if text else text
