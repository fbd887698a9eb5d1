"""Names as they are searched for: folded, in full pinyin and by initials, in every reading that a character has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice, product

MOST_READINGS = 64
"""Of one name: three characters with four readings each. Readings of the surname come first, then the usual ones of the rest."""
_LEFT_OUT = frozenset("·•‧・.'’-")


def folded_name(name: str) -> str:
    """Width, capitals, spaces and the dots of long names made alike."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if not character.isspace() and character not in _LEFT_OUT)


def readings(name: str) -> tuple[str, ...]:
    """Full pinyin without tones in every reading: 单于 is danyu, shanyu and chanyu; ü is v and u."""
    return tuple(dict.fromkeys("".join(one) for one in _spelt(name)))


def initials(name: str) -> tuple[str, ...]:
    """First letters of every reading: `zs` for 张三."""
    return tuple(dict.fromkeys("".join(part[:1] for part in one) for one in _spelt(name)))


def _spelt(name: str) -> Iterator[tuple[str, ...]]:
    """One reading after the other, a part a character. Character by character: in a name 曾 is zeng, whatever stands behind it."""
    from pypinyin import Style, pinyin

    parts = []
    for character in folded_name(name):
        heard = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        parts.append(list(dict.fromkeys(form for one in heard for form in (one, one.replace("v", "u")))))
    # The first part varies fastest, so that every reading of the surname is among those that are kept.
    return (tuple(reversed(one)) for one in islice(product(*reversed(parts)), MOST_READINGS)) if parts else iter(())
