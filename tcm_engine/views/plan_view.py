"""What is shown of a plan: ready to print in one language. Page, API and PDF read the same fields."""

from __future__ import annotations

from dataclasses import dataclass

from .assessment_view import AssessmentView, Evidence, SourceView
from .item_view import CautionView, ItemView, MovementView, PointView


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who the paper is for and from. Not part of a plan: names never enter the engine."""

    client_name: str = ""
    centre_name: str = ""
    logo: bytes = b""
    logo_mime: str = ""
    """`image/png`, `image/jpeg` or `image/svg+xml`."""
    contacts: str = ""
    practitioner: str = ""
    licence_no: str = ""
    reviewed_on: str = ""
    """Date of the practitioner's signature, in words; empty for a plan that nobody reviewed."""


@dataclass(frozen=True, slots=True)
class FlagView:
    code: str
    urgency: str
    """`emergency`, `within_24h`, `within_2_weeks` or `soon`."""
    urgency_word: str
    """`立即`, `24小时内`, `2周内`, `尽早`."""
    sign: str
    action: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class FirstThing:
    """One of the three things to begin with."""

    id: str
    domain_name: str
    title: str
    line: str
    """Amount and frequency in one line."""
    stop: str


@dataclass(frozen=True, slots=True)
class DomainView:
    code: str
    name: str
    aim: str
    """One sentence: what this part of the plan is for."""
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class DayEntry:
    id: str
    title: str
    line: str
    """Amount, short."""
    moment: str
    """`早上`, `睡前` …; empty where it may be any time."""


@dataclass(frozen=True, slots=True)
class DayView:
    iso: str
    day: str
    """`11月24日`."""
    weekday: str
    entries: tuple[DayEntry, ...]


@dataclass(frozen=True, slots=True)
class TermChangeView:
    domain_name: str
    text: str


@dataclass(frozen=True, slots=True)
class TermView:
    code: str
    name: str
    season: str
    season_name: str
    dates: str
    """`11月22日至12月6日`."""
    begins: str
    ends: str
    """ISO dates; `ends` is the last day that belongs to it."""
    theme: str
    now: bool
    changes: tuple[TermChangeView, ...]
    items: tuple[str, ...]
    """Titles of the pieces that matter more in this term."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class LeftOut:
    id: str
    title: str
    domain_name: str
    rule: str
    why: str
    """The rule that rejected it, in words."""
    unsure: str


@dataclass(frozen=True, slots=True)
class FoodView:
    """A food of the shopping list, or one to leave."""

    code: str
    name: str
    note: str
    """Why: `适合气虚质`, with the daily limit where there is one."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ProgrammeWeekView:
    number: int
    name: str
    """`第1周`."""
    about: str
    begins: tuple[tuple[str, str, str], ...]
    """(id of the item, word of its slot, its title) for what begins in this week; what began earlier goes on."""


@dataclass(frozen=True, slots=True)
class ComplaintView:
    code: str
    name: str
    in_plain_words: str
    pattern: str
    """To which pattern the answers point, how it shows, and that this is no diagnosis; empty where they point to none."""
    heard: tuple[str, ...]
    """The questions answered yes that speak for it."""
    weeks: tuple[ProgrammeWeekView, ...]
    """The programme; empty for a complaint that this plan serves with single pieces only."""
    missing: str
    """For which slots nothing was safe and fitting, in a sentence; empty where none."""
    expect: str
    works_if: str
    items: tuple[str, ...]
    """Titles of the pieces that serve it."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NextTime:
    iso: str
    day: str
    note: str
    """What this date is for."""


@dataclass(frozen=True, slots=True)
class PlanView:
    lang: str
    html_lang: str
    title: str
    """Title of the document; without the client's name."""
    letterhead: Letterhead
    assessment: AssessmentView
    aim: str
    """The aim of the whole plan, a clause; empty where nothing was determined."""
    day: str
    """The day for which it was made, in words."""
    season: str
    season_name: str
    term_name: str
    season_line: str
    """`小雪（11月22日至12月6日），冬季`."""
    season_principle: str
    season_needs: tuple[tuple[str, str], ...]
    """(name of the type, what it needs in this season) for each named type."""
    flags: tuple[FlagView, ...]
    """Red flags that are present, and measured values that need a doctor; stand above everything, most urgent first."""
    stopped: str
    """`nothing`, `complaints` or `everything`."""
    stopped_text: str
    """What the flags stopped, in a sentence; empty where nothing."""
    see_a_doctor: tuple[FlagView, ...]
    """For the cover's box: at most four signs at which to see a doctor first."""
    checklist: tuple[FlagView, ...]
    """Red flags that nobody asked about."""
    three: tuple[FirstThing, ...]
    domains: tuple[DomainView, ...]
    """In the fixed order; domains without a piece are left out."""
    points: tuple[PointView, ...]
    """Every point that the plan uses, once."""
    movements: tuple[MovementView, ...]
    first_week: tuple[DayView, ...]
    calendar: tuple[TermView, ...]
    avoid: tuple[CautionView, ...]
    avoid_by_level: tuple[tuple[str, tuple[CautionView, ...]], ...]
    """The same under the word of their level: what not to do, what to limit, what to take care of."""
    foods_to_choose: tuple[FoodView, ...]
    foods_to_avoid: tuple[FoodView, ...]
    left_out: tuple[LeftOut, ...]
    unknowns: tuple[str, ...]
    """`您没有回答是否怀孕，因此…`, a sentence each."""
    complaints: tuple[ComplaintView, ...]
    stop_signs: tuple[str, ...]
    """When to stop whatever one is doing; general, then by domain."""
    next_assessments: tuple[NextTime, ...]
    review: tuple[str, ...]
    """Why a practitioner should look at it."""
    sources: tuple[SourceView, ...]
    """Every source that this view cites, numbered."""
    evidence_key: tuple[tuple[str, str], ...]
    """(evidence word, what it means), for the words that occur."""
    disclaimer: tuple[str, ...]
    engine_version: str
    knowledge_version: str
    fingerprint: str
    fingerprint_short: str
    """The first 16 digits in groups of four."""
