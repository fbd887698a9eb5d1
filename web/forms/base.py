"""What all forms share: protection against forged requests, the tag of the visit, and the list of faults with links."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from .. import visit
from ..visit import StalePage

A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class PageFault:
    """One fault of a sent page, and where to mend it."""

    href: str
    message: str


class Page(FlaskForm):
    """A form of the self-test. It belongs to one visit: a page of an older one is refused with a clear message."""

    class Meta:
        csrf_time_limit = A_DAY

    visit = HiddenField()

    def was_sent(self) -> bool:
        """Whether this request sends the form, and everything in it holds. Raises StalePage for a page of another visit or time."""
        if not self.is_submitted():
            return False
        valid = self.validate()
        if "csrf_token" in self.errors:
            raise StalePage("form_expired" if visit.draft() else "gone")
        if self.visit.data != visit.tag():
            raise StalePage("other_visit" if visit.draft() else "gone")
        return valid


class Checkboxes(SelectMultipleField):
    """A list of check boxes."""

    data: list[str]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: FlaskForm) -> None:
        """A value that is not offered is left out: only a forged page sends it, or one from before the list changed."""
        offered = {choice.value for choice in self.iter_choices()}
        self.data = [value for value in self.data or () if value in offered]


class Radios(RadioField):
    """Radio buttons of which none need be chosen; `unasked` is what then stands."""

    data: str | None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, validate_choice=False, **kwargs)

    def pre_validate(self, form: FlaskForm) -> None:
        """A value that was not offered counts as none: only a forged page sends it."""
        if self.data not in {choice.value for choice in self.iter_choices()}:
            self.data = None


def choices(*pairs: tuple[str, str]) -> list[SelectChoice]:
    """(value, label) of radio buttons or check boxes."""
    return [SelectChoice(value, label) for value, label in pairs]


def plain(text: str | None) -> str:
    """What was typed, without outer blanks and in plain width: ６５ is 65."""
    return unicodedata.normalize("NFKC", text or "").strip()


def faults_of(form: FlaskForm) -> list[PageFault]:
    """Every fault of a form in the order of its fields, with a link to the control."""
    return [PageFault(f"#{_control(field)}", str(message)) for field in form if field.errors for message in field.errors]


def _control(field: Field) -> str:
    many = isinstance(field, RadioField | SelectMultipleField)
    return f"{field.id}-0" if many else field.id
