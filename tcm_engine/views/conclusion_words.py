"""The short words of an assessment, without its strip, paragraphs and sources: what an interface for machines shows."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge_base import KnowledgeBase
from tcm_engine.model import Assessment, Coded

from .present_result import review_words
from .sentences import conclusion_words
from .telling import Telling


def say_conclusion(assessment: Assessment, lang: str, knowledge: KnowledgeBase) -> str:
    """The conclusion in one line, the same as in a file of scores: 气虚质，兼有阳虚质."""
    return conclusion_words(lang, knowledge.constitutions).say(assessment.conclusion)


def say_review(reasons: Iterable[Coded], lang: str, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Why a practitioner should look at it, a sentence each."""
    tell = Telling(lang, knowledge)
    return tuple(review_words(reason, tell) for reason in reasons)
