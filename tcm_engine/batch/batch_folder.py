"""The folder of a batch: one process in it at a time, documents that appear whole, nothing half done left over."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from .draft import write_whole
from .faults import FileFault
from .manifest import NAME as MANIFEST
from .manifest import Made, Manifest

SCORES, ERRORS, INDEX, SUMMARY, SUMMARY_TEXT = "scores.csv", "errors.csv", "plans.csv", "summary.json", "summary.txt"
OUTDATED = "outdated"
"""Where documents go that no row owns any more."""
WAIT_S, WAITS = 0.1, 100
"""How long the processes of a run that was killed get to notice."""
_READY = re.compile(r"[0-9a-f]{64}")


class BatchFolder:
    def __init__(self, path: Path):
        self.path = path
        self.scratch = path / ".work"
        """Documents that are complete but have no name yet, by key; and drafts."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder, made where it is missing. Raises FileFault where another process holds it."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".lock").open("ab") as lock:
            _wait_for(lock.fileno())
            self.scratch.mkdir(exist_ok=True)
            for left_over in self.scratch.iterdir():
                if not _READY.fullmatch(left_over.name):
                    left_over.unlink()
            yield

    def refuse_to_overwrite(self, source: Path) -> None:
        """Raises FileFault where the answers are a file that a batch writes."""
        written = (self.path / name for name in (SCORES, ERRORS, INDEX, SUMMARY, SUMMARY_TEXT, MANIFEST))
        if any(file.exists() and source.samefile(file) for file in written):
            raise FileFault("same_file")

    def write(self, name: str, content: bytes) -> None:
        write_whole(self.path / name, content, self.scratch)

    def publish(self, manifest: Manifest, made: Made) -> Made:
        """Give a ready document its name; the manifest knows before anybody else can see it."""
        manifest.add(made)
        (self.scratch / made.key).replace(self.path / made.file)
        return made

    def adopt(self, manifest: Manifest, key: str, file: str) -> Made | None:
        """The document with this key where an earlier run made it, under the name that it has now; None where it must be made."""
        known = manifest.made.get(key)
        if known is None:
            return None
        if known.file == file and _is(self.path / file, known):
            return known
        for place in (self.scratch / key, self.path / known.file):
            if _is(place, known):
                if place.parent != self.scratch:
                    write_whole(self.scratch / key, place.read_bytes(), self.scratch)
                return self.publish(manifest, replace(known, file=file))
        return None

    def finish(self, manifest: Manifest, owned: Iterable[Made]) -> int:
        """Set aside what earlier runs made and no row owns now; returns how many. Files that no batch made are never touched."""
        kept = list(owned)
        names, moved = {made.file for made in kept}, 0
        for old in {made.file: made for made in manifest.made.values() if made.file not in names}.values():
            if _is(self.path / old.file, old):
                (self.path / OUTDATED).mkdir(exist_ok=True)
                (self.path / old.file).replace(self.path / OUTDATED / old.file)
                moved += 1
        manifest.keep(kept)
        shutil.rmtree(self.scratch)
        return moved


def described(file: Path, name: str, key: str, review: tuple[str, ...]) -> Made:
    content = file.read_bytes()
    return Made(key, name, hashlib.sha256(content).hexdigest(), len(content), review)


def _is(file: Path, made: Made) -> bool:
    if not file.is_file() or file.stat().st_size != made.size:
        return False
    return hashlib.sha256(file.read_bytes()).hexdigest() == made.sha256


def _wait_for(lock: int) -> None:
    for _ in range(WAITS):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            Event().wait(WAIT_S)
    raise FileFault("folder_in_use")
