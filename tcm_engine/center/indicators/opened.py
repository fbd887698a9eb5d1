"""Sealed records opened as the whole objects that they are."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from tcm_engine.center import Center
from tcm_engine.model import Assessment, Plan
from tcm_engine.records import statistics


class _PlanContent(msgspec.Struct):
    plan: Plan


_assessments = msgspec.json.Decoder(Assessment)
_plans = msgspec.json.Decoder(_PlanContent)


def opened_assessment(result: bytes) -> Assessment:
    return _assessments.decode(result)


def opened_plan(content: bytes) -> Plan:
    return _plans.decode(content).plan


def name_and_code(db: Connection, center: Center, organisation: int, row: statistics.AssessedRow) -> tuple[str, str]:
    """As the client's record has them now."""
    content = statistics.content_of(db, center.records.vault, organisation, row.client)
    return str(content.get("name") or ""), str(content.get("code") or "")
