"""Files that a centre keeps, sealed piece by piece: nothing readable is ever on disk, and memory holds one piece at a time.

A file is a head (magic, then the random bytes that its row names too) and pieces, each with its length before it. A piece is sealed for
its file, its place and whether it is the last, so that pieces can be neither moved, left out nor taken from another file. It is written
under a temporary name, synced and renamed to the keyed hash of its content.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from tcm_engine.center import Center
from tcm_engine.records import CannotOpen, Vault, stored_file

from .kinds import Halted

MAGIC = b"TCMFILE1"
PIECE = 2**20
"""Bytes of content in a piece."""
_LENGTH = 4
FREE = 256 * 2**20
"""Bytes that are left free on the disk for the database and everything else."""
OLD_S = 3600
"""Seconds after which a file that no row names is nobody's."""
FOLDER = "files"
_HEAD = len(MAGIC) + stored_file.SEAL_BYTES


class SealedWriter:
    """A file being written, as a stream that zipfile can write to; complete only with `done`."""

    def __init__(self, center: Center, organisation: int):
        self._vault, self._organisation = center.records.vault, organisation
        self._root = center.var / FOLDER
        folder = self._root / str(organisation)
        folder.mkdir(parents=True, exist_ok=True)
        self._seal = os.urandom(stored_file.SEAL_BYTES)
        self._temporary = folder / f".new-{self._seal.hex()}"
        self._file: BinaryIO = self._temporary.open("xb")
        self._file.write(MAGIC + self._seal)
        self._waiting, self._piece, self._size = bytearray(), 0, 0
        self._digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self._digest.update(content)
        self._size += len(content)
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(content)

    def flush(self) -> None:
        """Pieces are written when they are full."""

    def done(self) -> stored_file.NewFile:
        """The file under its name, on disk for good."""
        self._put(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        handle = self._vault.handle(stored_file.content_name(self._organisation, self._digest.digest())).hex()
        path = f"{self._organisation}/{handle[:2]}/{handle}-{self._seal.hex()[:8]}"
        place = self._root / path
        place.parent.mkdir(exist_ok=True)
        self._temporary.replace(place)
        _sync(place.parent)
        return stored_file.NewFile(self._digest.digest(), path, self._seal, self._size)

    def __enter__(self) -> SealedWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
        self._temporary.unlink(missing_ok=True)

    def _put(self, content: bytes, last: bool) -> None:
        sealed = self._vault.seal(content, _place(self._seal, self._piece, last))
        self._file.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        self._piece += 1


def store_bytes(center: Center, organisation: int, content: bytes) -> stored_file.NewFile:
    """Raises Halted where the disk is full."""
    with full_disk_halts(), SealedWriter(center, organisation) as writer:
        writer.write(content)
        return writer.done()


def read_stored(center: Center, row: stored_file.StoredFileRow) -> Iterator[bytes]:
    """The content, piece by piece. Raises CannotOpen at once where the file is gone or another one, later where a piece was changed."""
    path = center.var / FOLDER / row.path
    try:
        file = path.open("rb")
    except OSError:
        raise CannotOpen("the file is not there") from None
    if file.read(_HEAD) != MAGIC + row.seal:
        file.close()
        raise CannotOpen("another file lies in this place")
    return _pieces(file, center.records.vault, row)


def read_whole(center: Center, row: stored_file.StoredFileRow) -> bytes:
    return b"".join(read_stored(center, row))


def is_there(center: Center, row: stored_file.StoredFileRow) -> bool:
    """Whether its file lies where its row says; whether its pieces are whole is seen when it is read."""
    try:
        with (center.var / FOLDER / row.path).open("rb") as file:
            return bool(file.read(_HEAD) == MAGIC + row.seal)
    except OSError:
        return False


def make_room(center: Center, size: int) -> None:
    """Raises Halted where the disk has not `size` bytes and a reserve."""
    center.var.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(center.var).free < size + FREE:
        raise Halted("disk_full")


class full_disk_halts:  # reads as a statement
    """A disk that is full, or a quota that is used up, halts the job, which can go on later; other errors pass."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise Halted("disk_full") from None


def sweep_files(center: Center, old_s: float = OLD_S) -> int:
    """Remove files that expired, and what a process that died has left: files that no row names. How many files went.

    Called by the process that holds the lease: files are written by it alone, so that none is swept between its writing and its row.
    """
    with center.records.write() as db:
        gone = stored_file.expired_files(db, center.clock())
        for row in gone:
            stored_file.remove_files(db, row.organisation, [row.id])
        named = stored_file.all_paths(db)
    removed = sum(_unlink(center.var / FOLDER / row.path) for row in gone)
    root, now = center.var / FOLDER, time.time()
    for path in [path for path in root.rglob("*") if path.is_file()] if root.exists() else []:
        if path.relative_to(root).as_posix() not in named and abs(now - path.stat().st_mtime) >= old_s:
            removed += _unlink(path)
    return removed


def remove_stored(center: Center, paths: list[str]) -> int:
    """Remove files whose rows are removed; those that are gone already are no error."""
    return sum(_unlink(center.var / FOLDER / path) for path in paths)


def _pieces(file: BinaryIO, vault: Vault, row: stored_file.StoredFileRow) -> Iterator[bytes]:
    with file:
        left, piece = row.size, 0
        while True:
            length = int.from_bytes(file.read(_LENGTH), "big")
            last = left <= PIECE
            content = vault.open(file.read(length), _place(row.seal, piece, last))
            left, piece = left - len(content), piece + 1
            yield content
            if last:
                if left or file.read(1):
                    raise CannotOpen("the file is longer or shorter than it was")
                return


def _place(seal: bytes, piece: int, last: bool) -> bytes:
    return b"stored_file:" + seal + piece.to_bytes(8, "big") + (b"1" if last else b"0")


def _unlink(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
