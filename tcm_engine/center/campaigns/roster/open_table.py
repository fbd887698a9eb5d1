"""Reads a spreadsheet in a process of its own: bytes on its standard input, rows as JSON on its standard output.

A spreadsheet is somebody else's file. What it costs is bounded by the operating system: memory, seconds, no files.
"""

import json
import math
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

MEMORY = 1 << 30
SECONDS = 30
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 50_000, 200, 60


def main() -> None:
    from python_calamine import CalamineWorkbook

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    found = []
    for name in book.sheet_names[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > MOST_ROWS:
            found.append({"name": name, "rows": [], "height": sheet.total_height})
            continue
        rows = [[cell(value) for value in row[:MOST_COLUMNS]] for row in sheet.to_python(skip_empty_area=False)]
        found.append({"name": name, "rows": rows, "height": len(rows)})
    json.dump(found, sys.stdout, ensure_ascii=True)


def cell(value: Any) -> Any:
    """Text, a number, true or false; a day as {"day": ISO}."""
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return value


if __name__ == "__main__":
    main()
