"""What a question names: types, complaints, facts of the person, foods, points, warning signs. Longest names first; no grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from .lexicon import Lexicon, Target, plain_words
from .terms import folded

LONGEST_PHRASE = 6
"""English words, or syllables of pinyin written apart, of one name."""
OLD, CHILD = 70, 10
"""Ages that `the elderly` and `a child` stand for, where rules look at 65 and at 18. Project decision."""
_WORD = re.compile(r"[a-z0-9]+")
_HAN = re.compile("[\u3400-\u9fff]")
_DENIED = re.compile(r"(?:(?<!有)没有?|(?<!是)不是|并非|非|未|无|不|\bnot?\b|\bwithout\b)\s*(?:得|患|有|在)?\s*$")
_JOINS = re.compile(r"[\s、，,和与及或的对]*|\s*(?:and|or|to)\s*|[\s]*allergic to[\s]*")
_ALLERGIC = re.compile(r"过敏|不耐受|忌口|allerg\w*|intoleran\w*")
_AGE = re.compile(r"(?<![0-9])([0-9]{1,3})\s*(?:周?岁|[- ]?years?[- ]old|yo\b)")
_ASKING = re.compile(
    "怎么办|怎么样|怎么|如何|怎样|可不可以|可以|能不能|能否|能|吃|喝|按|哪里|哪些|什么|吗|呢|好不好|应该|有没有|我|请问|的|了|[？?！!，。,.]"
    r"|\b(?:can|could|may|should|what|which|how|is|are|do|does|i|we|you|my|a|an|the|to|with|for|if|and|or|in|on|of|eat|drink|take|use|have|help|good)\b"
)
_BEFORE_ONE = frozenset("吃喝饮用泡煮和与、，,的把放加给含 ")
_AFTER_ONE = frozenset("吗么呢可能好行和与、，,？?。的会要有是不怎对 ")
"""What may stand around a name of one character: 能吃梨吗 names a pear, 梨状肌 does not."""


@dataclass(frozen=True, slots=True)
class Named:
    """Codes, in the order of the question."""

    constitutions: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """`pregnant`, `trimester_1` .. `trimester_3`, `lactating`."""
    foods: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    age: int | None = None
    rest: str = ""
    """What is left of the question without names and without the words of asking."""

    def of_the_person(self) -> bool:
        """Whether anything is named by which a thing can be judged."""
        return bool(self.constitutions or self.conditions or self.medicines or self.allergies or self.facts or self.age is not None)

    def with_(self, other: Named) -> Named:
        """Both together, this one's first."""
        lists = [f.name for f in fields(Named) if f.name not in ("age", "rest")]
        joined = {name: tuple(dict.fromkeys((*getattr(self, name), *getattr(other, name)))) for name in lists}
        return Named(**joined, age=other.age if self.age is None else self.age, rest=self.rest)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    targets: tuple[Target, ...]


_FIELD = {
    "constitution": "constitutions", "complaint": "complaints", "condition": "conditions", "medicine": "medicines", "allergy": "allergies",
    "fact": "facts", "food": "foods", "point": "points", "red_flag": "red_flags",
}  # fmt: skip
_SIGN = "red_flag"
_OF_THE_PERSON = ("condition", "medicine", "allergy", "fact", "constitution")


def read(question: str, lexicon: Lexicon) -> Named:
    """What a question names."""
    text = folded(question)
    candidates = [*_chinese(text, lexicon), *_letters(text, lexicon)]
    spans = _longest([span for span in candidates if any(kind != _SIGN for kind, _ in span.targets)])
    allergic = _allergic(text, spans)
    found: dict[str, dict[str, None]] = {field: {} for field in _FIELD.values()}
    found["red_flags"] = dict.fromkeys(_signs(candidates, spans))
    for span in spans:
        denied = bool(_DENIED.search(text[: span.start]))
        for kind, code in span.targets:
            if kind == _SIGN or (kind == "allergy" and span not in allergic) or (denied and kind in _OF_THE_PERSON):
                continue
            found[_FIELD[kind]][code] = None
    return _with_age(text, found, _rest(text, spans))


def _signs(candidates: list[_Span], spans: list[_Span]) -> Iterator[str]:
    """Warning signs take nothing from other names (怀孕出血 is a sign, and names a pregnancy), and count unless they are part of one."""
    for span in candidates:
        if not any(
            other.start <= span.start and span.end <= other.end and other.end - other.start > span.end - span.start for other in spans
        ):
            yield from (code for kind, code in span.targets if kind == _SIGN)


def _rest(text: str, spans: list[_Span]) -> str:
    left = list(text)
    for span in spans:
        left[span.start : span.end] = " " * (span.end - span.start)
    return " ".join(_ASKING.sub(" ", _AGE.sub(" ", "".join(left))).split())


def _with_age(text: str, found: dict[str, dict[str, None]], rest: str) -> Named:
    facts = found["facts"]
    said = _AGE.search(text)
    age = int(said[1]) if said else OLD if "old" in facts else CHILD if "child" in facts else None
    for word in ("old", "child"):
        facts.pop(word, None)
    if any(fact.startswith("trimester") for fact in facts):
        facts["pregnant"] = None
    return Named(**{field: tuple(codes) for field, codes in found.items()}, age=age if age is None or age < 120 else None, rest=rest)


def _chinese(text: str, lexicon: Lexicon) -> Iterator[_Span]:
    for start in range(len(text)):
        if not _HAN.match(text[start]):
            continue
        for end in range(start + 1, min(len(text), start + lexicon.longest) + 1):
            targets = lexicon.names.get(text[start:end])
            if targets and (end - start > 1 or _stands_alone(text, start)):
                yield _Span(start, end, targets)


def _stands_alone(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before in _BEFORE_ONE or not _HAN.match(before)) and (not after or after in _AFTER_ONE or not _HAN.match(after))


def _letters(text: str, lexicon: Lexicon) -> Iterator[_Span]:
    words = list(_WORD.finditer(text.replace("'s", "  ")))
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST_PHRASE, len(words))):
            start, end = words[first].start(), words[last].end()
            if _HAN.search(text, start, end):
                break
            written = text[start:end].replace("'s", "  ")
            targets = lexicon.names.get(plain_words(written)) or lexicon.spoken.get("".join(_WORD.findall(written)))
            if targets:
                yield _Span(start, end, targets)


def _longest(spans: list[_Span]) -> list[_Span]:
    """Spans that do not overlap, longer ones first, in the order of the text."""
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def _allergic(text: str, spans: list[_Span]) -> list[_Span]:
    """Spans of allergens that the question calls so: 对花生和牛奶过敏, `allergic to peanuts and milk`, `egg allergy`."""
    named = [span for span in spans if any(kind == "allergy" for kind, _ in span.targets)]
    found: list[_Span] = [span for span in named if _ALLERGIC.search(text[span.start : span.end])]
    for word in _ALLERGIC.finditer(text):
        edge = word.start()
        for span in reversed([s for s in named if s.end <= word.start()]):
            if not _JOINS.fullmatch(text[span.end : edge]):
                break
            found.append(span)
            edge = span.start
        edge = word.end()
        for span in [s for s in named if s.start >= word.end()] if word[0].isascii() else []:
            if not _JOINS.fullmatch(text[edge : span.start]):
                break
            found.append(span)
            edge = span.end
    return found
