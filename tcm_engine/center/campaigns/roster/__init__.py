"""Rosters: lists of people as companies and villages send them, read into clean rows or told faults, row by row."""

from .cells import plain
from .headings import FIELDS, REASON, Field, Header, find_header, first_row_of_words, guess
from .people import Reading, RosterPerson, RowFault, read_people
from .tables import Cell, Table, read_tables

__all__ = [
    "FIELDS",
    "REASON",
    "Cell",
    "Field",
    "Header",
    "Reading",
    "RosterPerson",
    "RowFault",
    "Table",
    "find_header",
    "first_row_of_words",
    "guess",
    "plain",
    "read_people",
    "read_tables",
]
