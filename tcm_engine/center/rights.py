"""Who may do what. What is not granted here is denied, to every role and in every use case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from tcm_engine.records import PUBLIC, Role

from .center import Caller
from .errors import NotAllowed

Right = Literal[
    "create_assessment",
    "read_assessment",
    "create_plan",
    "read_plan",
    "fill_in_form",
    "keep_by_link",
    "forget",
    "read_client",
    "edit_client",
    "merge_clients",
    "read_campaign",
    "fill_campaign",
    "run_campaign",
    "read_indicators",
    "give_guidance",
    "set_population",
    "issue_to_employer",
    "export_deidentified",
    "export_full",
    "answer_rights_request",
    "read_audit",
    "manage_accounts",
    "manage_organisation",
]

_READS: frozenset[Right] = frozenset({"read_assessment", "read_plan"})
_WORKS: frozenset[Right] = _READS | {"create_assessment", "create_plan"}
SELF_TEST: frozenset[Right] = _WORKS | {"fill_in_form", "keep_by_link", "forget"}
"""What a person without an account may do with what they made themselves."""
_OPERATES: frozenset[Right] = _WORKS | {"read_client", "edit_client", "read_campaign", "fill_campaign"}
_PRACTISES: frozenset[Right] = _OPERATES | {"merge_clients", "read_indicators", "give_guidance"}
_COUNTS: frozenset[Right] = frozenset({"set_population", "issue_to_employer"})
_MANAGES: frozenset[Right] = _PRACTISES | _COUNTS | {"run_campaign", "export_deidentified", "answer_rights_request"}
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        # Nothing says yet which of a centre's records are a client's own.
        "client": frozenset(),
        "operator": _OPERATES,
        "practitioner": _PRACTISES,
        "manager": _MANAGES,
        "administrator": _MANAGES | {"export_full", "read_audit", "manage_accounts", "manage_organisation"},
        "auditor": _READS | {"read_audit", "read_indicators"},
    }
)


OF_ALL: frozenset[Right] = frozenset({"read_audit", "manage_accounts", "manage_organisation"})
"""Rights over the whole organisation: nobody who is bound to a branch has them, or they could unbind themselves."""


def rights_of(caller: Caller) -> frozenset[Right]:
    """What a caller may do; empty where it has no role."""
    if caller.organisation == PUBLIC:
        return SELF_TEST
    granted = RIGHTS[caller.role] if caller.role else frozenset()
    return granted - OF_ALL if caller.branch is not None else granted


def permit(caller: Caller, right: Right) -> None:
    """Raises NotAllowed. Whether a record is the caller's organisation's is asked where it is looked up."""
    if right not in rights_of(caller):
        raise NotAllowed
