"""The choice of a form: what each is for, how long it takes, and which fits the person's age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_base.model import Instrument

from ..draft import Draft, Sheet

DEFAULT_INSTRUMENT = "gbt_46939_2025"
OFFERED = (DEFAULT_INSTRUMENT, "zyyxh_t157_2009", "elderly_33")
SENIOR = 65


@dataclass(frozen=True, slots=True)
class FormCard:
    instrument: Instrument
    questions: int
    """How many this person is asked."""
    answered: int
    """How many of them are answered already, in this form or another."""
    default: bool
    for_seniors: bool
    fits_age: bool
    """A form for older people and a person of that age."""
    too_young: bool
    """The person is younger than the form was made for."""


def form_cards(instruments: Mapping[str, Instrument], draft: Draft) -> tuple[FormCard, ...]:
    """The short form first; at 65 and over the form for older people first."""
    senior = draft.age is not None and draft.age >= SENIOR
    codes = [code for code in OFFERED if code in instruments]
    codes.sort(key=lambda code: not (senior and instruments[code].intended_age >= SENIOR))
    return tuple(_card(instruments[code], draft, senior) for code in codes)


def _card(instrument: Instrument, draft: Draft, senior: bool) -> FormCard:
    sheet, for_seniors = Sheet(instrument, draft), instrument.intended_age >= SENIOR
    young = draft.age is not None and draft.age < instrument.intended_age
    answered = len(sheet.items) - len(sheet.missing())
    return FormCard(
        instrument, len(sheet.items), answered, instrument.code == DEFAULT_INSTRUMENT, for_seniors, for_seniors and senior, young
    )
