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
class GroupRates:
    """Other numbers of the same groups."""

    by: str
    groups: tuple[str, ...]
    columns: tuple[str, ...]
    """`section.line` codes; `roster` and `people` first where they are counts of people."""
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
    rates: GroupRates | None = None
    compared_people: int | None = None

    def section(self, code: str) -> Section:
        return next(one for one in self.sections if one.code == code)


@dataclass(frozen=True, slots=True)
class EmployerTable:
    """Main types by one grouping, as an employer may see them."""

    by: str
    """unit, sex or age."""
    rows: tuple[tuple[str, ...], ...]
    """Codes or names of the groups that each row shows as one."""
    row_totals: tuple[int, ...]
    columns: tuple[tuple[str, ...], ...]
    """Types that each column of this table shows as one."""
    column_totals: tuple[int, ...]
    cells: tuple[tuple[int, ...], ...]
    """WITHHELD where nothing is shown."""


@dataclass(frozen=True, slots=True)
class EmployerReport:
    """One instalment: what was given out."""

    campaign: str
    employer: str
    number: int
    day: date
    threshold: int
    """Groups of fewer people are not shown."""
    people: int
    """Counted in this instalment."""
    earlier: int
    """Counted in earlier ones."""
    roster: int
    """On the campaign's roster that day."""
    columns: tuple[tuple[str, ...], ...]
    """Types that each column shows as one."""
    column_totals: tuple[int, ...]
    tables: tuple[EmployerTable, ...]
    given_up: tuple[str, ...] = ()
    """Groupings that cannot be shown safely."""
