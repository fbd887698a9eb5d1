"""The numbers of a period or a campaign, in codes: what is counted, of how many, and how many could not be counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .proportions import Difference, Share


@dataclass(frozen=True, slots=True)
class Line:
    """One number of one section."""

    code: str
    share: Share
    """count and of; the share's interval with them."""
    change: Difference | None = None
    """Against the earlier period."""


@dataclass(frozen=True, slots=True)
class Section:
    """Numbers that belong together."""

    code: str
    lines: tuple[Line, ...]
    missing: int = 0
    """People of whom the section cannot say everything."""


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Main types by group."""

    by: str
    """branch, unit, sex or age."""
    groups: tuple[str, ...]
    """Codes of sexes or ages, else names; empty for those of no unit or branch."""
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Indicators:
    begins: date
    ends: date
    """Both days included."""
    compare: tuple[date, date] | None
    """The earlier period."""
    branch: str
    campaign: str
    employer: str
    """Names; empty where none was chosen."""
    day: date
    """The day on which it was counted."""
    people: int
    sittings: int
    roster: int | None
    """People of the campaign; None for a period."""
    instruments: tuple[str, ...]
    sections: tuple[Section, ...]
    groups: GroupTable | None
    compared_people: int | None = None

    def section(self, code: str) -> Section:
        return next(one for one in self.sections if one.code == code)
