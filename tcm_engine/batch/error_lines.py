"""The lines of an errors file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from ..model import Fault
from .words import Phrases

HEADER = ("person_id", "row", "path", "message")


class ErrorLines:
    """One line per fault. Ids are written as they were given, here as in the scores, so that tables can be joined."""

    def __init__(self, file: TextIO, phrases: Phrases):
        self._writer, self._say = csv.writer(file, lineterminator="\n"), phrases.fault

    def begin(self) -> None:
        self._writer.writerow(HEADER)

    def write(self, person_id: str, row: int, faults: Iterable[Fault]) -> None:
        """`row` 1 is the first after the header."""
        self._writer.writerows([person_id, row, fault.path, self._say(fault)] for fault in faults)
