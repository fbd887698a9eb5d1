"""Counting: indicators of periods and campaigns, the national service for older residents, and what an employer may see."""

from .elderly import FIRST_AGE, STATES, ElderlyYear, Resident, elderly_year, set_population
from .guidance import BOXES, Guidance, RecordForm, read_form, read_forms, remove_guidance, write_guidance
from .reading import read_indicators
from .scope import GROUPS, GroupBy, Scope

__all__ = [
    "BOXES",
    "FIRST_AGE",
    "GROUPS",
    "STATES",
    "ElderlyYear",
    "GroupBy",
    "Guidance",
    "RecordForm",
    "Resident",
    "Scope",
    "elderly_year",
    "read_form",
    "read_forms",
    "read_indicators",
    "remove_guidance",
    "set_population",
    "write_guidance",
]
