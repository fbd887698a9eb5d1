"""What may not be said, and how it is written: no claims, no vague amounts, no marks of the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..base import Found
from ..problem import Problem
from .walk import CHINESE, chinese_length, entries, place, texts

CHECKED = (
    "constitutions",
    "foods",
    "points",
    "movements",
    "techniques",
    "seasons",
    "solar_terms",
    "season_needs",
    "complaints",
    "advice",
    "safety",
    "red_flags",
)
"""Registers whose words are ours; an instrument's wording is the standard's."""
CLAIMS = re.compile(
    "亚健康|毒素|排毒|根治|治愈|痊愈|有效率|100%|百分之百|保证|无副作用|没有副作用|必需|特效|神效|包治|药到病除|延年益寿|抗癌|防癌|秘方|偏方|立竿见影"
    "|替代药物|代替药物|不用吃药|可以停药|疗效|治疗|医治|主治|降血压|降血糖|降血脂|降压茶|降糖茶|研究证明|科学证明"
)
VAGUE = re.compile("适量|适当|多吃|注意休息")
MOST = re.compile(r"最(?!后|多|少|低|高|长|短|近|先|迟|早|晚|大|小|上|下)")
"""The boast, not the bound: 最多 and 最后 stay."""
THANKS = re.compile("亲[，。、！]|！|!|你")
CLAIMS_EN = re.compile(
    r"\b(detox\w*|cure[sd]?(?! (?:meat|pork|ham|fish))|curing|miracle\w*|100 ?%|guarantee[sd]?"
    r"|no side effects?|treat(?:s|ed|ing|ments?)?\b(?! yourself)"
    r"|heals?|remed(?:y|ies)|clinically proven|scientifically proven|anti-?cancer|lowers? blood (?:pressure|sugar)|best)\b",
    re.IGNORECASE,
)
LATIN_MARK = re.compile(r"""[一-鿿][,;:?!"']|[,;:?!"'][一-鿿]|[一-鿿]\.(?:\s|$)|[一-鿿]\(|\)[一-鿿]""")
LONGEST_SENTENCE = 40
"""Hard limit in Chinese characters; 25 is the aim."""
_SENTENCE_END = re.compile("[。！？；\n]")
DENIED = re.compile("不能(?:代替|替代|治疗)|不代替|代替治疗|接受治疗|治疗(?:期间|中|后|方案|前)|正在[^，。]{0,6}治疗|遵医嘱治疗|及时治疗")
"""Speaking of treatment that others give is no claim."""
DENIED_EN = re.compile(
    r"(?:not|never|no|nor|replaces?|instead of|under|during|after|having|receiving|medical|cancer|your|in|dental|for)"
    r" (?:a |any |the |medical |cancer )*treat\w*",
    re.IGNORECASE,
)


def _ours(found: Found) -> Iterator[tuple[str, str, Any]]:
    for register, key, file, entry in entries(found, *CHECKED):
        for path, text in texts(entry):
            yield file, place(register, key, path), text


def _claims(found: Found) -> Iterator[Problem]:
    for file, path, text in _ours(found):
        for pattern, why in (
            (CLAIMS, "is a claim we never make"),
            (MOST, "boasts"),
            (VAGUE, "is vague: say how much"),
            (THANKS, "is not our tone"),
        ):
            if hit := pattern.search(DENIED.sub("", text.zh)):
                yield Problem(file, f"{path}.zh", f"「{hit[0]}」 {why}; write it otherwise")
        if hit := CLAIMS_EN.search(DENIED_EN.sub("", text.en)):
            yield Problem(file, f"{path}.en", f"'{hit[0]}' is a claim we never make; write it otherwise")


def _marks(found: Found) -> Iterator[Problem]:
    for register, key, file, entry in entries(found):
        if register in ("instruments", "sources"):
            continue
        for path, text in texts(entry):
            where = place(register, key, path)
            if hit := LATIN_MARK.search(text.zh):
                yield Problem(file, f"{where}.zh", f"「{hit[0]}」 has a Latin mark beside Chinese; write ，。；：？（）“”")
            if CHINESE.search(text.en):
                yield Problem(file, f"{where}.en", f"'{text.en[:30]}' holds Chinese characters; write it in English")
            if not CHINESE.search(text.zh) and register not in ("points", "foods"):
                yield Problem(file, f"{where}.zh", f"'{text.zh[:30]}' holds no Chinese; write it in Chinese")


def _sentences(found: Found) -> Iterator[Problem]:
    for file, path, text in _ours(found):
        for sentence in _SENTENCE_END.split(text.zh):
            if (length := chinese_length(sentence)) > LONGEST_SENTENCE:
                yield Problem(
                    file,
                    f"{path}.zh",
                    f"a sentence of {length} Chinese characters ({sentence[:12]}…); at most {LONGEST_SENTENCE}: split it",
                )


CHECKS = (_claims, _marks, _sentences)
