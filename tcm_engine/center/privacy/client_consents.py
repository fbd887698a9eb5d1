"""The consents of one client, as a page shows and takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tcm_engine.center import Caller, Center, note, permit

from .consent_texts import PURPOSES, Purpose
from .consents import GivenConsent, Means, consents_of, give_consents, withdraw
from .erasing import living


@dataclass(frozen=True, slots=True)
class ClientConsents:
    public_id: str
    """Of one that was merged into another: the survivor's."""
    name: str
    history: tuple[GivenConsent, ...]
    """The newest first."""

    def latest(self, purpose: Purpose) -> GivenConsent | None:
        """The last answer; None where the client was never asked."""
        return next((one for one in self.history if one.purpose == purpose), None)


def read_consents(center: Center, caller: Caller, public_id: str) -> ClientConsents:
    """What a client agreed to; the reading is written down. Raises NotAllowed, NotFound."""
    permit(caller, "read_client")
    with center.records.write() as db:
        row = living(db, center, caller, public_id)
        note(db, center, caller, "consents_read", "client", row.public_id)
        identity = row.content.get("identity") or row.content
        return ClientConsents(row.public_id, str(identity.get("name") or ""), consents_of(db, caller.organisation, row.id))


def answer_consents(center: Center, caller: Caller, public_id: str, answers: Mapping[Purpose, bool], means: Means) -> None:
    """Keep a client's answers to the current texts, all or none. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "edit_client")
    with center.records.write() as db:
        row = living(db, center, caller, public_id)
        give_consents(db, center, caller, row.id, {purpose: answers[purpose] for purpose in PURPOSES if purpose in answers}, means)


def withdraw_consent(center: Center, caller: Caller, public_id: str, purpose: Purpose) -> bool:
    """Whether one stood until now. Raises NotAllowed, NotFound, InvalidInput."""
    permit(caller, "edit_client")
    with center.records.write() as db:
        return withdraw(db, center, caller, living(db, center, caller, public_id).id, purpose)
