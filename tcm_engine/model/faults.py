"""What is wrong with an input: all of it at once, each at its place. Codes and parameters; `views` puts words on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Fault:
    path: str
    """JSON path of the fault: `$.answers.tired`."""
    code: str
    """What is wrong: `missing`, `out_of_range`, `not_a_whole_number`, `unknown_key`, `wrong_sex` …"""
    params: Mapping[str, str | int | float] = field(default_factory=lambda: MappingProxyType({}))
    """Values for the message's placeholders. Never what a person wrote, but for numbers and register codes."""


class InvalidInput(ValueError):
    """Raised once, with every fault found."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} fault(s): " + ", ".join(f"{f.path} {f.code}" for f in self.faults[:5]))
