"""Agreeing, refusing, withdrawing; and asking whether something may be done. No processing without a consent that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, ConsentMissing, NotFound, note
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.records import consent

from .consent_texts import PURPOSES, Purpose, current_text, valid_versions

Means = Literal["paper", "tablet", "link", "staff"]
MEANS: tuple[Means, ...] = get_args(Means)
"""How it was given: signed on paper, on a tablet of the centre, by the client's own link, or said to a member of staff."""


@dataclass(frozen=True, slots=True)
class GivenConsent:
    public_id: str
    purpose: Purpose
    text_version: str
    means: str
    account: int | None
    """Who took it down; None: the client."""
    given_at: datetime
    withdrawn_at: datetime | None
    refused: bool
    """It was answered with no."""


def give_consent(
    db: Connection, center: Center, caller: Caller, client: int, purpose: Purpose, means: Means, *, agreed: bool = True
) -> str:
    """Keep a client's yes or no to the current text of `purpose`; the public id of what was kept. `client` is the row's id.

    It runs in the transaction of who asks; whoever calls has asked for the right to edit the client. What stood before for the
    purpose ends. Raises NotFound, InvalidInput.
    """
    _check(purpose, means)
    who = _reachable(db, caller, client)
    version = current_text(purpose, "en").version
    public = consent.add(db, caller.organisation, client, purpose, version, means, caller.account, center.clock(), agreed)
    action = "consent_given" if agreed else "consent_refused"
    note(db, center, caller, action, "client", who, purpose=purpose, version=version, means=means)
    return public


def give_consents(db: Connection, center: Center, caller: Caller, client: int, answers: Mapping[Purpose, bool], means: Means) -> None:
    """Keep several answers at once. Raises NotFound, InvalidInput."""
    for purpose, agreed in answers.items():
        give_consent(db, center, caller, client, purpose, means, agreed=agreed)


def withdraw(db: Connection, center: Center, caller: Caller, client: int, purpose: Purpose) -> bool:
    """End a consent now: from this transaction on nothing more is processed for `purpose`. Whether one stood until now.

    What was made before stays where it is until it is erased. Raises NotFound, InvalidInput.
    """
    _check(purpose, "staff")
    who = _reachable(db, caller, client)
    stood = consent.withdraw(db, caller.organisation, client, purpose, center.clock()) > 0
    if stood:
        note(db, center, caller, "consent_withdrawn", "client", who, purpose=purpose)
    return stood


def has_consent(db: Connection, client: int, purpose: Purpose) -> bool:
    """Whether a client (the row's id) agrees to `purpose` as it is done today."""
    return consent.has(db, client, purpose, valid_versions(purpose))


def require_consent(db: Connection, client: int, *purposes: Purpose) -> None:
    """Raises ConsentMissing for the first of `purposes` that a client has not agreed to."""
    for purpose in purposes:
        if not has_consent(db, client, purpose):
            raise ConsentMissing(purpose)


def who_consented(db: Connection, organisation: int, purpose: Purpose, clients: Iterable[int]) -> frozenset[int]:
    """Those of `clients` (rows' ids) who agree to `purpose`: for campaigns and reports over thousands."""
    return consent.who_have(db, organisation, purpose, valid_versions(purpose), clients)


def consents_of(db: Connection, organisation: int, client: int) -> tuple[GivenConsent, ...]:
    """Everything that a client ever agreed to, refused and withdrew, the newest first."""
    rows = consent.of_client(db, organisation, client)
    known = {purpose: purpose for purpose in PURPOSES}
    return tuple(
        GivenConsent(
            row.public_id, known[row.purpose], row.text_version, row.means, row.account_id, row.given_at, row.withdrawn_at, row.refused
        )
        for row in rows
        if row.purpose in known
    )


def _check(purpose: str, means: str) -> None:
    faults = []
    for path, value, allowed in (("purpose", purpose, PURPOSES), ("means", means, MEANS)):
        if value not in allowed:
            faults.append(Fault(path, "not_one_of", {"allowed": ", ".join(allowed)}))
    if faults:
        raise InvalidInput(faults)


def _reachable(db: Connection, caller: Caller, client: int) -> str:
    """Public id of a client. One of another organisation, or of another branch than the caller's, is as unknown as none."""
    found = consent.whose(db, caller.organisation, client)
    if found is None or caller.branch not in (None, found[1]):
        raise NotFound
    return found[0]
