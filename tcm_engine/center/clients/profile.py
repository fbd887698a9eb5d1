"""The profile of a record: the same words, registers and rules as everywhere; "not known" and "none" stay apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tcm_engine.center import Center
from tcm_engine.model import LISTS, Listed, Profile, read_person

from .identity import Identity

YOUNGEST = 0
"""Years. A record may be anybody's; the forms ask for adults."""
_NOT_HERE = ("name", "sex", "birth_date")
"""These are the identity's."""


def read_profile(center: Center, identity: Identity, raw: Mapping[str, Any], on: date) -> Profile:
    """Raises InvalidInput with every fault at `$.person.…`."""
    who = {"sex": identity.sex, "birth_date": identity.birth_date.isoformat() if identity.birth_date else None}
    return read_person(dict(raw) | who, center.registers, on, minimum_age=YOUNGEST).profile


def to_mapping(profile: Profile | Mapping[str, Any] | None) -> dict[str, Any]:
    """As PERSON.json has it, without what the identity says. Words that no register knows are kept as they were written."""
    if profile is None:
        return {}
    if not isinstance(profile, Profile):
        return {key: value for key, value in profile.items() if key not in _NOT_HERE}
    lists = {key: _words(getattr(profile, key)) for key in LISTS}
    place = {"zone": profile.place.zone, "tz": profile.place.tz, "hemisphere": profile.place.hemisphere}
    plain = {"pregnant": profile.pregnant, "trimester": profile.trimester, "lactating": profile.lactating}
    answers = {complaint: dict(own) for complaint, own in profile.complaint_answers.items()}
    given = {
        "red_flags": dict(profile.red_flags), "vitals": dict(profile.vitals), "complaint_answers": answers,
        "place": {key: value for key, value in place.items() if value is not None},
    }  # fmt: skip
    return plain | lists | {key: value for key, value in given.items() if value}


def _words(listed: Listed | None) -> list[str] | None:
    return None if listed is None else [*listed.codes, *listed.words]
