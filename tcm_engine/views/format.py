"""Dates, numbers and lists as each language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def day(value: date, lang: str) -> str:
    """`2026年11月23日`, `23 November 2026`."""
    if lang == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def short_day(value: date, lang: str) -> str:
    """`11月23日`, `23 Nov`."""
    if lang == "en":
        return f"{value.day} {_MONTHS[value.month - 1][:3]}"
    return f"{value.month}月{value.day}日"


def period(first: date, last: date, lang: str) -> str:
    """`11月22日至12月6日`, `22 Nov to 6 Dec`."""
    return f"{short_day(first, lang)} to {short_day(last, lang)}" if lang == "en" else f"{short_day(first, lang)}至{short_day(last, lang)}"


def listed(words: Sequence[str], lang: str) -> str:
    """`甲、乙、丙`, `a, b and c`."""
    if lang != "en":
        return "、".join(words)
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def joined(clauses: Sequence[str], lang: str) -> str:
    """Clauses in one line: `；` or `; ` between them."""
    return ("; " if lang == "en" else "；").join(c for c in clauses if c)


def number(value: float, digits: int = 1) -> str:
    """At most `digits` decimals, none where they are zero."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(hexadecimal: str, groups: int = 4) -> str:
    """The first digits of a fingerprint in groups of four."""
    return " ".join(hexadecimal[i * 4 : i * 4 + 4] for i in range(groups)).strip()
