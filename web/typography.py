"""Phrases that a line may break between, so that no term is torn in a heading."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_BREAKS = re.compile(r"(?<=[、，；：])")
_NUMBER = r"\d+(?:\.\d+)?(?:(?:至|～|~|-| to )\d+(?:\.\d+)?)?"
_UNITS_ZH = (
    "毫升|毫摩尔|千克|公里|公斤|分钟|小时|厘米|摄氏度|个月|个节气|分|秒|克|米|次|天|周|月|日|度|"
    "片|颗|粒|枚|个|只|件|条|下|圈|遍|组|步|勺|杯|碗|岁|题|点"
)
_UNITS_EN = "ml|g|kg|m|cm|km|°C|℃|%|minutes?|min|hours?|h|times?|days?|weeks?|months?|years?|pm|am"
_MEASURES = re.compile(rf"{_NUMBER}(?:{_UNITS_ZH})|{_NUMBER} (?:{_UNITS_EN})\b")
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


def whole(text: str) -> Markup:
    """The text with every number kept on one line with its unit."""
    found, at = Markup(""), 0
    for match in _MEASURES.finditer(text):
        found += escape(text[at : match.start()]) + _kept(match[0], "n")
        at = match.end()
    return found + escape(text[at:])


def own_script(text: str, lang: str) -> Markup:
    """Chinese in an English page, which only citations have, marked as such for screen readers and for its glyphs."""
    return Markup('<span lang="zh-CN">{}</span>').format(text) if lang == "en" and _HAN.search(text) else escape(text)
