"""What the indicators' page is asked: period or campaign, branch, grouping, comparison."""

from __future__ import annotations

from datetime import date

from flask import request
from wtforms import BooleanField, DateField, SelectField

from tcm_engine.center.indicators import GROUPS, Offered, Scope

from ..forms import DeskForm
from ..words import N_
from ..words import translate as _

GROUP_WORDS = {
    "none": N_("not told apart"),
    "branch": N_("by branch"),
    "unit": N_("by unit of the campaign"),
    "sex": N_("by sex"),
    "age": N_("by age"),
}


class FilterForm(DeskForm):
    class Meta:
        csrf = False  # it only asks

    begins = DateField()
    ends = DateField()
    branch = SelectField(validate_choice=False)
    campaign = SelectField(validate_choice=False)
    by = SelectField(validate_choice=False)
    compare = BooleanField()
    compare_begins = DateField()
    compare_ends = DateField()

    def offer(self, offered: Offered) -> FilterForm:
        self.branch.choices = [("", _("all that I may see")), *offered.branches]
        self.campaign.choices = [("", _("none: the period")), *offered.campaigns]
        self.by.choices = [(code, _(GROUP_WORDS[code])) for code in GROUPS]
        return self

    def read(self, today: date) -> Scope | None:
        """The scope that is asked for; None where a day cannot be read, with the faults at the fields. Without days: this year so far."""
        for field in (self.begins, self.ends, self.compare_begins, self.compare_ends):
            if field.raw_data and field.raw_data[0] and field.data is None:
                field.errors = [_("This is not a day; write it as 2026-11-24.")]
        if any(field.errors for field in self):
            return None
        self.begins.data = self.begins.data or date(today.year, 1, 1)
        self.ends.data = self.ends.data or today
        scope = Scope(
            self.begins.data,
            self.ends.data,
            self.branch.data or "",
            self.campaign.data or "",
            self.by.data or "none",
        )
        if not self.compare.data:
            return scope
        before = scope.before()
        self.compare_begins.data, self.compare_ends.data = self.compare_begins.data or before[0], self.compare_ends.data or before[1]
        return Scope(scope.begins, scope.ends, scope.branch, scope.campaign, scope.by, (self.compare_begins.data, self.compare_ends.data))


def asked(offered: Offered) -> FilterForm:
    return FilterForm(request.args).offer(offered)
