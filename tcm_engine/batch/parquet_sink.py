"""Scores as a Parquet file; the same columns as the text, typed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..assessment import Form
from ..kernels import csv_lines
from ..kernels.csv_lines import Vocabulary, write_conclusions
from ..model import CONSTITUTIONS, VERDICT_CODES
from .score_block import ScoredBlock
from .vocabulary import header, reasons_of

ROW_GROUP = 1 << 17
"""Rows of a row group, whatever the blocks were: the same rows give the same bytes."""
_LONGEST_SENTENCE = 40
"""Words of a conclusion, at most."""
_ERROR = len(VERDICT_CODES)


class ParquetSink:
    """Writes a scores file. `render` may run on any thread; `write` in the order of the rows."""

    def __init__(self, path: Path, form: Form, vocabulary: Vocabulary):
        self._form, self._vocabulary = form, vocabulary
        self._schema = pa.schema([(name, _type_of(name)) for name in header()])
        self._writer = pq.ParquetWriter(path, self._schema, compression="snappy", write_statistics=False)
        self._waiting: list[pa.Table] = []
        self._rows_waiting = 0

    def render(self, scored: ScoredBlock) -> pa.Table:
        columns = [_ids(scored), _taken(["ok", "error"], scored.scores.status != 0)]
        for s in range(len(CONSTITUTIONS)):
            columns += self._scale(scored, s)
        columns += [_primaries(scored), self._conclusions(scored), _taken([reasons_of(b) for b in range(256)], scored.conclusions.reasons)]
        return pa.Table.from_arrays(columns, schema=self._schema)

    def write(self, rendered: pa.Table) -> None:
        self._waiting.append(rendered)
        self._rows_waiting += rendered.num_rows
        if self._rows_waiting >= ROW_GROUP:
            self._flush(every_row=False)

    def close(self) -> None:
        self._flush(every_row=True)
        self._writer.close()

    def _flush(self, every_row: bool) -> None:
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting).combine_chunks()
        whole = table.num_rows if every_row else table.num_rows // ROW_GROUP * ROW_GROUP
        self._writer.write_table(table.slice(0, whole).combine_chunks(), row_group_size=ROW_GROUP)
        self._waiting = [table.slice(whole)] if whole < table.num_rows else []
        self._rows_waiting = table.num_rows - whole

    def _scale(self, scored: ScoredBlock, s: int) -> list[pa.Array]:
        raw, failed = scored.scores.raw[s], scored.scores.status != 0
        unknown = raw == 0
        table = np.zeros(64)
        scale = self._form.scales[s]
        for value in range(scale.items, 5 * scale.items + 1):
            table[value] = float(self._form.score(s, value))
        verdicts = np.where(failed, _ERROR, scored.scores.verdict[s])
        return [
            pa.array(raw, pa.uint8(), mask=unknown),
            pa.array(table[raw], pa.float64(), mask=unknown),
            _taken([*VERDICT_CODES, None], verdicts),
        ]

    def _conclusions(self, scored: ScoredBlock) -> pa.Array:
        count, longest = scored.block.count, int(self._vocabulary.length[csv_lines.NAMES :].max())
        out = np.empty(_LONGEST_SENTENCE * longest * count + csv_lines.PADDING, np.uint8)
        ends = np.empty(count + 1, np.int32)
        end = write_conclusions(self._vocabulary, scored.scores, scored.conclusions, out, ends)
        return pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(out[:end].copy()))


def _type_of(name: str) -> pa.DataType:
    return {"raw": pa.uint8(), "score": pa.float64()}.get(name.rsplit("_", 1)[-1], pa.string())


def _ids(scored: ScoredBlock) -> pa.Array:
    """The ids, which lie one after the other in the block but for those of the rows that were read carefully."""
    at, ids = scored.block.rows.id_at, scored.block.ids
    lengths = at[1] - at[0]
    ends = np.concatenate([[0], np.cumsum(lengths)])
    picked = np.repeat(at[0] - ends[:-1], lengths) + np.arange(ends[-1])
    return pa.LargeStringArray.from_buffers(len(lengths), pa.py_buffer(ends), pa.py_buffer(ids[picked])).cast(pa.string())


def _taken(words: list[str | None], numbers: np.ndarray) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(numbers.astype(np.int32)))


def _primaries(scored: ScoredBlock) -> pa.Array:
    kind, ranked = scored.conclusions.kind, scored.conclusions.ranked[0]
    leading = np.select([(kind == 1) | (kind == 2), (kind == 3) | (kind == 4)], [0, ranked.astype(np.int64)], len(CONSTITUTIONS))
    return _taken([*CONSTITUTIONS, None], leading)
