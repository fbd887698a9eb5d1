"""What an organisation sets for itself: its face, its password policy, and the numbers of its reports and retention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, Outdated, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import organisation_setting

from .passwords import RULES, Policy

LONGEST_LINE = 200
LARGEST_LOGO = 512 * 1024
"""Bytes."""


@dataclass(frozen=True, slots=True)
class OrganisationSettings:
    display_name: str = ""
    """On pages and plans; empty: the organisation's name."""
    contacts: str = ""
    practitioner: str = ""
    """Named on plans that nobody else has signed."""
    licence: str = ""
    """Number of the practitioner's licence."""
    logo: str = ""
    """Base64 of an SVG or PNG file; empty: none."""
    logo_mime: str = ""
    password_policy: Policy = "asvs"  # noqa: S105  # the name of a policy
    smallest_cell: int = 5
    """Groups of fewer people are not shown to an employer."""
    retention_years: int = 0
    """Years after the last entry at which a client record is to be reviewed for deletion; 0: none is set."""


@dataclass(frozen=True, slots=True)
class KeptSettings:
    settings: OrganisationSettings
    version: int


def read_settings(center: Center, organisation: int) -> KeptSettings:
    with center.records.read() as db:
        return _read(db, center, organisation)


def policy_of(db: Connection, center: Center, organisation: int) -> Policy:
    return _read(db, center, organisation).settings.password_policy


def change_settings(center: Center, caller: Caller, version: int, **changes: Any) -> KeptSettings:
    """Set some of them; `version` is the one that was read. Raises NotAllowed, InvalidInput, Outdated."""
    permit(caller, "manage_organisation")
    faults = _faults(changes)
    if faults:
        raise InvalidInput(faults)
    with center.records.write() as db:
        kept = _read(db, center, caller.organisation)
        new = replace(kept.settings, **changes)
        content = {name: value for name, value in asdict(new).items() if value != getattr(OrganisationSettings(), name)}
        if not organisation_setting.write(db, center.records.vault, caller.organisation, content, version, center.clock()):
            raise Outdated(kept)
        note(db, center, caller, "settings_changed", "organisation", version=version + 1)
    return KeptSettings(new, version + 1)


def _read(db: Connection, center: Center, organisation: int) -> KeptSettings:
    row = organisation_setting.find(db, center.records.vault, organisation)
    known = {field.name for field in fields(OrganisationSettings)}
    return KeptSettings(OrganisationSettings(**{name: value for name, value in row.content.items() if name in known}), row.version)


def _faults(changes: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for name in ("display_name", "contacts", "practitioner", "licence"):
        text = changes.get(name, "")
        if not str(text).isprintable():
            faults.append(Fault(name, "unfit_text"))
        elif len(text) > LONGEST_LINE:
            faults.append(Fault(name, "too_long", {"maximum": LONGEST_LINE}))
    if changes.get("password_policy", "asvs") not in RULES:
        faults.append(Fault("password_policy", "not_one_of", {"allowed": ", ".join(RULES)}))
    for name, least, most in (("smallest_cell", 3, 50), ("retention_years", 0, 60)):
        if not least <= int(changes.get(name, least)) <= most:
            faults.append(Fault(name, "out_of_range", {"minimum": least, "maximum": most}))
    return faults
