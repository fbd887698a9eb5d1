"""What can be found: every piece of advice, food, point, complaint and constitution, with all the words it goes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge_base import KnowledgeBase
from knowledge_base.model import Text

from .terms import folded

TITLE_WEIGHT = 5
"""A word of the title counts as often: who searches 生姜 means the food before the dishes with it. A project decision."""


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    id: str
    title: Text
    excerpt: Text
    names: tuple[str, ...]
    """Chinese title first, then other names in Chinese, English and pinyin."""
    words: tuple[str, ...]
    """Everything else that is said of it."""
    folded_names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded_names", frozenset(folded(name).strip() for name in self.names))


def entries_of(knowledge: KnowledgeBase) -> tuple[Entry, ...]:
    """In a fixed order: by kind, then by id."""
    return (*_constitutions(knowledge), *_complaints(knowledge), *_foods(knowledge), *_points(knowledge), *_advice(knowledge))


def _constitutions(knowledge: KnowledgeBase) -> Iterator[Entry]:
    for code, entry in knowledge.constitutions.items():
        names = (*_both(entry.name), *_both(entry.short), entry.pinyin, _spoken(code), *entry.aliases)
        yield Entry("constitution", str(code), entry.name, entry.in_a_sentence, names, (*_all(entry.meaning), *_both(entry.in_a_sentence)))


def _complaints(knowledge: KnowledgeBase) -> Iterator[Entry]:
    for code, entry in knowledge.complaints.items():
        words = (*_both(entry.in_plain_words), *_all(p.name for p in entry.patterns), *_all(p.shows for p in entry.patterns))
        yield Entry("complaint", code, entry.name, entry.in_plain_words, (*_both(entry.name), _spoken(code), *entry.aliases), words)


def _foods(knowledge: KnowledgeBase) -> Iterator[Entry]:
    for code, entry in knowledge.foods.items():
        types = _names(knowledge, [str(c) for c, level in entry.benefit.items() if level >= 2])
        excerpt = entry.cautions[0] if entry.cautions else entry.name
        yield Entry("food", code, entry.name, excerpt, (*_both(entry.name), _spoken(code), *entry.aliases), (*types, *_all(entry.cautions)))


def _points(knowledge: KnowledgeBase) -> Iterator[Entry]:
    for code, entry in knowledge.points.items():
        names = (*_both(entry.name), code, entry.pinyin)
        yield Entry(
            "point", code, entry.name, entry.location, names, (*_both(entry.location), *_both(entry.find_it), *_both(entry.meridian))
        )


def _advice(knowledge: KnowledgeBase) -> Iterator[Entry]:
    for id_, piece in knowledge.advice.items():
        types = _names(knowledge, [str(c) for c, level in piece.benefit.items() if level >= 2])
        serves = [word for code in piece.complaints for word in _both(knowledge.complaints[code].name)]
        foods = [word for code in piece.foods() for word in _both(knowledge.foods[code].name)]
        words = (*_both(piece.what), *_both(piece.why), *_all(piece.how), *types, *serves, *foods)
        yield Entry("advice", id_, piece.title, piece.what, _both(piece.title), words)


def _names(knowledge: KnowledgeBase, codes: list[str]) -> tuple[str, ...]:
    return tuple(word for code in codes for word in _both(knowledge.constitutions[code].name))


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _all(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(word for text in texts for word in _both(text))


def _spoken(code: str) -> str:
    """A code as words: `low_back_knee_pain` is what an integrator types."""
    return code.replace("_", " ")
