"""Excel files made in memory: text stays text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter
from flask import Response

from tcm_engine.center.campaigns import REASON, FaultySheet
from tcm_engine.model import Fault
from tcm_engine.views import say_fault

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def faulty_book(sheets: Sequence[FaultySheet], lang: str) -> bytes:
    """The rows to correct under their own headings, with a last column that says what is wrong; it is sent back as it is."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    text, head, why = (
        book.add_format({"num_format": "@"}),
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "bold": True}),
    )
    for number, sheet in enumerate(sheets, 1):
        page = book.add_worksheet(f"{number}")
        width = len(sheet.headings)
        page.set_column(0, width, 18, text)
        page.set_column(width, width, 70, why)
        page.freeze_panes(1, 0)
        for column, heading in enumerate((*sheet.headings, REASON[1] if lang == "en" else REASON[0])):
            page.write_string(0, column, heading, head)
        for at, (cells, faults) in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells[:width]):
                page.write_string(at, column, cell, text)
            said = (f"{fault.column}: " * bool(fault.column) + say_fault(Fault("", fault.code, fault.params), lang) for fault in faults)
            page.write_string(at, width, "\n".join(said), why)
    if not sheets:
        book.add_worksheet("1")
    book.close()
    return file.getvalue()


def table_book(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet of text."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    page, head, text = book.add_worksheet("1"), book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    page.set_column(0, len(headings), 20, text)
    page.freeze_panes(1, 0)
    for at, row in enumerate((headings, *rows)):
        for column, cell in enumerate(row):
            page.write_string(at, column, cell, head if at == 0 else text)
    book.close()
    return file.getvalue()


def xlsx(data: bytes, name: str) -> Response:
    return download(data, MIME, f"{name}.xlsx")


def download(data: bytes, mime: str, name: str) -> Response:
    """`name` says nothing of a person."""
    return Response(data, mimetype=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})
