"""What a batch has made so far, in a file that survives the end of the process at any moment.

A journal of JSON lines: the day of the batch first, then one line per document. A line is on disk before its document takes its name; a
line that was torn is no line. When the batch is done the journal is written anew, in order.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from .draft import write_whole

NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Made:
    """One document that is there."""

    key: str
    file: str
    sha256: str
    size: int
    """Bytes."""
    review: tuple[str, ...]
    """Codes of the reasons for a practitioner to look at it."""


class Manifest:
    """Opened by one process at a time."""

    def __init__(self, path: Path, scratch: Path, on: date | None, today: date):
        """`on`: the day asked for; without it the day of an earlier run goes on, and a first run takes today."""
        self._path, self._scratch = path, scratch
        before, made = _read(path)
        self.day = on or before or today
        self.made = {entry.key: entry for entry in made}
        self._write(self.made.values())
        self._journal = path.open("ab")

    def add(self, entry: Made) -> None:
        """On disk when this returns."""
        self._journal.write(_line(asdict(entry)))
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self.made[entry.key] = entry

    def keep(self, entries: Iterable[Made]) -> None:
        """Forget all but these, and put them in order."""
        self.made = {entry.key: entry for entry in sorted(entries, key=lambda entry: entry.file)}
        self.close()
        self._write(self.made.values())

    def close(self) -> None:
        self._journal.close()

    def _write(self, entries: Iterable[Made]) -> None:
        write_whole(self._path, b"".join([_line({"day": self.day.isoformat()}), *(_line(asdict(e)) for e in entries)]), self._scratch)


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _read(path: Path) -> tuple[date | None, list[Made]]:
    """The day and the entries; what cannot be read as either is left out, and so is made again."""
    day, made = None, []
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            content = json.loads(line)
            if "day" in content:
                day = date.fromisoformat(content["day"])
            else:
                made.append(Made(**{**content, "review": tuple(content["review"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return day, made
