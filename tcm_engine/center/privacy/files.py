"""Stored files under a new key, and stored files that are to go.

How they lie on disk is the work wing's: magic (8 bytes), the file's own random bytes, then pieces, each with its length (4 bytes) before
it and sealed for its file, its number and whether it is the last.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from tcm_engine.center import Center
from tcm_engine.records import CannotOpen, resealing, stored_file

FOLDER = "files"
"""Below `var`."""
_HEAD = 8 + stored_file.SEAL_BYTES
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class FileFault:
    """A stored file that is not there, or does not open."""

    public_id: str
    path: str


def reseal_files(center: Center) -> tuple[int, tuple[FileFault, ...]]:
    """Seal every stored file anew that is under an earlier key, one after the other; (files written, files that do not open).

    The new file takes the place of the old one in one step, so that killed at any moment one of them is there, whole.
    """
    with center.records.read() as db:
        rows = resealing.stored_files(db)
    written, broken = 0, []
    for row in rows:
        try:
            written += _reseal(center, row, center.var / FOLDER / row.path)
        except (CannotOpen, FileNotFoundError):
            broken.append(FileFault(row.public_id, row.path))
    return written, tuple(broken)


def remove_from_disk(center: Center, paths: list[str]) -> int:
    """Remove files whose rows are gone; how many there were. What is gone already is no error."""
    removed = 0
    for path in paths:
        try:
            (center.var / FOLDER / path).unlink()
        except FileNotFoundError:
            continue
        removed += 1
    return removed


def _reseal(center: Center, row: stored_file.StoredFileRow, path: Path) -> bool:
    part = path.with_name(f".new-{path.name}")
    with path.open("rb") as source:
        head = source.read(_HEAD)
        if source.read(_LENGTH + 4)[_LENGTH:] == center.records.vault.key_id:
            return False
        source.seek(_HEAD)
        try:
            with part.open("wb") as target:
                target.write(head)
                digest = _copy(center, row, source, target)
                target.flush()
                os.fsync(target.fileno())
            with center.records.write() as db:
                resealing.rename_file(db, center.records.vault, row, digest)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return True


def _copy(center: Center, row: stored_file.StoredFileRow, source: BufferedReader, target: BinaryIO) -> bytes:
    """SHA-256 of the content that was copied, piece by piece. Raises CannotOpen."""
    digest, number, left = hashlib.sha256(), 0, row.size
    while True:
        sealed = source.read(int.from_bytes(source.read(_LENGTH), "big"))
        last = not source.peek(1)
        place = b"stored_file:" + row.seal + number.to_bytes(8, "big") + (b"1" if last else b"0")
        content = center.records.vault.open(sealed, place)
        again = center.records.vault.seal(content, place)
        target.write(len(again).to_bytes(_LENGTH, "big") + again)
        digest.update(content)
        number, left = number + 1, left - len(content)
        if last:
            if left:
                raise CannotOpen("the file is longer or shorter than it was")
            return digest.digest()
