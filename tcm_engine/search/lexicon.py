"""Every name of the registers that a question may use, in Chinese, pinyin and English, and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from knowledge_base import KnowledgeBase
from knowledge_base.model import RedFlag

from .terms import folded

Target = tuple[str, str]
"""(register, code): `condition` `gout`, `food` `pijiu`, `fact` `pregnant`."""

FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pregnant": ("孕妇", "怀孕", "孕期", "妊娠", "有孕", "怀了", "孕", "pregnant", "pregnancy", "expecting"),
        "trimester_1": ("孕早期", "怀孕早期", "first trimester"),
        "trimester_2": ("孕中期", "怀孕中期", "second trimester"),
        "trimester_3": ("孕晚期", "怀孕晚期", "third trimester"),
        "lactating": ("哺乳", "哺乳期", "喂奶", "母乳", "产后喂奶", "breastfeeding", "breast feeding", "lactating", "nursing mother"),
        "old": ("老人", "老年人", "老年", "高龄", "elderly", "older people", "old people"),
        "child": ("小孩", "孩子", "儿童", "宝宝", "婴儿", "child", "children", "kid", "baby", "toddler"),
    }
)
"""What a person says of themselves in a question, in the words for it."""
DRINKING = ("酒", "喝酒", "饮酒", "酒精", "alcohol", "drinking")
"""Who asks about alcohol asks about every drink that has it."""
_PARTS_OF_THE_BODY = frozenset({"kidney", "stomach", "neck", "heart", "liver", "lung", "bowel", "brain", "skin", "high", "low"})
"""What remains of `kidney or urinary stones` when the rest is cut off names no illness."""
_AROUND = re.compile(r"[（()）,，;；/]| or |(?<=[\u4e00-\u9fff])或(?=[\u4e00-\u9fff])")
_NOT_A_SIGN = re.compile("药|化疗|岁")
_SHORTEST_SIGN = 6


@dataclass(frozen=True, slots=True)
class Lexicon:
    names: Mapping[str, tuple[Target, ...]]
    """Chinese characters as they stand, English as `plain_words` has it."""
    spoken: Mapping[str, tuple[Target, ...]]
    """Pinyin without tones and blanks of every Chinese name of two characters and more."""
    longest: int
    """Characters of the longest Chinese name."""


def lexicon_of(knowledge: KnowledgeBase) -> Lexicon:
    names: dict[str, dict[Target, None]] = {}
    for name, target in _all_names(knowledge):
        names.setdefault(name, {})[target] = None
    ills = [name for name in names if len(name) > 1]
    for code, flag in knowledge.red_flags.items():
        # What names an illness or a drug by itself (有糖尿病) is no sign.
        parts = [sign for sign in _signs(flag) if not any(ill in sign for ill in ills)]
        for name, target in _forms((*flag.words, *parts), ("red_flag", code)):
            names.setdefault(name, {})[target] = None
    spoken: dict[str, dict[Target, None]] = {}
    for name, targets in names.items():
        if len(name) > 1 and not name.isascii():
            spoken.setdefault(_pinyin(name), {}).update(targets)
    frozen = {name: tuple(targets) for name, targets in names.items()}
    longest = max(len(name) for name in names if not name.isascii())
    return Lexicon(MappingProxyType(frozen), MappingProxyType({n: tuple(t) for n, t in spoken.items()}), longest)


def plain_words(text: str) -> str:
    """English words in small letters, one blank apart, without plurals: the same for `Blood-thinners` and `blood thinner`."""
    return " ".join(singular(word) for word in re.findall(r"[a-z0-9]+", folded(text).replace("'s", "")))


def singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _all_names(knowledge: KnowledgeBase) -> Iterator[tuple[str, Target]]:
    for fact, words in FACTS.items():
        yield from _forms(words, ("fact", fact))
    for code, type_ in knowledge.constitutions.items():
        yield from _forms((type_.name.zh, type_.short.zh, type_.name.en, *type_.aliases), ("constitution", str(code)))
    for register, kind in (("complaints", "complaint"), ("conditions", "condition"), ("medicines", "medicine"), ("allergens", "allergy")):
        for code, entry in getattr(knowledge, register).items():
            own = (entry.name.zh, entry.name.en, code.replace("_", " "), *entry.aliases)
            yield from _forms((*own, *_pieces(own[:2])), (kind, code))
    for code, food in knowledge.foods.items():
        yield from _forms((food.name.zh, food.name.en, *food.aliases), ("food", code))
        if "alcohol" in food.tags:
            yield from _forms(DRINKING, ("food", code))
    for code, point in knowledge.points.items():
        yield from _forms((point.name.zh, point.name.en, code), ("point", code))


def _forms(names: Iterable[str], target: Target) -> Iterator[tuple[str, Target]]:
    """A name as a question would have it; names that mix scripts (`2型糖尿病`) are left to their Chinese part."""
    for name in names:
        chinese = "".join(re.findall("[\u3400-\u9fff]+", folded(name)))
        plain = chinese if chinese else plain_words(name)
        if plain:
            yield plain, target


def _pieces(names: Iterable[str]) -> Iterator[str]:
    """`gout or high uric acid` is asked for as `gout` and as `high uric acid`."""
    for name in names:
        for piece in _AROUND.split(name):
            if len(piece.strip()) > 1 and piece.strip() not in _PARTS_OF_THE_BODY:
                yield piece.strip()


def _signs(flag: RedFlag) -> Iterator[str]:
    """The parts of an emergency's sign that are long enough to mean it and nothing else."""
    if flag.urgency != "emergency":
        return
    for part in re.split("[，、：；]|同时|伴", flag.sign.zh):
        bare = part.removeprefix("或")
        if len(bare) >= _SHORTEST_SIGN and not _NOT_A_SIGN.search(bare):
            yield bare


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name, errors="ignore"))
