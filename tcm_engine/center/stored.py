"""Model objects as the bytes that are kept, and back. Lossless: what is read equals what was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec

from tcm_engine.model import Assessment, Person, Plan


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    id: str
    assessment: Assessment
    person: Person
    created_at: datetime
    expires_at: datetime | None
    """None: kept until it is removed."""


@dataclass(frozen=True, slots=True)
class StoredPlan:
    id: str
    assessment_id: str
    """Public id of the assessment it was made from."""
    plan: Plan
    name: str
    """The person's name, where it was given; for the letterhead."""
    lang: str
    """The language it was asked for in; any other can be shown."""
    version: int
    state: str
    """`draft`: nobody has signed it."""
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanContent:
    """What a plan's record holds."""

    assessment_token: str
    lang: str
    plan: Plan


def _plain(value: Any) -> Any:
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


_encoder = msgspec.json.Encoder(enc_hook=_plain)
_assessments = msgspec.json.Decoder(Assessment)
_people = msgspec.json.Decoder(Person)
_plans = msgspec.json.Decoder(PlanContent)
encode = _encoder.encode
decode_assessment = _assessments.decode
decode_person = _people.decode
decode_plan = _plans.decode
