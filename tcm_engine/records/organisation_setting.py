"""How an organisation wants it: its face on pages and plans, its password policy, smallest cells, retention. One sealed JSON row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, UniqueConstraint, bindparam, insert, select, update

from .schema import Moment, SealedBytes, owned
from .sealed_json import open_json, seal_json
from .vault import Vault

organisation_setting = owned(
    "organisation_setting",
    Column("content", SealedBytes, nullable=False, comment="JSON"),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("organisation_id"),
)

_one = organisation_setting.c.organisation_id == bindparam("organisation")
_select = select(organisation_setting.c.content, organisation_setting.c.version).where(_one)
_change = update(organisation_setting).where(_one & (organisation_setting.c.version == bindparam("of_version")))


@dataclass(frozen=True, slots=True)
class SettingRow:
    content: Mapping[str, Any]
    version: int
    """0: nothing was ever set."""


def find(db: Connection, vault: Vault, organisation: int) -> SettingRow:
    row = db.execute(_select, {"organisation": organisation}).first()
    if row is None:
        return SettingRow({}, 0)
    return SettingRow(open_json(vault, "organisation_setting", str(organisation), row.content), row.version)


def write(db: Connection, vault: Vault, organisation: int, content: Mapping[str, Any], version: int, now: datetime) -> bool:
    """Whether `version` was still the one that stands; else nothing is written."""
    sealed = seal_json(vault, "organisation_setting", str(organisation), dict(content))
    row = {"content": sealed, "version": version + 1, "changed_at": now}
    if version == 0 and db.execute(_select, {"organisation": organisation}).first() is None:
        db.execute(insert(organisation_setting), row | {"organisation_id": organisation})
        return True
    return db.execute(_change.values(row), {"organisation": organisation, "of_version": version}).rowcount == 1
