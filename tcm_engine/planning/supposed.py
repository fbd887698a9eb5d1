"""An assessment that nobody answered: of a type that a question names, or of the matrix's plain person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType

from tcm_engine.model import CONSTITUTIONS, Assessment, Coded, ScaleResult

_ITEMS = 8


def supposed(types: Collection[str]) -> Assessment:
    """These types are `yes` with the least weight of a yes, the others are `no`."""
    scales = tuple(ScaleResult(c, _ITEMS, _ITEMS, 0.0, "yes" if c in types else "no", None, 0.0, None, None) for c in CONSTITUTIONS)
    nothing: Mapping[str, int] = MappingProxyType({})
    return Assessment("", "", nothing, None, date.min, scales, next(iter(types), None), (), (), Coded("single"), (), "", "")
