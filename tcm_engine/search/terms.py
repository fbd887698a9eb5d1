"""A text as the pieces that are compared: characters and their neighbours for Chinese, parts of words for letters, pinyin of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

_RUN = re.compile(r"[㐀-䶿一-鿿]+|[a-z0-9]+")
_CHINESE_NEIGHBOURS = 3
_LETTERS = range(3, 6)


def terms(text: str) -> list[str]:
    """Width, case and script folded: `陽虛` and `阳虚` give the same."""
    return [term for run in _RUN.findall(folded(text)) for term in _pieces(run)]


def pinyin_terms(names: Iterable[str]) -> list[str]:
    """What a person might type for Chinese names: `yangxu` as one word and as syllables."""
    from pypinyin import lazy_pinyin

    found: list[str] = []
    for name in names:
        syllables = lazy_pinyin(folded(name), errors="ignore")
        if syllables:
            found += [f"<{syllable}>" for syllable in syllables] + list(_pieces("".join(syllables)))
    return found


def _pieces(run: str) -> Iterator[str]:
    if not run.isascii():
        for length in range(1, _CHINESE_NEIGHBOURS + 1):
            yield from (run[start : start + length] for start in range(len(run) - length + 1))
        return
    word = f"<{run}>"
    yield word
    for length in _LETTERS:
        yield from (word[start : start + length] for start in range(len(word) - length + 1) if length < len(word))


def folded(text: str) -> str:
    """Width, case, accents and script made alike."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return bare if bare.isascii() else str(_converter().convert(bare))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
