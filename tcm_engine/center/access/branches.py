"""Branches of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tcm_engine.center import Caller, Center, NotFound, note, permit
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import branch


@dataclass(frozen=True, slots=True)
class Branch:
    id: int
    public_id: str
    name: str
    closed_at: datetime | None


def branches(center: Center, organisation: int) -> tuple[Branch, ...]:
    """Of an organisation, by name, closed ones last."""
    with center.records.read() as db:
        return tuple(Branch(row.id, row.public_id, row.name, row.closed_at) for row in branch.of_organisation(db, organisation))


def add_branch(center: Center, caller: Caller, name: str) -> str:
    """Its public id. Raises NotAllowed, InvalidInput."""
    permit(caller, "manage_organisation")
    name = _checked(name)
    with center.records.write() as db:
        public = branch.add(db, caller.organisation, name, center.clock())
        note(db, center, caller, "branch_added", "branch", public)
    return public


def rename_branch(center: Center, caller: Caller, public: str, name: str) -> None:
    """Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "manage_organisation")
    name = _checked(name)
    _change(center, caller, public, "branch_renamed", name=name)


def close_branch(center: Center, caller: Caller, public: str) -> None:
    """Nothing new is entered for it; what it has stays. Raises NotAllowed, NotFound."""
    permit(caller, "manage_organisation")
    _change(center, caller, public, "branch_closed", closed_at=center.clock())


def open_branch(center: Center, caller: Caller, public: str) -> None:
    """Raises NotAllowed, NotFound."""
    permit(caller, "manage_organisation")
    _change(center, caller, public, "branch_opened", closed_at=None)


def _change(center: Center, caller: Caller, public: str, action: str, **values: str | datetime | None) -> None:
    with center.records.write() as db:
        if not branch.change(db, caller.organisation, public, **values):
            raise NotFound
        note(db, center, caller, action, "branch", public)


def _checked(name: str) -> str:
    name = name.strip()
    if not name:
        raise InvalidInput([Fault("name", "missing")])
    if not name.isprintable():
        raise InvalidInput([Fault("name", "unfit_text")])
    if len(name) > branch.LONGEST_BRANCH:
        raise InvalidInput([Fault("name", "too_long", {"maximum": branch.LONGEST_BRANCH})])
    return name
