"""What the forms of the desk share: protection against forged requests, and clear words where a page was open for too long."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, RadioField

from ..forms import PageFault

A_DAY = 24 * 3600


class StaleForm(Exception):
    """A page that was open for too long, or was not ours: nothing was written."""


class DeskForm(FlaskForm):
    class Meta:
        csrf_time_limit = A_DAY

    def was_sent(self) -> bool:
        """Whether this request sends the form, and everything in it holds. Raises StaleForm."""
        if not self.is_submitted():
            return False
        valid = self.validate()
        if "csrf_token" in self.errors:
            raise StaleForm
        return valid


def faults_of(form: DeskForm) -> list[PageFault]:
    """Every fault of a form in the order of its fields, with a link to the control."""
    return [PageFault(f"#{_control(field)}", str(message)) for field in form if field.errors for message in field.errors]


def _control(field: Field) -> str:
    """Radio buttons and check boxes are reached by their first."""
    return f"{field.id}-0" if isinstance(field, RadioField) or field.type == "Checkboxes" else str(field.id)
