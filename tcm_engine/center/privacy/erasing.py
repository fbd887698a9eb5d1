"""Erasing a client: everything, everywhere, at once; what stays is the fact that somebody did it.

The rows go in one transaction. Files on disk go after it is committed: killed in between, nothing names them any more and the sweep of
the work process removes them, as it removes whatever no row names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import sleep

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.records import client as clients
from tcm_engine.records import personal

from .files import remove_from_disk

_TRIES, _PAUSE_S = 20, 0.1
"""The log is emptied when no reader needs it; readers of this service are done in milliseconds."""


@dataclass(frozen=True, slots=True)
class Erased:
    public_id: str
    rows: Mapping[str, int]
    """Table -> rows that were deleted."""
    files: int
    """Files that were removed from the disk."""
    imports: int
    """Files as they were read (rosters), in which the person's cells were emptied."""


def erase_client(center: Center, caller: Caller, public_id: str, reason: str = "asked") -> Erased:
    """Erase a client with everything that hangs on it, merged records included. `reason`: `asked` or `retention`.

    Raises NotAllowed, NotFound; then nothing was erased.
    """
    permit(caller, "answer_rights_request")
    with center.records.write() as db:
        row = living(db, center, caller, public_id)
        erased, paths = _erase(db, center, caller, row)
        counts = {f"rows_{table}": count for table, count in erased.rows.items()}
        note(
            db, center, caller, "client_erased", "client", row.public_id, reason=reason, files=len(paths), imports=erased.imports, **counts
        )
    files = remove_from_disk(center, list(paths))
    clean_up(center)
    return Erased(erased.public_id, erased.rows, files, erased.imports)


def living(db: Connection, center: Center, caller: Caller, public_id: str) -> clients.ClientRow:
    """The record, of one that was merged the survivor's. Raises NotFound for one of another organisation or branch."""
    row = clients.find(db, center.records.vault, caller.organisation, public_id)
    while row is not None and row.merged_into is not None:
        row = next(iter(clients.of_ids(db, center.records.vault, caller.organisation, [row.merged_into])), None)
    if row is None or caller.branch not in (None, row.branch):
        raise NotFound
    return row


def clean_up(center: Center) -> None:
    """Nothing of what was deleted stays in the write-ahead log; on PostgreSQL the space of dead rows is given back."""
    with center.records.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        if center.records.kind == "sqlite":
            for _ in range(_TRIES):
                if not db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar():
                    break  # nobody was reading from it
                sleep(_PAUSE_S)
        else:
            db.exec_driver_sql("VACUUM")


def _erase(db: Connection, center: Center, caller: Caller, row: clients.ClientRow) -> tuple[Erased, tuple[str, ...]]:
    vault, organisation = center.records.vault, caller.organisation
    people = personal.same_person(db, organisation, row.id)
    imports = sum(_blank(db, center, organisation, one.content) for one in clients.of_ids(db, vault, organisation, people))
    rows = personal.rows_of(db, organisation, people)
    work, paths = personal.remove_work(db, organisation, personal.public_ids(db, rows))
    counts = personal.remove(db, organisation, rows) | work
    return Erased(row.public_id, counts, 0, imports), paths


def _blank(db: Connection, center: Center, organisation: int, content: Mapping[str, object]) -> int:
    identity = content.get("identity", content)
    known = identity if isinstance(identity, Mapping) else {}
    numbers = [str(known.get(name) or "") for name in ("id_number", "phone")]
    return personal.blank_in_imports(db, center.records.vault, organisation, str(known.get("name") or ""), numbers)
