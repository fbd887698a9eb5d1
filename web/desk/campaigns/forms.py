"""The forms of campaigns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import g
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField

from tcm_engine.center.campaigns import Campaign, NewCampaign
from tcm_engine.model import InvalidInput, day_of
from tcm_engine.views import say_fault

from ...forms import PageFault
from ..forms import DeskForm
from ..words import translate as _


class CampaignForm(DeskForm):
    name = StringField()
    employer = StringField()
    instrument = SelectField(validate_choice=False)
    starts_on = StringField()
    ends_on = StringField()
    branch = SelectField(validate_choice=False)

    def offer(self, instruments: Iterable[tuple[str, str]], branches: Iterable[tuple[str, str]]) -> CampaignForm:
        self.instrument.choices = list(instruments)
        self.branch.choices = [("", _("The whole organisation")), *branches]
        return self

    def given(self) -> NewCampaign:
        return NewCampaign(
            self.name.data or "", self.employer.data or "", self.instrument.data or "", _day(self.starts_on), _day(self.ends_on),
            self.branch.data or "",
        )  # fmt: skip


class UploadForm(DeskForm):
    file = FileField()


class DeviceForm(DeskForm):
    label = StringField()


class CodeForm(DeskForm):
    code = StringField()


class EntryForm(DeskForm):
    signed = BooleanField()


def values_of(campaign: Campaign) -> dict[str, str]:
    return {
        "name": campaign.name, "employer": campaign.employer, "instrument": campaign.instrument, "branch": campaign.branch_id,
        "starts_on": campaign.starts_on.isoformat(), "ends_on": campaign.ends_on.isoformat(),
    }  # fmt: skip


def beside(form: DeskForm, invalid: InvalidInput) -> list[PageFault]:
    """Faults beside their fields, those of no field in the summary alone."""
    faults = []
    for fault in invalid.faults:
        words = say_fault(fault, g.display.lang)
        if fault.path in form:
            form[fault.path].errors = [*form[fault.path].errors, words]
        faults.append(PageFault(f"#{fault.path}" if fault.path in form else "#main", words))
    return faults


def _day(field: StringField) -> date | None:
    return day_of((field.data or "").strip())
