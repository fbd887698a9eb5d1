"""File names from the ids that people have in a table: safe on every file system, and never two people in one file."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

LONGEST_STEM = 80
"""Bytes of UTF-8; with hash and extension far below the 143 that encrypted file systems leave."""
HASH_DIGITS = 12
_PLAIN = frozenset("-_.")
_RESERVED = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"})
"""Names that Windows gives to devices, whatever the extension."""


class FileNames:
    """The names for one set of ids; they depend on the set alone, never on the order of its rows."""

    def __init__(self, ids: Iterable[str]):
        self._claims = Counter(_fold(stem) for stem in map(safe_stem, ids))

    def of(self, person_id: str, extension: str = ".pdf") -> str:
        """`ID.pdf` where the id is a file name as it stands and nobody else's looks like it, else `ID~HASH.pdf`."""
        stem = safe_stem(person_id)
        if stem == person_id and self._claims[_fold(stem)] <= 1:
            return stem + extension
        digest = hashlib.sha256(person_id.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{stem}~{digest[:HASH_DIGITS]}{extension}"


def safe_stem(person_id: str) -> str:
    """Letters, digits and marks of any script, `-`, `_` and `.`; no leading or trailing dot or dash; no device's name; not too long."""
    composed = unicodedata.normalize("NFC", person_id)
    kept = "".join(c if c in _PLAIN or unicodedata.category(c)[0] in "LMN" else "_" for c in composed)
    stem = kept.lstrip(".-").rstrip(".")
    if stem.split(".")[0].casefold() in _RESERVED:
        stem = f"_{stem}"
    return stem.encode()[:LONGEST_STEM].decode(errors="ignore").rstrip(".") or "_"


def _fold(stem: str) -> str:
    """What a file system that looks through capitals and composition takes for the same name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", stem).casefold())
