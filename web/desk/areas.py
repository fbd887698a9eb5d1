"""Every area of the desk, in the order of the menu."""

from __future__ import annotations

from . import home, people
from .routes import Area

AREAS: tuple[Area, ...] = (home.AREA, people.AREA)
