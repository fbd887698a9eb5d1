"""What is shown of indicators: sections of bars with their tables, the same for page, file and paper."""

from __future__ import annotations

from dataclasses import dataclass

from .plan_view import Letterhead


@dataclass(frozen=True, slots=True)
class BarView:
    label: str
    count: str
    of: int | None
    """None where the count stands alone."""
    share: float | None
    """0..1, the bar's length; None where nothing was counted."""
    share_text: str
    low: float | None
    high: float | None
    interval_text: str
    """`22%至32%`."""
    change_text: str = ""
    """Against the earlier period; empty without one."""


@dataclass(frozen=True, slots=True)
class SectionView:
    code: str
    title: str
    definition: str
    finding: str
    size_text: str
    """How many were counted, and how many could not be."""
    bars: tuple[BarView, ...]
    compared: bool
    """Whether bars carry a change."""


@dataclass(frozen=True, slots=True)
class CrossView:
    """Counts by two things, a total in the last column and row."""

    code: str
    title: str
    definition: str
    headings: tuple[str, ...]
    """The first is that of the rows' names."""
    rows: tuple[tuple[str, ...], ...]
    """Numbers as text, the words of withholding among them."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NumberView:
    """One of at most four numbers on top."""

    label: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True)
class IndicatorsView:
    lang: str
    html_lang: str
    title: str
    finding: str
    """One sentence: what stands out."""
    scope: tuple[str, ...]
    """Period or campaign, branch, employer, form; a line each."""
    day: str
    numbers: tuple[NumberView, ...]
    sections: tuple[SectionView, ...]
    crosses: tuple[CrossView, ...]
    notes: tuple[str, ...]
    """How to read it, and what it does not say."""
    audience: str
    """Who it is for: inside the centre, or the employer."""
    letterhead: Letterhead
