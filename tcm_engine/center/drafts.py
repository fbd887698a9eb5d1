"""Half-answered forms, so that a reload or a lost connection loses nothing. The token is all that opens one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec

from tcm_engine.records import add_draft, change_draft, find_draft, remove_draft

from .center import Caller, Center
from .errors import NotFound
from .rights import permit

MOST_BYTES = 65_536
"""A draft larger than that is no form of ours."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    token: str
    """For a cookie; nowhere else."""
    content: Mapping[str, Any]
    expires_at: datetime


def start_draft(center: Center, caller: Caller, content: Mapping[str, Any] = MappingProxyType({})) -> KeptDraft:
    """Raises NotAllowed."""
    permit(caller, "fill_in_form")
    now = center.clock()
    with center.records.write() as db:
        row = add_draft(db, center.records.vault, caller.organisation, _bytes(content), now, now + center.keeping.visit)
    return KeptDraft(row.token, dict(content), row.expires_at)


def read_draft(center: Center, caller: Caller, token: str) -> KeptDraft:
    """Raises NotAllowed, NotFound."""
    permit(caller, "fill_in_form")
    with center.records.read() as db:
        row = find_draft(db, center.records.vault, caller.organisation, token, center.clock())
    if row is None:
        raise NotFound
    return KeptDraft(token, msgspec.json.decode(row.content), row.expires_at)


def edit_draft(center: Center, caller: Caller, token: str, change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> KeptDraft:
    """Replace a draft's content by what `change` makes of it, in one transaction: two tabs lose nothing of each other's.

    The visit is counted from now on. Raises NotAllowed, NotFound.
    """
    permit(caller, "fill_in_form")
    now = center.clock()
    until = now + center.keeping.visit
    vault = center.records.vault
    with center.records.write() as db:
        row = find_draft(db, vault, caller.organisation, token, now, lock=True)
        if row is None:
            raise NotFound
        content = change(msgspec.json.decode(row.content))
        change_draft(db, vault, caller.organisation, token, _bytes(content), now, until)
    return KeptDraft(token, content, until)


def drop_draft(center: Center, caller: Caller, token: str) -> None:
    """Delete a draft now. What is already gone is no error. Raises NotAllowed."""
    permit(caller, "fill_in_form")
    with center.records.write() as db:
        remove_draft(db, center.records.vault, caller.organisation, token)


def _bytes(content: Mapping[str, Any]) -> bytes:
    data = msgspec.json.encode(dict(content))
    if len(data) > MOST_BYTES:
        raise ValueError(f"a draft has at most {MOST_BYTES} bytes")
    return data
