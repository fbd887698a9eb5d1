"""One plan to make: everything that it depends on, and the digest of all that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from ..model import canonical


@dataclass(frozen=True, slots=True)
class Terms:
    """What all plans of a batch have in common."""

    instrument: str
    day: date
    lang: str
    engine_version: str
    knowledge_version: str


@dataclass(frozen=True, slots=True)
class PlanTask:
    row: int
    """1 is the first after the header."""
    person_id: str
    person: Mapping[str, Any]
    """As PERSON.json has it; already found to be without faults."""
    answers: Mapping[str, int]
    seconds: float | None
    key: str
    """SHA-256 (hex) over the row's content and the terms: the same key, the same document."""


def task_of(
    terms: Terms, row: int, person_id: str, person: Mapping[str, Any], answers: Mapping[str, int], seconds: float | None
) -> PlanTask:
    content = canonical({"terms": terms, "id": person_id, "person": person, "answers": answers, "seconds": seconds})
    return PlanTask(row, person_id, person, answers, seconds, hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest())


class Spool:
    """Tasks on disk in a file without a name, so that memory does not grow, and nothing is left of it when the process ends."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self.count = 0

    def add(self, task: PlanTask) -> None:
        content = [task.row, task.person_id, task.person, dict(task.answers), task.seconds, task.key]
        self._file.write(json.dumps(content).encode() + b"\n")
        self.count += 1

    def __iter__(self) -> Iterator[PlanTask]:
        """From the first; one iteration at a time."""
        self._file.seek(0)
        return (PlanTask(*json.loads(line)) for line in self._file)
