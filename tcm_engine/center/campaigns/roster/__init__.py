"""Rosters: lists of people as companies and villages send them, read into clean rows or told faults, row by row."""

from .headings import FIELDS, Field, Header, find_header, guess
from .people import Reading, RosterPerson, RowFault, read_people
from .tables import Table, read_tables

__all__ = [
    "FIELDS",
    "Field",
    "Header",
    "Reading",
    "RosterPerson",
    "RowFault",
    "Table",
    "find_header",
    "guess",
    "read_people",
    "read_tables",
]
