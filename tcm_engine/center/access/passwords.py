"""Passwords: how they are hashed, and the two policies that an organisation may choose from.

`asvs`: OWASP ASVS 4.0.3 §2.1: at least 12 characters, any characters, no rule of composition, no expiry, none that is easily guessed.
`level3`: 等级保护三级 (GB/T 22239-2019 §8.1.4.1 asks for complexity and regular change; the numbers are those usual in assessments): at
least 8 characters of three kinds, changed every 90 days, none of the last five. Both refuse what is easily guessed or holds the login.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tcm_engine.model import Fault

Policy = Literal["asvs", "level3"]
LONGEST_PASSWORD = 128
_GUESSABLE = 2
"""zxcvbn's grade, 0 to 4, up to which a password is refused: fewer than 10⁸ guesses."""

# argon2-cffi's own defaults (RFC 9106, low memory): 64 MiB, 3 passes.
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")
"""What the password of an unknown login is compared with, so that it takes as long."""


@dataclass(frozen=True, slots=True)
class Rules:
    shortest: int
    kinds: int
    """Of capital letters, small letters, digits and other characters, at least so many."""
    life: timedelta | None
    remembered: int
    """So many last passwords are not taken again."""


RULES: dict[Policy, Rules] = {
    "asvs": Rules(shortest=12, kinds=1, life=None, remembered=1),
    "level3": Rules(shortest=8, kinds=3, life=timedelta(days=90), remembered=5),
}


def hash_password(password: str) -> str:
    return _hasher.hash(_normal(password))


def is_password(hash_: str | None, password: str) -> bool:
    """Takes as long where there is no hash."""
    try:
        _hasher.verify(hash_ or _NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return hash_ is not None


def is_expired(policy: Policy, set_at: datetime | None, now: datetime) -> bool:
    life = RULES[policy].life
    return life is not None and (set_at is None or now - set_at > life)


def password_faults(policy: Policy, password: str, login: str, former: tuple[str, ...], path: str = "password") -> list[Fault]:
    """Every reason why a password is refused. `former`: hashes of the last passwords, the newest first."""
    rules, text = RULES[policy], _normal(password)
    faults = []
    if len(text) < rules.shortest:
        faults.append(Fault(path, "password_short", {"minimum": rules.shortest}))
    if len(text) > LONGEST_PASSWORD:
        return [Fault(path, "too_long", {"maximum": LONGEST_PASSWORD})]
    if _kinds(text) < rules.kinds:
        faults.append(Fault(path, "password_kinds", {"minimum": rules.kinds}))
    if login.casefold() in text.casefold():
        faults.append(Fault(path, "password_holds_login"))
    elif not faults and _is_guessable(text, login):
        faults.append(Fault(path, "password_guessable"))
    if not faults and any(is_password(hash_, password) for hash_ in former[: rules.remembered]):
        faults.append(Fault(path, "password_used_before", {"count": rules.remembered}))
    return faults


def _normal(password: str) -> str:
    """ASVS 2.1.3 keeps every blank; ２ typed on a full-width keyboard is 2."""
    return unicodedata.normalize("NFKC", password)


def _kinds(text: str) -> int:
    kinds = (str.isupper, str.islower, str.isdigit)
    return sum(any(kind(c) for c in text) for kind in kinds) + any(not any(kind(c) for kind in kinds) for c in text)


def _is_guessable(text: str, login: str) -> bool:
    from zxcvbn import zxcvbn

    return int(zxcvbn(text[:100], user_inputs=[login, "tcm", "tizhi", "zhongyi", "yangsheng"])["score"]) <= _GUESSABLE
