"""Regular expressions that match the days of a period and nothing else, so that a schema says exactly what is accepted."""

from __future__ import annotations

from calendar import isleap
from datetime import date

_MONTHS = {month: 31 if month in (1, 3, 5, 7, 8, 10, 12) else 28 if month == 2 else 30 for month in range(1, 13)}


def days_between(first_year: int, last: date) -> str:
    """Matches `YYYY-MM-DD` of every real day from the first of January of `first_year` to `last`, inclusive."""
    years = range(first_year, last.year)
    leap = [year for year in years if isleap(year)]
    parts = [f"{_any(years)}-{_month_days(range(1, 13))}"] if years else []
    parts += [f"{_any(leap)}-02-29"] if leap else []
    parts += [f"{last.year}-{_month_days(range(1, last.month))}"] if last.month > 1 else []
    parts += [f"{last.year}-02-29"] if last.month > 2 and isleap(last.year) else []
    parts += [f"{last.year}-{last.month:02}-{_days(last.day)}"]
    return f"^({'|'.join(parts)})$"


def _month_days(months: range) -> str:
    by_length: dict[int, list[int]] = {}
    for month in months:
        by_length.setdefault(_MONTHS[month], []).append(month)
    return "(" + "|".join(f"({'|'.join(f'{m:02}' for m in same)})-{_days(length)}" for length, same in by_length.items()) + ")"


def _days(last: int) -> str:
    return "(" + "|".join(f"{day:02}" for day in range(1, last + 1)) + ")"


def _any(years: range | list[int]) -> str:
    """The years as an alternation, whole decades as one."""
    by_decade: dict[int, list[int]] = {}
    for year in years:
        by_decade.setdefault(year // 10, []).append(year % 10)
    return "(" + "|".join(f"{decade}[{''.join(map(str, ends))}]" for decade, ends in by_decade.items()) + ")"
