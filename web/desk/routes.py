"""What an area of the desk offers: its addresses, each with the right that it asks for, and its places in the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tcm_engine.center import Right

SHOW, SEND, BOTH = ("GET",), ("POST",), ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Route:
    rule: str
    """Below /desk; starts with a slash."""
    endpoint: str
    view: Callable[..., Any]
    methods: tuple[str, ...]
    right: Right | None
    """None: whoever is signed in."""
    open: bool = False
    """Without a session: signing in and one-time links alone."""
    unfinished: bool = False
    """Also while the second factor is still to come."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the menu."""

    label: str
    endpoint: str
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """One part of the desk. Its words stand in the catalogue `domain`, after which those of the desk are looked at."""

    domain: str
    routes: tuple[Route, ...]
    menu: tuple[Entry, ...] = ()
