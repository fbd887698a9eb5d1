"""What is printed for a campaign: cards with invitations, forms to fill in on paper, the list of those to remind."""

from __future__ import annotations

from dataclasses import dataclass

from .plan_view import Letterhead


@dataclass(frozen=True, slots=True)
class Card:
    """One invitation. Nothing about health stands on it."""

    name: str
    unit: str
    code: str
    """The short code, 0427-3."""
    address: str
    """What the QR code holds."""


@dataclass(frozen=True, slots=True)
class InvitationCards:
    """Eight cards a page."""

    lang: str
    letterhead: Letterhead
    campaign: str
    until: str
    """The last day, in words."""
    minutes: int
    """How long the form takes."""
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PaperItem:
    number: int
    text: str
    note: str
    """Whom it is for, or what may be measured instead; may be empty."""


@dataclass(frozen=True, slots=True)
class PaperForms:
    """The form of an instrument, once for each person, or once without a name."""

    lang: str
    letterhead: Letterhead
    campaign: str
    title: str
    edition: str
    recall: str
    anchors: tuple[str, ...]
    items: tuple[PaperItem, ...]
    consent: tuple[str, ...]
    """What is signed, a sentence each."""
    people: tuple[Card, ...]
    """Empty: one blank form."""
    large: bool
    """Large type, for older people."""


@dataclass(frozen=True, slots=True)
class ReminderRow:
    code: str
    name: str
    unit: str
    phone: str
    state: str


@dataclass(frozen=True, slots=True)
class ReminderList:
    lang: str
    letterhead: Letterhead
    campaign: str
    day: str
    rows: tuple[ReminderRow, ...]


CampaignSheet = InvitationCards | PaperForms | ReminderList
