"""The second factor: time-based codes (RFC 6238), each taken once, and recovery codes for a lost telephone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp

STEP_SECONDS = 30
RECOVERY_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is mistaken for something else."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """To be shown to its owner until a first code is given."""

    secret: str
    address: str
    """otpauth:// address, for a QR code."""


def new_secret() -> str:
    return pyotp.random_base32()


def enrolment(secret: str, login: str, organisation: str) -> Enrolment:
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=organisation))


def step_of(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """The time step whose code this is: the present one or a neighbour, later than the last one taken. None if it is none of these."""
    sent, current = code.strip().replace(" ", ""), int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        if (last is None or step > last) and hmac.compare_digest(totp.generate_otp(step), sent):
            return step
    return None


def new_recovery_codes() -> tuple[str, ...]:
    """Shown once; only their keyed hashes are kept."""
    return tuple("-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(2)) for _ in range(RECOVERY_CODES))


def recovery_hash(secret: str, code: str) -> str:
    """Keyed with the account's own secret, which is sealed: it lives and dies with it, whatever the installation's key."""
    plain = "".join(c for c in code.casefold() if c.isalnum())
    return hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()


__all__ = ["RECOVERY_CODES", "STEP_SECONDS", "Enrolment", "enrolment", "new_recovery_codes", "new_secret", "recovery_hash", "step_of"]
