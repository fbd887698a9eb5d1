"""Why a whole file cannot be scored. Faults of single rows are no exception: they go to the errors file."""

from __future__ import annotations

from types import MappingProxyType

from ..model import Fault, InvalidInput


class FileFault(InvalidInput):
    """The file cannot be read as asked. Codes: `file_type`, `empty_file`, `unknown_encoding`, `line_too_long`, `not_parquet`, `same_file`,
    `missing_columns`, `unknown_columns`, `duplicate_columns` (each with `columns`, the first ten names, and `count`), `other_form`
    (form: the instrument whose columns these are)."""

    def __init__(self, code: str, **params: str | int):
        super().__init__([Fault("$.file", code, MappingProxyType(params))])

    @property
    def fault(self) -> Fault:
        return self.faults[0]
