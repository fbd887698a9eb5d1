"""Blocks of rows from a Parquet file: items as whole numbers, as floats with whole values, or as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..assessment import Form
from ..kernels import csv_rows
from ..kernels.csv_rows import NOT_ONE_TO_FIVE, Rows
from .block import Block
from .columns import Columns, columns_of
from .faults import FileFault

BLOCK_ROWS = 1 << 16


@dataclass(frozen=True, slots=True)
class ParquetSource:
    """A Parquet file whose columns are known. Raises FileFault while it is opened."""

    path: Path
    columns: Columns

    @classmethod
    def open(cls, form: Form, path: Path) -> ParquetSource:
        try:
            names = pq.read_schema(path).names
        except (pa.ArrowInvalid, OSError):
            raise FileFault("not_parquet") from None
        return cls(path, columns_of(form, names))

    def pieces(self, size: int = BLOCK_ROWS, *, whole: bool = False) -> Iterator[pa.RecordBatch]:
        """The rows in pieces of at most `size` rows; `whole`: with the columns about the person, which scoring does not read."""
        kinds = zip(self.columns.names, self.columns.kinds, strict=True)
        read = [name for name, kind in kinds if name and (whole or kind != csv_rows.SKIP)]
        with pq.ParquetFile(self.path) as file:
            yield from file.iter_batches(batch_size=size, columns=read)

    def block(self, form: Form, piece: pa.RecordBatch) -> Block:
        """The rows of one piece."""
        count = piece.num_rows
        careful = np.zeros(count, np.bool_)
        answers = np.zeros((len(form.keys), count), np.uint8)
        measures = np.full((len(form.measures), count), np.nan)
        for name in piece.schema.names:
            if name in form.items:
                answers[form.keys.index(name)] = _answers(piece.column(name), careful)
            elif name in form.measures:
                measures[tuple(form.measures).index(name)] = _numbers(piece.column(name), careful)
        ids, id_at = _ids(piece.column("person_id"))
        rows = Rows(
            answers,
            _sexes(piece.column("sex"), careful),
            _days(piece, careful),
            _seconds(piece, careful),
            measures,
            id_at,
            np.zeros((2, count), np.int64),
            careful,
        )
        return Block(rows, ids, partial(_cells, piece))


def _cells(piece: pa.RecordBatch, row: int) -> Mapping[str, Any]:
    return {name: piece.column(name)[row].as_py() for name in piece.schema.names}


def _answers(column: pa.Array, careful: np.ndarray) -> np.ndarray:
    """uint8 [N]: 0 empty, 1..5, 255 another whole number; anything else is marked as careful."""
    if pa.types.is_integer(column.type):
        values = np.asarray(pc.fill_null(column, 0))
        out = np.where((values >= 1) & (values <= 5), values, NOT_ONE_TO_FIVE).astype(np.uint8)
        out[np.asarray(pc.is_null(column))] = 0
        return out
    if pa.types.is_floating(column.type):
        values = np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False))
        known = np.isin(values, (1, 2, 3, 4, 5))
        careful |= ~known & ~np.isnan(values)
        return np.where(known, values, 0).astype(np.uint8)
    text = _text(column)
    if text is None:
        careful |= np.asarray(pc.is_valid(column))
        return np.zeros(len(column), np.uint8)
    found = pc.index_in(text, value_set=pa.array(["", "1", "2", "3", "4", "5"]))
    careful |= np.asarray(pc.and_(pc.is_null(found), pc.is_valid(text)))
    return np.asarray(pc.fill_null(found, 0)).astype(np.uint8)


def _text(column: pa.Array) -> pa.Array | None:
    """The column as text where it is text, or of no type because every cell is empty."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    textual = pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_null(column.type)
    return pc.cast(column, pa.string()) if textual else None


def _numbers(column: pa.Array, careful: np.ndarray) -> np.ndarray:
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        values = pc.cast(column, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        careful |= np.isinf(values)
        return values
    careful |= np.asarray(pc.is_valid(column))
    return np.full(len(column), np.nan)


def _sexes(column: pa.Array, careful: np.ndarray) -> np.ndarray:
    text = _text(column)
    if text is None:
        careful |= np.asarray(pc.is_valid(column))
        return np.zeros(len(column), np.uint8)
    found = pc.index_in(text, value_set=pa.array(["", "female", "male"]))
    careful |= np.asarray(pc.and_(pc.is_null(found), pc.is_valid(text)))
    return np.asarray(pc.fill_null(found, 0)).astype(np.uint8)


def _days(piece: pa.RecordBatch, careful: np.ndarray) -> np.ndarray:
    """int32 [N]: year * 10000 + month * 100 + day, 0 empty."""
    days = np.zeros(piece.num_rows, np.int32)
    if "birth_date" not in piece.schema.names:
        return days
    column = piece.column("birth_date")
    if not pa.types.is_temporal(column.type):
        careful |= np.asarray(pc.is_valid(column))
        return days
    parts = [np.asarray(pc.fill_null(part(column), 0)).astype(np.int32) for part in (pc.year, pc.month, pc.day)]
    return parts[0] * 10000 + parts[1] * 100 + parts[2]


def _seconds(piece: pa.RecordBatch, careful: np.ndarray) -> np.ndarray:
    if "answered_in_s" not in piece.schema.names:
        return np.full(piece.num_rows, np.nan)
    numbers = _numbers(piece.column("answered_in_s"), careful)
    careful |= numbers < 0
    return numbers


def _ids(column: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """The ids as UTF-8 bytes, and int64 [2, N] where each one begins and ends."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    text = pc.fill_null(pc.cast(column, pa.large_string()), "")
    _, offsets, data = text.buffers()
    at = np.frombuffer(offsets, np.int64)[text.offset : text.offset + len(text) + 1]
    ids = np.frombuffer(data, np.uint8).copy() if data is not None and data.size else np.zeros(1, np.uint8)
    return ids, np.stack([at[:-1], at[1:]]) if len(text) else np.zeros((2, 0), np.int64)
