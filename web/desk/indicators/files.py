"""What is shown, as a file: CSV for any programme, Excel for people. No cell is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from tcm_engine.views import IndicatorsView

from ..words import translate as _

Row = Sequence[str | int | float | None]
MIMES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf"}
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_SHEET_NAME = 31


def answer(content: bytes, kind: str, name: str) -> Response:
    """A file to keep; its name says nothing of a person."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, mimetype=MIMES[kind], headers=headers)


def as_csv(rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark at the beginning, which Excel needs to read Chinese; a text that would be a formula begins with an apostrophe."""
    out = io.StringIO()
    csv.writer(out).writerows([[_safe(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Iterable[tuple[str, Sequence[Row]]]) -> bytes:
    """Each a name and rows, the first of them headings."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for number, (name, rows) in enumerate(sheets, 1):
            sheet = book.add_worksheet(_sheet_name(name, number))
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row, bold if at == 0 else None)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, 0, 24)
            sheet.set_column(1, 12, 14)
    return out.getvalue()


def tables(view: IndicatorsView) -> list[tuple[str, list[Row]]]:
    """Every section and table of a view: name, then rows with their headings first."""
    about: list[Row] = [[view.title], [view.finding], *([line] for line in view.scope), [view.day], [view.audience], [""]]
    made: list[tuple[str, list[Row]]] = [(_("About"), [*about, *([note] for note in view.notes)])]
    for section in view.sections:
        headings: Row = [
            section.title,
            _("People"),
            _("Of"),
            _("Share"),
            _("Interval from"),
            _("Interval to"),
            _("Change"),
            _("Definition"),
        ]
        rows = [
            [bar.label, int(bar.count), bar.of, _round(bar.share), _round(bar.low), _round(bar.high), bar.change_text, section.definition]
            for bar in section.bars
        ]
        made.append((section.title, [headings, *rows]))
    for cross in view.crosses:
        made.append((cross.title, [cross.headings, *([row[0], *map(_number, row[1:])] for row in cross.rows)]))
    return made


def one_table(view: IndicatorsView) -> list[Row]:
    """All of it under one another, an empty line between."""
    return [row for _name, rows in tables(view) for row in (*rows, [])]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _number(cell: str) -> str | int:
    return int(cell) if cell.isdigit() else cell


def _safe(cell: str | int | float | None) -> str | int | float | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _sheet_name(name: str, number: int) -> str:
    """Excel takes 31 characters and none of these; the number keeps names apart."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in name)
    return f"{number} {plain}"[:_SHEET_NAME].strip()
