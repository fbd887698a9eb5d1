"""Moments and days as the desk shows them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import g

HOME_ZONE = ZoneInfo("Asia/Shanghai")


def shown_moment(moment: datetime | None) -> str:
    """Day and time where most readers live; empty for none."""
    return format_datetime(moment.astimezone(HOME_ZONE), "medium", locale=g.display.locale) if moment else ""


def shown_day(day: date | None) -> str:
    return format_date(day, "medium", locale=g.display.locale) if day else ""
