"""Words that people write, looked up in a register: width, case and script are folded, aliases count."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from .profile import Listed


class Vocabulary:
    """The codes of one register and every name they go by."""

    def __init__(self, entries: Mapping[str, Any]):
        """`entries`: code -> a register entry with `name` (a Text) and `aliases`."""
        names: dict[str, str] = {}
        for code, entry in entries.items():
            for name in (entry.name.zh, entry.name.hant, entry.name.en, *entry.aliases):
                names.setdefault(folded(name), code)
        # A code always means itself, whatever the aliases of others say.
        self._codes: Mapping[str, str] = MappingProxyType(names | {folded(code): code for code in entries})

    def find(self, word: str) -> str | None:
        """The code that a word stands for, or None where the register does not know it."""
        plain = folded(word)
        return self._codes.get(plain) or self._codes.get(_simplified(plain))

    def sort(self, words: Iterable[str]) -> Listed:
        """Codes and unknown words apart, each once, in the order given."""
        codes: dict[str, None] = {}
        unknown: dict[str, None] = {}
        for word in words:
            code = self.find(word)
            (codes if code else unknown)[code or word.strip()] = None
        return Listed(tuple(codes), tuple(unknown))


def folded(word: str) -> str:
    """Full and half width, capitals and spaces made alike; `low_back knee-pain` and `Low back knee pain` are one."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().replace("_", " ").replace("-", " ").split())


def _simplified(word: str) -> str:
    return word if word.isascii() else str(_converter().convert(word))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
