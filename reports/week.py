"""The first week turned into a sheet to tick: a row a piece, a column a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tcm_engine.views import DayEntry, DayView


@dataclass(frozen=True, slots=True)
class Row:
    entry: DayEntry
    days: tuple[bool, ...]
    """For each day, whether the piece is due."""


def rows(week: Sequence[DayView]) -> tuple[Row, ...]:
    """In the order in which the pieces first come up."""
    entries = {entry.id: entry for day in week for entry in day.entries}
    due = [{entry.id for entry in day.entries} for day in week]
    return tuple(Row(entry, tuple(id_ in ids for ids in due)) for id_, entry in entries.items())
