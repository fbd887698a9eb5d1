"""A file of answers to a file of scores, in pieces: memory does not grow with the number of rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..assessment import Form
from .csv_sink import CsvSink
from .draft import Draft
from .error_lines import ErrorLines
from .faults import FileFault
from .score_block import ScoredBlock, score_block
from .sources import open_source
from .vocabulary import vocabulary_of
from .words import Phrases

THREADS = 2
AHEAD = 2 * THREADS
"""Pieces that are read before the first of them is written: what bounds the memory."""
FORMATS = (".csv", ".parquet")


@dataclass(frozen=True, slots=True)
class ScoredFile:
    """What was done."""

    rows: int
    failed: int
    errors_file: Path
    """`STEM.errors.csv` beside the scores: one line per fault; a header alone where there is none."""


def score_file(
    form: Form,
    source: Path,
    target: Path,
    *,
    phrases: Phrases,
    on: date,
    progress: Callable[[int], None] | None = None,
    piece_size: int | None = None,
) -> ScoredFile:
    """Score every row of `source` into `target`; both .csv or .parquet, by extension.

    Row order is kept. A bad row becomes `status=error` and a line per fault in the errors file (`person_id,row,path,message`; row 1 is
    the first after the header); it never costs a good one. `on`: the day for which ages are reckoned. `progress` is called with the
    number of rows done. `piece_size`: bytes of text or rows of Parquet that are read at once; the output does not depend on it.
    Both files appear when they are complete. Raises FileFault where the file as a whole cannot be scored.
    """
    reader, writes_text = _opened(form, source, target), target.suffix.lower() == ".csv"
    errors_file = target.with_name(f"{target.stem}.errors.csv")
    vocabulary = vocabulary_of(form, phrases.conclusion)
    with ExitStack() as stack:
        scores_path, errors_path = (stack.enter_context(Draft(path)) for path in (target, errors_file))
        sink: Any = CsvSink(scores_path, vocabulary) if writes_text else _parquet_sink(scores_path, form, vocabulary)
        stack.callback(sink.close)
        errors = _Errors(ErrorLines(stack.enter_context(errors_path.open("w", encoding="utf-8", newline="")), phrases))
        pieces = reader.pieces(piece_size) if piece_size else reader.pieces()

        def work(piece: Any) -> tuple[ScoredBlock, Any]:
            scored = score_block(form, reader.block(form, piece), on)
            return scored, sink.render(scored)

        for scored, rendered in _in_order(pieces, work):
            sink.write(rendered)
            errors.write(scored)
            if progress:
                progress(errors.rows)
    return ScoredFile(errors.rows, errors.failed, errors_file)


def _opened(form: Form, source: Path, target: Path) -> Any:
    if source.suffix.lower() not in FORMATS or target.suffix.lower() not in FORMATS:
        raise FileFault("file_type")
    if target.exists() and source.samefile(target):
        raise FileFault("same_file")
    return open_source(form, source)


def _parquet_sink(path: Path, form: Form, vocabulary: Any) -> Any:
    from .parquet_sink import ParquetSink

    return ParquetSink(path, form, vocabulary)


def _in_order(pieces: Iterator[Any], work: Callable[[Any], Any]) -> Iterator[Any]:
    """The results of `work` for every piece, in the order of the pieces, a few at a time on threads."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix="score_file") as pool:
        waiting: deque[Future] = deque()
        for piece in pieces:
            waiting.append(pool.submit(work, piece))
            if len(waiting) >= AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Errors:
    """The lines of the errors file, and how many rows there were."""

    def __init__(self, lines: ErrorLines):
        self._lines = lines
        self._lines.begin()
        self.rows = self.failed = 0

    def write(self, scored: ScoredBlock) -> None:
        for row, person_id, faults in scored.failed:
            self._lines.write(person_id, self.rows + row + 1, faults)
        self.rows += scored.block.count
        self.failed += len(scored.failed)
