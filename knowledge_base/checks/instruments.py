"""Instruments: the nine scales, in the standard's order."""

from __future__ import annotations

from collections.abc import Iterator

from ..base import Found
from ..problem import Problem


def _contained(found: Found) -> Iterator[Problem]:
    for file, form in found["instruments"].values():
        if form.contains and form.contains not in found["instruments"]:
            yield Problem(file, "$.contains", f"{form.contains} is not in the register instruments")


CHECKS = (_contained,)
