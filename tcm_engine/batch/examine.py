"""The first pass over a file of answers: scores, faults, and what plans there are to make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any

from ..assessment import Form
from ..model import Fault, InvalidInput, Registers, read_person
from .block import CarefulRow, careful_row
from .csv_sink import CsvSink
from .error_lines import ErrorLines
from .person_cells import person_of
from .plan_task import Spool, Terms, task_of
from .score_block import ScoredBlock, score_block
from .summary import Counts
from .vocabulary import vocabulary_of
from .words import Phrases

PIECE_BYTES, PIECE_ROWS = 1 << 20, 1 << 12
"""What is read at once of text and of Parquet: bounds the memory."""


@dataclass(slots=True)
class Examiner:
    """Reads every row once. Each person gets one plan: the first good row of an id counts, a later one is a fault."""

    form: Form
    registers: Registers
    terms: Terms
    phrases: Phrases
    spool: Spool
    counts: Counts
    ids: dict[str, int] = field(default_factory=dict)
    """Id of everybody who gets a plan -> the row."""

    def run(self, source: Any, scores: Path, errors: Path) -> None:
        """Write the scores and the faults of all rows, and spool the tasks of the good ones."""
        sink = CsvSink(scores, vocabulary_of(self.form, self.phrases.conclusion))
        with errors.open("w", encoding="utf-8", newline="") as file:
            lines = ErrorLines(file, self.phrases)
            lines.begin()
            try:
                for piece in source.pieces(PIECE_ROWS if source.path.suffix.lower() == ".parquet" else PIECE_BYTES, whole=True):
                    scored = score_block(self.form, source.block(self.form, piece), self.terms.day)
                    sink.write(sink.render(scored))
                    self._rows(scored, lines)
            finally:
                sink.close()

    def _rows(self, scored: ScoredBlock, lines: ErrorLines) -> None:
        first = self.counts.rows + 1
        self.counts.add(scored)
        for row in range(scored.block.count):
            person_id, faults = self._row(first + row, scored.block.cells_of(row))
            self.counts.fail(faults)
            lines.write(person_id, first + row, faults)

    def _row(self, row: int, cells: Mapping[str, Any] | Fault) -> tuple[str, list[Fault]]:
        """The person's id and the faults of a row; the row's task is spooled where it has none."""
        if isinstance(cells, Fault):
            return "", [cells]
        read = careful_row(self.form, cells, self.terms.day)
        person, faults = self._person(cells, read)
        faults += self._id_faults(read.person_id)
        if not faults:
            self.ids[read.person_id] = row
            seconds = None if isnan(read.seconds) else read.seconds
            self.spool.add(task_of(self.terms, row, read.person_id, person, read.answers, seconds))
        return read.person_id, faults

    def _person(self, cells: Mapping[str, Any], read: CarefulRow) -> tuple[dict[str, Any], list[Fault]]:
        born = read.birth_date
        person, faults = person_of(cells, read.sex, _iso(born), self.registers.red_flags)
        faults = [*read.faults, *faults]
        try:
            read_person(person, self.registers, self.terms.day, minimum_age=self.form.instrument.minimum_age)
        except InvalidInput as invalid:
            known = {fault.path for fault in faults}
            faults += [fault for fault in invalid.faults if fault.path not in known]
        return person, faults

    def _id_faults(self, person_id: str) -> list[Fault]:
        if not person_id.strip():
            return [Fault("$.person_id", "missing")]
        if person_id in self.ids:
            return [Fault("$.person_id", "repeated_person", {"row": self.ids[person_id]})]
        return []


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
