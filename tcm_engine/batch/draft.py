"""Files that appear when they are complete, and not before."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


class Draft:
    """A file that takes its name when the work is done, and vanishes when it fails.

    It is drawn up beside its place, or in `folder`, which must lie on the same file system.
    """

    def __init__(self, path: Path, folder: Path | None = None):
        self._path, self._folder = path, folder or path.parent

    def __enter__(self) -> Path:
        with NamedTemporaryFile(dir=self._folder, prefix=f".{self._path.stem[:40]}.", suffix=self._path.suffix, delete=False) as file:
            self._draft = Path(file.name)
        return self._draft

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if failure:
            self._draft.unlink()
        else:
            self._draft.chmod(0o644)
            self._draft.replace(self._path)


def write_whole(path: Path, content: bytes, folder: Path | None = None) -> None:
    """Write a file that is there in full or not at all, whenever the process or the machine stops."""
    with Draft(path, folder) as draft, draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
