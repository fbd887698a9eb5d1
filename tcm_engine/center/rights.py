"""Who may do what. What is not granted here is denied, to every role and in every use case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from tcm_engine.records import PUBLIC, Role

from .center import Caller
from .errors import NotAllowed

Right = Literal["create_assessment", "read_assessment", "create_plan", "read_plan", "fill_in_form", "keep_by_link", "forget"]

_READS: frozenset[Right] = frozenset({"read_assessment", "read_plan"})
_WORKS: frozenset[Right] = _READS | {"create_assessment", "create_plan"}
SELF_TEST: frozenset[Right] = _WORKS | {"fill_in_form", "keep_by_link", "forget"}
"""What a person without an account may do with what they made themselves."""
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        # Nothing says yet which of a centre's records are a client's own.
        "client": frozenset(),
        "operator": _WORKS,
        "practitioner": _WORKS,
        "manager": _WORKS,
        "administrator": _WORKS,
        "auditor": _READS,
    }
)


def permit(caller: Caller, right: Right) -> None:
    """Raises NotAllowed. Whether a record is the caller's organisation's is asked where it is looked up."""
    granted = SELF_TEST if caller.organisation == PUBLIC else RIGHTS[caller.role] if caller.role else frozenset()
    if right not in granted:
        raise NotAllowed
