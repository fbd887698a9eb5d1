"""Files of answers, by extension."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..assessment import Form
from .csv_source import CsvSource
from .faults import FileFault


def open_source(form: Form, path: Path) -> Any:
    """A CsvSource or a ParquetSource. Raises FileFault where the file as a whole cannot be read."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return CsvSource.open(form, path)
    if kind == ".parquet":
        from .parquet_source import ParquetSource

        return ParquetSource.open(form, path)
    raise FileFault("file_type")
