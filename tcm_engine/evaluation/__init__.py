"""What a group looks like: counts and shares with honest intervals, and what of them may be shown to whom. Arrays in, tables out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .crowd import AGE_FROM, AGE_UNKNOWN, CERTAIN_FROM, TYPES, Crowd, cross, main_types, numbered, verdict_counts
from .indicators import EmployerReport, EmployerTable, GroupRates, GroupTable, Indicators, Line, Section
from .proportions import Difference, Share, difference, share

if TYPE_CHECKING:
    from .withholding import WITHHELD, Publication, Published, publish

__all__ = [
    "AGE_FROM",
    "AGE_UNKNOWN",
    "CERTAIN_FROM",
    "TYPES",
    "WITHHELD",
    "Crowd",
    "Difference",
    "EmployerReport",
    "EmployerTable",
    "GroupRates",
    "GroupTable",
    "Indicators",
    "Line",
    "Publication",
    "Published",
    "Section",
    "Share",
    "cross",
    "difference",
    "main_types",
    "numbered",
    "publish",
    "share",
    "verdict_counts",
]

_LATE = frozenset({"WITHHELD", "Publication", "Published", "publish"})


def __getattr__(name: str) -> Any:
    """Withholding is read when first used: it brings scipy with it."""
    if name in _LATE:
        from . import withholding

        return getattr(withholding, name)
    raise AttributeError(name)
