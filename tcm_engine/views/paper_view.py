"""A plain paper: headings, sentences, facts, things to tick, lines to sign. Its words are put in by whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass

from .catalog import HTML_LANG
from .plan_view import Letterhead


@dataclass(frozen=True, slots=True)
class PaperBlock:
    heading: str
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """(label, value)"""
    question: str = ""
    choices: tuple[str, ...] = ()
    """What is ticked, each with a box before it."""


@dataclass(frozen=True, slots=True)
class PaperView:
    lang: str
    letterhead: Letterhead
    title: str
    lead: str
    blocks: tuple[PaperBlock, ...]
    lines: tuple[str, ...] = ()
    """Labels of lines to write on: name, date, signature."""
    foot: str = ""
    """At the bottom of every page."""

    @property
    def html_lang(self) -> str:
        return HTML_LANG[self.lang]
