"""Heads of audit trails kept outside the database: who sets back the whole database to an earlier day does not set these back.

A line each in `var/audit_anchors.jsonl`, stamped with the installation's key. Whoever copies the last line elsewhere, or keeps an
export on paper, has an anchor that nobody with access to this machine can change.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from tcm_engine.records import Vault, audit

from .audit_check import Anchor, Checked

NAME = "audit_anchors.jsonl"


def keep_anchor(var: Path, vault: Vault, organisation: int, checked: Checked) -> None:
    """Add the head of a trail that was found intact, unless it stands there already."""
    anchor = Anchor(checked.number, checked.digest)
    if not checked.number or anchor in read_anchors(var, vault, organisation):
        return
    seal = vault.stamp(audit.head_content(organisation, anchor.number, anchor.digest))
    line = {"organisation": organisation, "number": anchor.number, "digest": anchor.digest.hex(), "seal": seal.hex()}
    var.mkdir(parents=True, exist_ok=True)
    handle = os.open(var / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_anchors(var: Path, vault: Vault, organisation: int) -> tuple[Anchor, ...]:
    """Anchors of an organisation whose stamp is ours; lines of an earlier key, and broken ones, say nothing."""
    try:
        lines = (var / NAME).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(anchor for line in lines if (anchor := _anchor(line, vault, organisation)))


def _anchor(line: str, vault: Vault, organisation: int) -> Anchor | None:
    try:
        found = json.loads(line)
        anchor = Anchor(int(found["number"]), bytes.fromhex(found["digest"]))
        ours = found["organisation"] == organisation
        seal = bytes.fromhex(found["seal"])
    except (ValueError, KeyError, TypeError):
        return None
    stamped = vault.stamped(audit.head_content(organisation, anchor.number, anchor.digest), seal)
    return anchor if ours and stamped else None
