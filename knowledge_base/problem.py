"""What is wrong with the knowledge: every fault at its file and place, with what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    file: str
    """Relative to the data folder."""
    path: str
    """Place in the file, as a JSON path: `$.benefit`."""
    message: str
    """The value, the limit and the remedy, in one sentence."""

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.message}"


class KnowledgeError(ValueError):
    """The knowledge base does not load; `problems` has every reason, sorted by file."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
