"""The pieces of knowledge nearest to a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from knowledge_base import KnowledgeBase

from .entries import Entry, entries_of
from .terms import folded

if TYPE_CHECKING:
    from .index import Index

LONGEST_QUESTION = 100
"""Characters of a question that are accepted."""
LEAST_LIKENESS = 0.03
"""What is less alike shares a chance character only. A project decision."""
_lock = Lock()


@dataclass(frozen=True, slots=True)
class SearchHit:
    kind: str
    """`advice`, `food`, `point`, `complaint` or `constitution`."""
    id: str
    title: str
    excerpt: str
    score: float
    """Cosine likeness 0..1, rounded to four digits."""


def find(
    knowledge: KnowledgeBase, question: str, *, limit: int, lang: str, cache: Path, named: frozenset[tuple[str, str]] = frozenset()
) -> tuple[SearchHit, ...]:
    """At most `limit` hits, the likest first, ties by kind and id; none for a question that shares nothing with the knowledge.

    `named`: (kind, id) of entries that the question names among other words; they come first.
    """
    with _lock:
        entries, index = _prepared(Held(knowledge), cache)
    scores = index.likeness(question)
    # Who writes an entry's own name means that entry, however short the name is.
    asked = folded(question).strip()
    scores[[n for n, entry in enumerate(entries) if asked in entry.folded_names or (entry.kind, entry.id) in named]] = 1.0
    best = sorted((n for n in range(len(entries)) if scores[n] >= LEAST_LIKENESS), key=lambda n: (-round(float(scores[n]), 4), n))
    return tuple(_hit(entries[n], float(scores[n]), lang) for n in best[:limit])


class Held:
    """A knowledge base as a cache's key: two are the same where their digests are."""

    def __init__(self, knowledge: KnowledgeBase):
        self.knowledge = knowledge

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and other.knowledge.digest == self.knowledge.digest

    def __hash__(self) -> int:
        return hash(self.knowledge.digest)


@lru_cache(maxsize=2)
def _prepared(held: Held, cache: Path) -> tuple[tuple[Entry, ...], Index]:
    from .index import index_of

    entries = entries_of(held.knowledge)
    return entries, index_of(entries, held.knowledge.digest, cache)


def _hit(entry: Entry, score: float, lang: str) -> SearchHit:
    return SearchHit(entry.kind, entry.id, entry.title.in_(lang), entry.excerpt.in_(lang), round(min(score, 1.0), 4))
