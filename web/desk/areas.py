"""Every area of the desk, in the order of the menu."""

from __future__ import annotations

from . import campaigns, clients, home, indicators, people, privacy, work
from .routes import Area

AREAS: tuple[Area, ...] = (home.AREA, campaigns.AREA, clients.AREA, work.AREA, indicators.AREA, privacy.AREA, people.AREA)
