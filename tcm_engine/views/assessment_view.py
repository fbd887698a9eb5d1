"""What is shown of an assessment: every field is ready to print in one language, nothing is left to compute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .strip import Strip

State = Literal["primary", "tie", "leading_unknown", "tendencies", "balanced", "basically", "undetermined"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a statement rests on; printed small, never left out."""

    grade: str
    """Code of `knowledge_base.model.Grade`."""
    grade_word: str
    """One fixed word for it: 国家标准, 政府指南, 专家共识, 教材药典, 临床研究, 传统经验, 本产品的决定."""
    unreviewed: str
    """`未经复核` or `来源有分歧` where that is so, else empty."""
    sources: tuple[int, ...] = ()
    """Numbers in the view's list of sources."""


@dataclass(frozen=True, slots=True)
class TypeResult:
    """One of the nine types."""

    code: str
    letter: str
    name: str
    """气虚质."""
    short: str
    """气虚."""
    raw: int | None
    items: int
    score: int | None
    """Rounded, for display only."""
    score_text: str
    interval_text: str
    """`约37～55`, or empty."""
    verdict: str
    """Verdict code."""
    verdict_word: str
    margin_text: str
    """`改动1个答案就可能不同`, or empty where undetermined."""
    margin_steps: str
    """Least number of answer steps that change the verdict, as a number for a table; `—` where undetermined."""
    chance_text: str
    """`再测一次，10次里约有3次结论不同`, or empty."""
    near: bool
    """The interval crosses a cut-off."""


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """An answer that counted much for the result."""

    key: str
    question: str
    answer: str
    """The chosen option's words."""
    types: tuple[str, ...]
    """Short names of the types it counted for."""
    types_text: str


@dataclass(frozen=True, slots=True)
class SourceView:
    number: int
    """1, 2, 3 … in the order of first use."""
    code: str
    title: str
    issuer: str
    year: str
    document: str
    """The document's own number, or empty."""
    places: tuple[str, ...]
    """Where in it: chapters, tables, pages; without repeats."""
    grade_word: str
    seen_words: str
    """How we know the source: its text, a copy, an abstract, from memory, our own decision."""


@dataclass(frozen=True, slots=True)
class AssessmentView:
    lang: str
    """`zh-Hans`, `zh-Hant` or `en`."""
    html_lang: str
    """What belongs into the lang attribute: `zh-CN`, `zh-TW`, `en`."""
    state: State
    statement: str
    """`气虚质，兼有阳虚质`: large, without a full stop, without 您."""
    statement_parts: tuple[str, ...]
    """The same in phrases that must not be broken across lines; joined they are the statement."""
    sentence: str
    """What it means in body feelings, one sentence."""
    caveat: str
    """A line right below the statement where the result is near a line, a tie or undetermined; else empty."""
    sure: tuple[str, ...]
    """How sure the result is, one to three sentences."""
    strip: Strip
    types: tuple[TypeResult, ...]
    """Nine, in the standard's order."""
    named: tuple[TypeResult, ...]
    """The types that the statement speaks of, in its order; empty where undetermined."""
    meaning: tuple[tuple[str, tuple[str, ...]], ...]
    """For each named type: its name, and paragraphs on what it means."""
    counted: tuple[CountedAnswer, ...]
    """Why this result: the answers that counted most, at most six."""
    review: tuple[str, ...]
    """Why a practitioner should look at it, one sentence each; empty where nobody needs to."""
    day: str
    """Date of the assessment in words."""
    instrument: str
    """Code."""
    instrument_title: str
    edition: str
    recall: str
    method: tuple[str, ...]
    """How the score came about and what the margin of error rests on, in sentences."""
    rights: str
    """Rights in the wording of the form; where the wording is a translation, also that nobody validated it."""
    evidence: Evidence
    """Of the scoring rule. Its numbers point into `sources`."""
    sources: tuple[SourceView, ...]
    not_a_diagnosis: str
    """The short line that stands on every page."""
    engine_version: str
    knowledge_version: str
