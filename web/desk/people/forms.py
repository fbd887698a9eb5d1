"""The forms of signing in, accounts, branches and the organisation's settings."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf.file import FileField
from wtforms import IntegerField, PasswordField, SelectField, StringField

from tcm_engine.center import ROLES
from tcm_engine.model import Fault, InvalidInput
from tcm_engine.views import say_fault

from ..forms import DeskForm
from ..words import N_
from ..words import translate as _

ROLE_WORDS = {
    "operator": N_("Operator: enters answers and records"),
    "practitioner": N_("Practitioner: also reviews and merges"),
    "manager": N_("Manager: also runs campaigns and reads indicators"),
    "administrator": N_("Administrator: everything, with accounts and settings"),
    "auditor": N_("Auditor: reads the audit trail and indicators"),
}
ROLE_NAMES = {
    "client": N_("Client"),
    "operator": N_("Operator"),
    "practitioner": N_("Practitioner"),
    "manager": N_("Manager"),
    "administrator": N_("Administrator"),
    "auditor": N_("Auditor"),
}
POLICY_WORDS = {
    "asvs": N_("At least 12 characters, hard to guess, no expiry (OWASP ASVS)"),
    "level3": N_("At least 8 characters of three kinds, changed every 90 days (classified protection, level 3)"),
}


class SignInForm(DeskForm):
    organisation = StringField()
    login = StringField()
    password = PasswordField()


class CodeForm(DeskForm):
    code = StringField()


class LinkForm(DeskForm):
    password = PasswordField()
    again = PasswordField()


class PasswordForm(LinkForm):
    old = PasswordField()


class AccountForm(DeskForm):
    login = StringField()
    role = SelectField(validate_choice=False)
    branch = SelectField(validate_choice=False)
    name = StringField()
    title = StringField()
    licence = StringField()

    def offer(self, branches: Iterable[tuple[str, str]]) -> AccountForm:
        self.role.choices = [(role, _(ROLE_WORDS[role])) for role in ROLES if role in ROLE_WORDS]
        self.branch.choices = [("", _("The whole organisation")), *branches]
        return self


class BranchForm(DeskForm):
    name = StringField()


class SettingsForm(DeskForm):
    display_name = StringField()
    contacts = StringField()
    practitioner = StringField()
    licence = StringField()
    logo = FileField()
    password_policy = SelectField(validate_choice=False)
    smallest_cell = IntegerField()
    retention_years = IntegerField()

    def offer(self) -> SettingsForm:
        self.password_policy.choices = [(policy, _(words)) for policy, words in POLICY_WORDS.items()]
        return self


def show_faults(form: DeskForm, invalid: InvalidInput, lang: str, **fields: str) -> None:
    """Put each fault beside its field. `fields`: path of a fault -> name of the field, where they differ."""
    for fault in invalid.faults:
        field = form[fields.get(fault.path, fault.path)]
        field.errors = [*field.errors, say_fault(fault, lang)]


def differ() -> InvalidInput:
    return InvalidInput([Fault("again", "passwords_differ")])
