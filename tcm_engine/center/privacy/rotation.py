"""Changing the secret key: everything is sealed anew, while the server runs with both keys; killed at any moment, it goes on.

What stands in the database says how far it is. Each batch of rows is one transaction together with the note of where it ends, and a row
that is sealed with the current key already is left as it is: doing it twice does nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tcm_engine.center import Caller, Center, note
from tcm_engine.records import Records, audit, key_rotation, resealing

from .anchors import keep_anchor, read_anchors
from .audit_check import ROTATED, Checked, check_trail
from .files import FileFault, reseal_files

DoesNotOpen = resealing.DoesNotOpen
Say = Callable[[str, int], None]
"""Told the table that is worked on, and how many of its rows are written."""


class OneKeyOnly(RuntimeError):
    """There is no earlier key to change from."""


@dataclass(frozen=True, slots=True)
class RotationReport:
    rows: dict[str, int]
    """Table -> rows that were sealed anew in this run."""
    files: int
    """Stored files that were sealed anew in this run."""
    broken_files: tuple[FileFault, ...]
    left: dict[str, int]
    """Table -> rows that are still under an earlier key: none, or the server still runs with it."""
    waiting: tuple[resealing.Waiting, ...]
    ended: dict[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether the earlier key may go."""
        return not self.left and not self.waiting and not self.broken_files


def rotate_keys(
    center: Center, entries: resealing.Entries, *, finish: bool = False, say: Say = lambda _table, _rows: None
) -> RotationReport:
    """Seal everything anew with the first secret; `finish`: also end what only its holder could bring to the new key.

    entries: what a client's content is found by. Raises OneKeyOnly where only one secret was given and something is under another,
    resealing.DoesNotOpen where a value is broken.
    """
    records, vault, now = center.records, center.records.vault, center.clock()
    with records.write() as db:
        begun = key_rotation.find(db, vault.key_id)
        if begun is None:
            if len(vault.key_ids) < 2:
                raise OneKeyOnly
            key_rotation.begin(db, vault.key_id, now)
    started = begun.started_at if begun else now
    rows = _reseal_rows(records, entries, begun, say)
    files, broken = reseal_files(center)
    with records.read() as db:
        still = resealing.left(db, vault)
    if not still and not (begun and begun.ended_at):
        _vouch(center, now)
    ended = {}
    if finish and not still:
        with records.write() as db:
            ended = resealing.end_waiting(db, started, now)
    with records.read() as db:
        return RotationReport(rows, files, broken, still, resealing.waiting(db, started, now), ended)


def _reseal_rows(records: Records, entries: resealing.Entries, begun: key_rotation.RotationRow | None, say: Say) -> dict[str, int]:
    """Go on behind the last batch that was committed; rows that came under the earlier key meanwhile are found by a second round."""
    order = resealing.stages()
    first = order.index(begun.stage) if begun and begun.stage in order else 0
    rows = _round(records, entries, order[first:], begun.position if begun and begun.stage in order else 0, say)
    with records.read() as db:
        still = resealing.left(db, records.vault)
    if still:
        for table, count in _round(records, entries, tuple(still), 0, say).items():
            rows[table] = rows.get(table, 0) + count
    return rows


def _round(records: Records, entries: resealing.Entries, order: tuple[str, ...], position: int, say: Say) -> dict[str, int]:
    rows: dict[str, int] = {}
    for stage in order:
        while True:
            with records.write() as db:
                reached, written = resealing.reseal(db, records.vault, stage, position, entries)
                if reached != position:
                    key_rotation.reached(db, records.vault.key_id, stage, reached)
            if reached == position:
                break
            position = reached
            if written:
                rows[stage] = rows.get(stage, 0) + written
                say(stage, rows[stage])
        position = 0
    return rows


def _vouch(center: Center, now: datetime) -> None:
    """Every trail is checked with both keys; a row under the new one then stands for all before it, so that the earlier key may go."""
    vault = center.records.vault
    heads: dict[int, Checked] = {}
    with center.records.write() as db:
        for organisation in audit.organisations(db):
            anchors = read_anchors(center.var, vault, organisation)
            checked = check_trail(db, vault, organisation, anchors)
            caller = Caller(organisation, "token:system")
            bad = checked.fault.number if checked.fault else None
            old = vault.key_ids[1].hex() if len(vault.key_ids) > 1 else ""
            note(db, center, caller, ROTATED, "key", vault.key_id.hex(), old_key=old, intact=checked.intact, first_bad=bad)
            heads[organisation] = check_trail(db, vault, organisation)
        key_rotation.reached(db, vault.key_id, key_rotation.DONE, 0, now)
    for organisation, checked in heads.items():
        if checked.intact:
            keep_anchor(center.var, vault, organisation, checked)


__all__ = ["DoesNotOpen", "OneKeyOnly", "RotationReport", "rotate_keys"]
