"""Checking an audit trail: that nothing in it was changed, removed, put in between, reordered or cut off.

Every row's digest covers its content and the digest before it, and is sealed with a key that is not in the database. The head, sealed
too, names the last row. Anchors name heads of earlier days, outside the database: in `var`, in exports, on paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from tcm_engine.records import Vault, audit

Kind = Literal["removed", "changed", "forged", "unknown_key", "cut", "no_head", "head_changed", "anchor"]
ROTATED = "key_rotated"
"""Action of the row that takes over, under a new key, for all rows before it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of a trail as it once was."""

    number: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class FirstFault:
    kind: Kind
    number: int
    """Of the first row that is wrong or missing; 0 where it is no row's."""


@dataclass(frozen=True, slots=True)
class Checked:
    rows: int
    """How many rows were read."""
    number: int
    """Of the last row; 0 where there is none."""
    digest: bytes
    """Of the last row."""
    fault: FirstFault | None

    @property
    def intact(self) -> bool:
        return self.fault is None


def check_trail(db: Connection, vault: Vault, organisation: int, anchors: Iterable[Anchor] = ()) -> Checked:
    """Read an organisation's whole trail; the first fault, if any."""
    chain = _Chain(vault, organisation, anchors)
    for row in audit.audit_rows(db, organisation):
        if chain.fault is None:
            chain.add(row)
        chain.rows += 1
    chain.end(audit.find_head(db, organisation))
    return Checked(chain.rows, chain.number, chain.digest, chain.fault)


class _Chain:
    def __init__(self, vault: Vault, organisation: int, anchors: Iterable[Anchor]):
        self._vault, self._organisation = vault, organisation
        self._anchors: dict[int, set[bytes]] = {}
        for anchor in anchors:
            self._anchors.setdefault(anchor.number, set()).add(anchor.digest)
        self._foreign: dict[bytes, int] = {}
        self.rows, self.number, self.digest = 0, 0, audit.GENESIS
        self.fault: FirstFault | None = None

    def add(self, row: audit.AuditRow) -> None:
        if row.number != self.number + 1:
            self.fault = FirstFault("removed", self.number + 1)
            return
        digest = audit.digest_of(self.digest, self._organisation, row)
        kind = self._fault_of(row, digest)
        if kind:
            self.fault = FirstFault(kind, row.number)
            return
        self.number, self.digest = row.number, digest
        self._take_over(row)

    def end(self, head: audit.HeadRow | None) -> None:
        if self.fault:
            return
        if self._foreign:
            self.fault = FirstFault("unknown_key", min(self._foreign.values()))
        elif head is None:
            self.fault = FirstFault("no_head", 0) if self.number or self._anchors else None
        else:
            self._compare(head)
        beyond = [number for number in self._anchors if number > self.number]
        if self.fault is None and beyond:
            self.fault = FirstFault("cut", self.number + 1)

    def _fault_of(self, row: audit.AuditRow, digest: bytes) -> Kind | None:
        if digest != row.digest:
            return "changed"
        if row.number in self._anchors and self._anchors[row.number] != {digest}:
            return "anchor"
        ours = self._vault.stamped(digest, row.seal)
        if ours is None:
            self._foreign.setdefault(row.seal[:4], row.number)
        return "forged" if ours is False else None

    def _take_over(self, row: audit.AuditRow) -> None:
        """A change of keys, sealed with a key of ours, vouches for every row before it: its digest covers them all."""
        if row.action == ROTATED and self._vault.stamped(row.digest, row.seal) and json.loads(row.detail).get("intact") is True:
            self._foreign.clear()

    def _compare(self, head: audit.HeadRow) -> None:
        if self._vault.stamped(audit.head_content(self._organisation, head.number, head.digest), head.seal) is not True:
            self.fault = FirstFault("head_changed", 0)
        elif head.number > self.number:
            self.fault = FirstFault("cut", self.number + 1)
        elif (head.number, head.digest) != (self.number, self.digest):
            self.fault = FirstFault("forged", head.number + 1)
