"""What is known of a person, and what is not: `None` is "not known", an empty tuple is "none"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list a person gave: codes that the register knows, and words that it does not (kept, counted as unknown)."""

    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    zone: str | None = None
    """Code of the climate-zone register."""
    tz: str = "Asia/Shanghai"
    hemisphere: Literal["north", "south"] = "north"
    humidity_percent: float | None = None
    """Relative humidity of these days, measured or forecast."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A person without a name: what triage, exclusion and ranking may look at."""

    sex: Sex | None = None
    birth_date: date | None = None
    pregnant: bool | None = None
    trimester: int | None = None
    lactating: bool | None = None
    conditions: Listed | None = None
    medicines: Listed | None = None
    allergies: Listed | None = None
    complaints: Listed | None = None
    complaint_answers: Mapping[str, Mapping[str, bool]] = field(default_factory=lambda: MappingProxyType({}))
    """Complaint -> code of one of its questions -> yes or no; a question that is not named was not answered."""
    red_flags: Mapping[str, bool | None] = field(default_factory=lambda: MappingProxyType({}))
    """Code of a red flag -> present, absent or not known; a flag that is not named was not asked."""
    vitals: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    place: Place = Place()
    preferences: Listed | None = None

    def age_on(self, day: date) -> int | None:
        """Whole years on `day`; None where the birth date is not known."""
        if self.birth_date is None:
            return None
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
