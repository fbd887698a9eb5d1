"""The first pages: consent, sex and age, and which form."""

from __future__ import annotations

from wtforms import BooleanField, StringField, ValidationError

from knowledge_base.model import Instrument

from ..words import translate as _
from .base import Page, Radios, choices, plain

OLDEST = 120


class ConsentForm(Page):
    agree = BooleanField()

    def validate_agree(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_("Tick the box if you agree. Without your consent the test cannot begin."))


class AboutForm(Page):
    sex = Radios()
    age = StringField()

    def __init__(self, minimum_age: int, **kwargs: object):
        self.minimum_age = minimum_age
        super().__init__(**kwargs)
        self.sex.choices = choices(("female", _("Female")), ("male", _("Male")), ("unsaid", _("I would rather not say")))

    def validate_age(self, field: StringField) -> None:
        text = plain(field.data).removesuffix("岁").removesuffix("歲")
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= OLDEST):
            raise ValidationError(_("Enter your age in whole years as a number, such as 46, or leave it empty."))
        if int(text) < self.minimum_age:
            raise ValidationError(
                _(
                    "This test is for people of {age} and older: the forms were made and tested for adults. "
                    "Please ask a doctor for a child.",
                    age=self.minimum_age,
                )
            )

    def given_age(self) -> int | None:
        text = plain(self.age.data).removesuffix("岁").removesuffix("歲")
        return int(text) if text else None

    def given_sex(self) -> str | None:
        return self.sex.data if self.sex.data in ("female", "male") else None


def instrument_form(instruments: list[Instrument], lang: str) -> Page:
    """A choice among forms."""

    class InstrumentForm(Page):
        instrument = Radios(choices=choices(*((i.code, i.title.in_(lang)) for i in instruments)))

        def validate_instrument(self, field: Radios) -> None:
            if not field.data:
                raise ValidationError(_("Choose one of the forms."))

    return InstrumentForm()
