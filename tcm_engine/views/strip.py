"""The numbers of a result strip: nine rows, cut-offs and axis from the instrument. Drawn by `reports.figures.strip`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CutOff:
    value: float
    """In the unit of the instrument's score."""
    words: str
    """What begins here: `倾向 30`."""
    solid: bool
    """The line from which a type is `yes` is solid, the tendency's is dashed."""


@dataclass(frozen=True, slots=True)
class StripRow:
    code: str
    name: str
    """Short name of the type, without 质."""
    word: str
    """The verdict in a word."""
    value: float | None
    """Score in the instrument's unit, rounded for display; None where it cannot be known."""
    value_text: str
    low: float | None
    high: float | None
    """Where a second sitting would roughly fall; None where nothing is known of it."""
    strong: bool
    """The verdict is `yes`, or `basically` for the balanced type."""


@dataclass(frozen=True, slots=True)
class Strip:
    finding: str
    """The figure's caption: what it shows, in a sentence."""
    low: float
    high: float
    """Ends of the axis."""
    unit_words: str
    """`0至100分，越高越明显`."""
    legend: str
    """What the pale pill means."""
    cut_offs: tuple[CutOff, ...]
    rows: tuple[StripRow, ...]
    """The eight biased types, highest score first, ties in the standard's order."""
    apart: StripRow
    """The balanced type, which stands below on its own scale: here a higher score is the better one."""
    apart_words: str
    """`平和（越高越好，60分起）`."""
    apart_low: float
    apart_high: float
    """Ends of the balanced type's axis: the elderly form scores it over five items, not four."""
    apart_cut_offs: tuple[CutOff, ...]
    text: str
    """The whole figure in one sentence, as its alternative text."""
