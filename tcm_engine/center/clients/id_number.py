"""Numbers of identity cards: GB 11643-1999.

Six digits of the place, eight of the day of birth, three that count (odd: male), a check digit.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from tcm_engine.model import Sex, day_of

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""2 to the power of the place, modulo 11 (GB 11643-1999, after ISO 7064 MOD 11-2)."""
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class IdNumber:
    number: str
    """18 characters, X written large."""
    birth_date: date
    sex: Sex


def check_digit(first: str) -> str:
    """The eighteenth character of 17 digits."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def read_id_number(text: str) -> IdNumber | str:
    """The number, or the code of what is wrong with it: `id_number_shape`, `id_number_day` or `id_number_check`."""
    number = "".join(unicodedata.normalize("NFKC", text).upper().split())
    first, last = number[:17], number[17:]
    if len(number) != 18 or not (first.isascii() and first.isdigit() and first[0] != "0") or last not in set(_CHECK):
        return "id_number_shape"
    born = day_of(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    if born is None:
        return "id_number_day"
    if check_digit(first) != last:
        return "id_number_check"
    return IdNumber(number, born, "male" if int(number[16]) % 2 else "female")
