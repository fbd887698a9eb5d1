"""The search box."""

from __future__ import annotations

from wtforms import BooleanField, StringField, ValidationError

from tcm_engine.search import LONGEST_QUESTION

from ..words import translate as _
from .base import Page, plain


class AskForm(Page):
    question = StringField()
    mine = BooleanField()

    def validate_question(self, field: StringField) -> None:
        field.data = plain(field.data)
        if not field.data:
            raise ValidationError(_("Write what you want to know, such as: can I drink green tea at night."))
        if len(field.data) > LONGEST_QUESTION:
            raise ValidationError(_("Please ask in at most {count} characters.", count=LONGEST_QUESTION))
