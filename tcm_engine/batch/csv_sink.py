"""Scores as lines of text."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np

from ..kernels import csv_lines
from ..kernels.csv_lines import Vocabulary, write_lines
from .score_block import ScoredBlock
from .vocabulary import header


class CsvSink:
    """Writes a scores file. `render` may run on any thread; `write` in the order of the rows."""

    def __init__(self, path: Path, vocabulary: Vocabulary):
        self._vocabulary = vocabulary
        self._file: BinaryIO = path.open("wb")
        self._file.write((",".join(header()) + "\n").encode())

    def render(self, scored: ScoredBlock) -> memoryview:
        rows, block = scored.block.rows, scored.block
        ids = int((rows.id_at[1] - rows.id_at[0]).sum()) * 2 + 2 * block.count
        out = np.empty(ids + self._tail() * (block.count + 1), np.uint8)
        end = write_lines(self._vocabulary, block.ids, rows.id_at, scored.scores, scored.conclusions, out)
        return out[:end].data

    def write(self, rendered: memoryview) -> None:
        self._file.write(rendered)

    def close(self) -> None:
        self._file.close()

    def _tail(self) -> int:
        """No line is longer than this after its id: nine groups of cells, a sentence that names each type once or twice, the reasons."""
        length = self._vocabulary.length
        cells, others, words = (int(part.max()) for part in np.split(length, [csv_lines.OK, csv_lines.NAMES]))
        return 9 * cells + 3 * others + 40 * words + csv_lines.PADDING
