"""What a record lacks, and for whom it matters. Nothing is filled in: what is missing is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tcm_engine.center import CHILDBEARING
from tcm_engine.model import Profile

from .identity import Identity

MISSING = ("sex", "birth_date", "phone", "pregnancy", "conditions", "medicines", "allergies")
"""Codes, what changes a plan first. Each is asked of whom it concerns."""


BESIDE = ("consent", "assessment")
"""What is missing beside the record's own fields; asked of everybody."""


def missing_of(identity: Identity, profile: Mapping[str, Any], today: date) -> tuple[str, ...]:
    """Codes of `MISSING`; `profile`: as PERSON.json has it, None or absent is "not known"."""
    age = Profile(birth_date=identity.birth_date).age_on(today)
    fertile = identity.sex != "male" and (age is None or age in CHILDBEARING)
    lacks = {
        "sex": identity.sex is None,
        "birth_date": identity.birth_date is None,
        "phone": not (identity.phone or identity.contact_phone),
        "pregnancy": fertile and (profile.get("pregnant") is None or profile.get("lactating") is None),
        **{key: profile.get(key) is None for key in ("conditions", "medicines", "allergies")},
    }
    return tuple(code for code in MISSING if lacks[code])
