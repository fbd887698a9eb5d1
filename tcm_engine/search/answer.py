"""A question answered: warning signs first, what the question names, the nearest pieces, and how each stands to who asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base import KnowledgeBase
from tcm_engine.planning import Catalogue

from .asker import Given, asker_of
from .find import Held, SearchHit, find
from .judging import Judge, Judgement
from .lexicon import Lexicon, lexicon_of
from .reading import Named, read

URGENCIES = ("emergency", "within_24h", "within_2_weeks", "soon")
MOST_FLAGS, MOST_NAMED = 3, 8


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    red_flags: tuple[str, ...]
    """Signs that the question names, the most urgent first."""
    named: Named
    types: tuple[str, ...]
    """Types by which it was judged: those of the question and of the person."""
    judgements: tuple[Judgement, ...]
    """Of the foods, points and pieces that were named or found; those that were asked for first."""
    hits: tuple[SearchHit, ...]
    known: bool
    """Whether anything is known of who asks."""
    person_given: bool
    unknowns: tuple[str, ...]
    """What is not known of who asks and could change the answer."""


def answer(
    catalogue: Catalogue,
    question: str,
    *,
    on: date,
    limit: int,
    lang: str,
    cache: Path,
    given: Given | None = None,
    about: Named | None = None,
) -> SearchAnswer:
    """`given`: who asks, where that is known; `about`: facts given beside the question, as if it had named them.

    Nothing is kept of either.
    """
    knowledge, who = catalogue.knowledge, given or Given()
    named = read(question, _lexicon(Held(knowledge)))
    facts = named.with_(about or Named())
    flags = sorted(named.red_flags, key=lambda code: URGENCIES.index(knowledge.red_flags[code].urgency))
    # Who may be in danger is told what to do, not what to brew: as in a plan, an emergency stops everything but what was asked about.
    urgent = any(knowledge.red_flags[code].urgency == "emergency" for code in flags)
    entries = frozenset(_entries(named))
    hits = () if urgent else find(knowledge, _words(knowledge, question, named), limit=limit, lang=lang, cache=cache, named=entries)
    asker = asker_of(catalogue, facts, who, on)
    judge = Judge(catalogue, asker)
    return SearchAnswer(
        tuple(flags[:MOST_FLAGS]), facts, asker.types, tuple(_judged(judge, named, hits)), hits, asker.known, who != Given(), asker.unknowns
    )


def _words(knowledge: KnowledgeBase, question: str, named: Named) -> str:
    """What the nearest pieces are sought by: the names of what the question names, and what else it says."""
    names = [_name(knowledge, kind, code) for kind, code in _entries(named)]
    return " ".join([*names, named.rest]) if names else question


def _name(knowledge: KnowledgeBase, kind: str, code: str) -> str:
    registers: dict[str, Any] = {"complaint": knowledge.complaints, "food": knowledge.foods, "point": knowledge.points}
    return str(registers.get(kind, knowledge.constitutions)[code].name.zh)


def _judged(judge: Judge, named: Named, hits: Iterable[SearchHit]) -> Iterator[Judgement]:
    asked = [*(("food", code) for code in named.foods[:MOST_NAMED]), *(("point", code) for code in named.points[:MOST_NAMED])]
    found = [(hit.kind, hit.id) for hit in hits if hit.kind in ("food", "point", "advice")]
    by_kind = {"food": judge.food, "point": judge.point, "advice": judge.advice}
    for kind, id_ in dict.fromkeys([*asked, *found]):
        yield by_kind[kind](id_, (kind, id_) in asked)


def _entries(named: Named) -> Iterator[tuple[str, str]]:
    for kind, codes in (
        ("constitution", named.constitutions), ("complaint", named.complaints), ("food", named.foods[:MOST_NAMED]), ("point", named.points),
    ):  # fmt: skip
        yield from ((kind, code) for code in codes)


@lru_cache(maxsize=2)
def _lexicon(held: Held) -> Lexicon:
    return lexicon_of(held.knowledge)
