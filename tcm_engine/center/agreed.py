"""What every plan of a client asks, wherever it is made: whether the client still agrees. Consents themselves are the privacy wing's."""

from __future__ import annotations

from sqlalchemy import Connection

from tcm_engine.records import consent

from .errors import ConsentMissing


def require_standing(db: Connection, organisation: int, client: int | None) -> None:
    """Raises ConsentMissing where a client never agreed to the processing of health data or withdrew it, or said no to a program that
    decides. None: a self-test, whose owner agreed before the first question."""
    if client is None:
        return
    standing: dict[str, bool] = {}
    for row in consent.of_client(db, organisation, client):
        standing[row.purpose] = standing.get(row.purpose, False) or row.withdrawn_at is None
    if not standing.get("health_data", False):
        raise ConsentMissing("health_data")
    if not standing.get("automated_decision", True):
        raise ConsentMissing("automated_decision")
