"""What stands on the page of a client's rights, before anything is copied or erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tcm_engine.center import Caller, Center, note, permit
from tcm_engine.records import personal

from .erasing import living


@dataclass(frozen=True, slots=True)
class HeldData:
    public_id: str
    name: str
    rows: Mapping[str, int]
    """Table -> rows that hang on the client."""


def held_of(center: Center, caller: Caller, public_id: str) -> HeldData:
    """How much is kept of a client, by table; the reading is written down. Raises NotAllowed, NotFound."""
    permit(caller, "answer_rights_request")
    with center.records.write() as db:
        row = living(db, center, caller, public_id)
        rows = personal.rows_of(db, caller.organisation, personal.same_person(db, caller.organisation, row.id))
        note(db, center, caller, "rights_read", "client", row.public_id)
        identity = row.content.get("identity") or row.content
        return HeldData(row.public_id, str(identity.get("name") or ""), {name: len(ids) for name, ids in rows.items()})
