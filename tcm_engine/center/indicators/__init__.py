"""Counting: indicators of periods and campaigns, the national service for older residents, and what an employer may see."""

from .elderly import FIRST_AGE, STATES, ElderlyYear, Resident, elderly_year, set_population
from .employer import EmployerState, Issued, employer_state, issue_to_employer, read_issued
from .guidance import BOXES, Guidance, RecordForm, read_form, read_forms, remove_guidance, write_guidance
from .jobs import report_kinds, request_record_forms, request_report
from .reading import read_indicators
from .scope import GROUPS, GroupBy, Offered, Scope, note_export, offered

__all__ = [
    "BOXES",
    "FIRST_AGE",
    "GROUPS",
    "STATES",
    "ElderlyYear",
    "EmployerState",
    "GroupBy",
    "Guidance",
    "Issued",
    "Offered",
    "RecordForm",
    "Resident",
    "Scope",
    "elderly_year",
    "employer_state",
    "issue_to_employer",
    "note_export",
    "offered",
    "read_form",
    "read_forms",
    "read_indicators",
    "read_issued",
    "remove_guidance",
    "report_kinds",
    "request_record_forms",
    "request_report",
    "set_population",
    "write_guidance",
]
