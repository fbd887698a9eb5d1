"""Blocks of rows from a delimited text: comma, semicolon or tab; UTF-8 with or without BOM, or GBK; rows kept in order."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..assessment import Form
from ..kernels.csv_rows import Rows, read_rows
from ..model import Fault
from .block import Block
from .columns import Columns, columns_of
from .faults import FileFault

BLOCK_BYTES = 1 << 23
LONGEST_LINE = 1 << 20
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A delimited file whose encoding and columns are known. Raises FileFault while it is opened."""

    path: Path
    encoding: str
    delimiter: str
    columns: Columns
    first_row_at: int

    @classmethod
    def open(cls, form: Form, path: Path) -> CsvSource:
        encoding = encoding_of(path)
        with path.open("rb") as file:
            line = file.readline(LONGEST_LINE)
        text = line.decode(encoding).removeprefix("\ufeff").rstrip("\r\n")
        delimiter = max(_DELIMITERS, key=text.count)
        header = next(csv.reader([text], delimiter=delimiter), [])
        return cls(path, encoding, delimiter, columns_of(form, header), len(line))

    def pieces(self, size: int = BLOCK_BYTES, *, whole: bool = False) -> Iterator[bytes]:
        """The rows as UTF-8 bytes in pieces that end with a line break. Raises FileFault on a line that is no line.

        whole: with the columns about the person; text has them in any case.
        """
        rest = b""
        with self.path.open("rb") as file:
            file.seek(self.first_row_at)
            while read := file.read(size):
                cut = read.rfind(b"\n") + 1
                if cut == 0 and len(rest) + len(read) > max(LONGEST_LINE, size):
                    raise FileFault("line_too_long")
                if cut:
                    yield self._utf8(rest + read[:cut])
                rest = read[cut:] if cut else rest + read
        if rest.strip():
            yield self._utf8(rest + b"\n")

    def block(self, form: Form, piece: bytes) -> Block:
        """The rows of one piece."""
        data = np.frombuffer(bytearray(piece), np.uint8)
        rows = _empty_rows(form, int(np.count_nonzero(data == 10)))
        count = read_rows(data, ord(self.delimiter), self.columns.kinds, self.columns.slots, rows)
        cut = Rows(*(np.ascontiguousarray(array[..., :count]) for array in rows))
        return Block(cut, data, partial(self._cells, piece, cut.row_at))

    def _utf8(self, piece: bytes) -> bytes:
        return piece if self.encoding == "utf-8" else piece.decode(self.encoding).encode()

    def _cells(self, piece: bytes, row_at: np.ndarray, row: int) -> Mapping[str, Any] | Fault:
        """The cells of one line by column name."""
        line = piece[row_at[0, row] : row_at[1, row]].decode()
        cells = next(csv.reader([line.replace("\0", "")], delimiter=self.delimiter), [])
        names = self.columns.names
        if len(cells) != len(names):
            return Fault("$", "wrong_number_of_cells", {"expected": len(names), "found": len(cells)})
        return {name: cell for name, cell in zip(names, cells, strict=True) if name}


def encoding_of(path: Path) -> str:
    """`utf-8` or `gb18030` (of which GBK and GB 2312 are parts). Raises FileFault where the file is neither."""
    for encoding in ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise FileFault("unknown_encoding")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    clean = True
    try:
        with path.open("rb") as file:
            while piece := file.read(BLOCK_BYTES):
                if b"\0" in piece:
                    return False
                if not clean or not piece.isascii():
                    decoder.decode(piece)
                    clean = not decoder.getstate()[0]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _empty_rows(form: Form, count: int) -> Rows:
    return Rows(
        answers=np.zeros((len(form.keys), count), np.uint8),
        sex=np.empty(count, np.uint8),
        birth=np.empty(count, np.int32),
        seconds=np.empty(count, np.float64),
        measures=np.full((len(form.measures), count), np.nan),
        id_at=np.zeros((2, count), np.int64),
        row_at=np.zeros((2, count), np.int64),
        careful=np.zeros(count, np.bool_),
    )
