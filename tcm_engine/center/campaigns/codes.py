"""The short code of a person in a campaign, as cards and paper forms print it: the number and a check digit, 0427-3."""

from __future__ import annotations

import unicodedata

_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205",
    "2581436790",
)  # fmt: skip
"""A quasigroup of order 10 (Damm 2004): every wrong digit and every swap of neighbours is noticed."""


def code_of(number: int) -> str:
    """`0427-3`."""
    return f"{number:04d}-{_check(f'{number:04d}')}"


def number_of(code: str) -> int | None:
    """The number of a code as somebody typed it; None for what is none."""
    digits = "".join(character for character in unicodedata.normalize("NFKC", code) if character not in " -–—·.")
    if not (digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 9) or _check(digits[:-1]) != digits[-1]:
        return None
    return int(digits[:-1])


def _check(digits: str) -> str:
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)
