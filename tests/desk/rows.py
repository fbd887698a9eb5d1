"""Everything that is kept of an organisation, row by row, to see whether anything of it was touched."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from tcm_engine.records.tables import metadata

from .people import House

READING = ("audit", "audit_head", "session")
"""What looking at records writes, too."""


def rows_of(house: House, *without: str) -> dict[str, str]:
    """Table -> number of rows and a digest of all their values."""
    found = {}
    with house.center.records.read() as db:
        for table in metadata.sorted_tables:
            if table.name in without or "organisation_id" not in table.c:
                continue
            rows = db.execute(select(table).where(table.c.organisation_id == house.organisation)).all()
            found[table.name] = f"{len(rows)} {hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()[:12]}"
    return found
