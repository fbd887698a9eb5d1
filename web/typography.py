"""Phrases that a line may break between, so that no term is torn in a heading."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_BREAKS = re.compile(r"(?<=[、，；：])")
_HAN = re.compile("[\u4e00-\u9fff]")
_WORDS = re.compile(r"(?<= )")


def parts(text: str) -> list[str]:
    """Chinese text in phrases, each with the mark that ends it; other text in words."""
    return [part for part in (_WORDS if text.isascii() else _BREAKS).split(text) if part]


def phrases(text: str) -> Markup:
    """The text with each phrase kept on one line; of English only words with a hyphen, which would else be torn there."""
    if text.isascii():
        return Markup("").join(_kept(word, "n") if "-" in word else escape(word) for word in parts(text))
    found = parts(text)
    return Markup("").join(_kept(part, "phrase") for part in found) if len(found) > 1 else escape(text)


def _kept(words: str, kind: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(kind, words.rstrip()) + escape(words[len(words.rstrip()) :])


def own_script(text: str, lang: str) -> Markup:
    """Chinese in an English page, which only citations have, marked as such for screen readers and for its glyphs."""
    return Markup('<span lang="zh-CN">{}</span>').format(text) if lang == "en" and _HAN.search(text) else escape(text)
