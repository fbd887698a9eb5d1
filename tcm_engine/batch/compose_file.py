"""A file of answers to a folder of plans. Stopped at any moment, by any means, it goes on where it was; nothing is made twice."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from ..model import Fault, Registers
from .batch_folder import ERRORS, INDEX, SCORES, SUMMARY, SUMMARY_TEXT, BatchFolder
from .bench import Bench, NotMade, Planner, Render
from .draft import Draft
from .error_lines import ErrorLines
from .examine import Examiner
from .file_names import FileNames
from .manifest import NAME as MANIFEST
from .manifest import Made, Manifest
from .plan_task import PlanTask, Spool, Terms
from .sources import open_source
from .summary import Counts, Summary, summary_of
from .words import Phrases
from .workers import make_all, usual_workers

NOT_MADE = Fault("$", "plan_not_made")


@dataclass(frozen=True, slots=True)
class ComposedFile:
    """What was done."""

    rows: int
    failed: int
    """Rows that stand in the errors file."""
    made: int
    """Documents made now; `kept` are those that an earlier run had made."""
    kept: int
    outdated: int
    """Documents of earlier runs that no row owns any more; set aside."""
    day: date
    errors_file: Path


def compose_file(
    engine: Planner,
    instrument: str,
    source: Path,
    folder: Path,
    *,
    on: date | None,
    today: date,
    lang: str,
    phrases: Phrases,
    tell: Callable[[Summary], str],
    render: Render,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ComposedFile:
    """Score every row of `source` and make one document a person, in `folder`.

    on: the day of the plans; without it that of the folder's first run, or `today`. tell: a summary in words. workers: processes in
    which `render` is called; 0: in this one. progress: called with the rows done and their number. Raises FileFault where the file or the
    folder cannot be used, OSError and MemoryError where work cannot go on; KeyboardInterrupt passes when documents in hand are complete.
    """
    form, home = engine.form(instrument), BatchFolder(folder)
    home.refuse_to_overwrite(source)
    reader = open_source(form, source)
    with ExitStack() as stack:
        stack.enter_context(home.alone())
        manifest = stack.enter_context(closing(Manifest(folder / MANIFEST, home.scratch, on, today)))
        spool = Spool(stack.enter_context(TemporaryFile(dir=home.scratch)))
        terms = Terms(instrument, manifest.day, lang, engine.version, engine.knowledge.digest)
        registers = Registers.of(engine.knowledge)
        counts = Counts()
        examiner = Examiner(form, registers, terms, phrases, spool, counts)
        with Draft(folder / SCORES, home.scratch) as scores, Draft(folder / ERRORS, home.scratch) as errors:
            examiner.run(reader, scores, errors)
        bench = Bench(engine, registers, terms, render, home.scratch)
        shop = _Shop(home, manifest, bench, spool, FileNames(examiner.ids), counts, progress)
        shop.run(usual_workers() if workers is None else workers)
        return shop.finish(phrases, tell)


class _Shop:
    """Where the tasks are handed out and the documents come in."""

    def __init__(
        self,
        home: BatchFolder,
        manifest: Manifest,
        bench: Bench,
        spool: Spool,
        names: FileNames,
        counts: Counts,
        progress: Callable[[int, int], None] | None,
    ):
        self._home, self._manifest, self._bench, self._spool, self._names = home, manifest, bench, spool, names
        self._counts, self._progress = counts, progress
        self._broken: list[NotMade] = []
        self._owned: dict[str, Made] = {}
        self._new = 0

    def run(self, workers: int) -> None:
        self._bench.engine.warm_up()
        with closing(make_all(self._bench, self._to_make(), workers)) as results:
            for result in results:
                if isinstance(result, NotMade):
                    self._broken.append(result)
                else:
                    self._own(self._home.publish(self._manifest, result))
                    self._new += 1
                self._step()

    def finish(self, phrases: Phrases, tell: Callable[[Summary], str]) -> ComposedFile:
        for _ in self._broken:
            self._counts.fail([NOT_MADE])
        summary = summary_of(self._bench.terms, self._counts, self._owned.values(), (broken.where for broken in self._broken))
        self._write_errors(phrases)
        self._home.write(INDEX, self._index())
        self._home.write(SUMMARY, _json(asdict(summary)))
        self._home.write(SUMMARY_TEXT, tell(summary).encode())
        outdated = self._home.finish(self._manifest, self._owned.values())
        kept = len(self._owned) - self._new
        errors = self._home.path / ERRORS
        return ComposedFile(summary.rows, summary.failed, self._new, kept, outdated, summary.terms.day, errors)

    def _to_make(self) -> Iterator[tuple[PlanTask, str]]:
        """Tasks that no earlier run has done, with the names of their files."""
        for task in self._spool:
            file = self._names.of(task.person_id)
            there = self._home.adopt(self._manifest, task.key, file)
            if there:
                self._own(there)
                self._step()
            else:
                yield task, file

    def _own(self, made: Made) -> None:
        self._owned[made.key] = made

    def _step(self) -> None:
        if self._progress:
            done = self._counts.rows - self._spool.count + len(self._owned) + len(self._broken)
            self._progress(done, self._counts.rows)

    def _write_errors(self, phrases: Phrases) -> None:
        """The faults of the rows stand in the file already; add the plans that could not be made."""
        if not self._broken:
            return
        added = io.StringIO()
        lines = ErrorLines(added, phrases)
        for broken in sorted(self._broken, key=lambda broken: broken.row):
            lines.write(broken.person_id, broken.row, [NOT_MADE])
        errors = self._home.path / ERRORS
        self._home.write(ERRORS, errors.read_bytes() + added.getvalue().encode())

    def _index(self) -> bytes:
        """Whose document is where."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["person_id", "row", "file"])
        writer.writerows((task.person_id, task.row, self._owned[task.key].file) for task in self._spool if task.key in self._owned)
        return text.getvalue().encode()


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n").encode()
