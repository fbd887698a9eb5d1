"""Putting a backup back: into an empty installation alone, after every digest in it was compared."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from tcm_engine.records import Records, portable, upgrade

from .anchors import NAME as ANCHORS
from .audit_trail import TrailOf, check_every_trail
from .backup import FILES, FORMAT, HEAD, MANIFEST
from .strongbox import PIECE, CannotRead, Locks, Reader

_AT_ONCE = 2**20


class CannotRestore(RuntimeError):
    """Nothing was put back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    rows: int
    files: int
    missing: tuple[str, ...]
    """Paths of stored files that were missing already when the backup was made."""
    made_at: str
    trails: tuple[TrailOf, ...]
    """Every audit trail, checked after all was put back."""


def restore_backup(records: Records, var: Path, source: Path, locks: Locks) -> Restored:
    """Put `source` back and bring the schema to this program's. Raises CannotRestore, CannotRead, OSError; then nothing was written,
    or so little that the same can be done again."""
    head, manifest = _inspect(source, locks)
    _refuse(records, head, manifest)
    _each(source, locks, lambda name, file: _put_file(var, name, file))
    portable.prepare_empty(records, head["revision"])
    with records.write() as db:
        written = portable.load(db, _rows(source, locks))
        if written != manifest["tables"]:
            raise CannotRestore("the rows of the backup are not those that its manifest names")
    with records.read() as db:
        if {name: rows for name, rows in portable.counts(db).items() if rows} != {name: rows for name, rows in written.items() if rows}:
            raise CannotRestore("the database does not hold what was written to it")
    upgrade(records)
    files = sum(1 for name in manifest["entries"] if name.startswith(f"{FILES}/"))
    trails = check_every_trail(records, var)
    return Restored(sum(written.values()), files, tuple(manifest["missing"]), str(head["made_at"]), trails)


def _inspect(source: Path, locks: Locks) -> tuple[dict[str, Any], dict[str, Any]]:
    """(head, manifest) of a backup each of whose entries is what the manifest says. Raises CannotRead, CannotRestore."""
    found: dict[str, dict[str, Any]] = {}
    kept: dict[str, Any] = {}

    def look(name: str, file: IO[bytes]) -> None:
        digest, size, content = hashlib.sha256(), 0, bytearray()
        while part := file.read(_AT_ONCE):
            digest.update(part)
            size += len(part)
            if name in (HEAD, MANIFEST):
                content += part
        if name in (HEAD, MANIFEST):
            kept[name] = json.loads(bytes(content))
        found[name] = {"size": size, "sha256": digest.hexdigest()}

    _each(source, locks, look)
    if HEAD not in kept or MANIFEST not in kept:
        raise CannotRestore("the backup has no manifest; take another copy of it")
    del found[MANIFEST]
    if found != kept[MANIFEST]["entries"]:
        raise CannotRestore("what lies in the backup is not what its manifest names; take another copy of it")
    return kept[HEAD], kept[MANIFEST]


def _refuse(records: Records, head: dict[str, Any], manifest: dict[str, Any]) -> None:
    if head.get("format") != FORMAT or not portable.knows_revision(records, str(head.get("revision"))):
        raise CannotRestore(f"the backup was made by a newer program ({head.get('program')}); restore it with that one, then upgrade")
    known = {key.hex() for key in records.vault.key_ids}
    if not set(manifest["keys"]) <= known:
        raise CannotRestore(
            "the rows of this backup were sealed with another secret key; set TCM_SECRET_KEY_FILE to that of the installation it came from"
        )
    if not portable.is_empty(records):
        raise CannotRestore("this installation holds something already; a backup is put back into an empty one alone")


def _rows(source: Path, locks: Locks) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]:
    with _opened(source, locks) as tar:
        for info in tar:
            if info.name.startswith("tables/"):
                part = json.loads(_extracted(tar, info).read())
                yield part["table"], part["columns"], part["rows"]


def _put_file(var: Path, name: str, file: IO[bytes]) -> None:
    if name == ANCHORS:
        target = var / ANCHORS
    elif name.startswith(f"{FILES}/"):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise CannotRestore("the backup names a file outside the folder of stored files")
        target = var / path
    else:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".part-{target.name}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        while content := file.read(_AT_ONCE):
            out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)


def _each(source: Path, locks: Locks, use: Callable[[str, IO[bytes]], None]) -> None:
    with _opened(source, locks) as tar:
        for info in tar:
            use(info.name, _extracted(tar, info))


@contextmanager
def _opened(source: Path, locks: Locks) -> Iterator[tarfile.TarFile]:
    with source.open("rb") as file:
        reader = Reader(file, locks)
        try:
            with tarfile.open(fileobj=reader, mode="r|", bufsize=PIECE) as tar:  # type: ignore[call-overload]  # anything that reads will do
                yield tar
        except tarfile.TarError:
            raise CannotRead("what the backup holds is no archive of ours") from None
        while reader.read(_AT_ONCE):
            pass  # to its end, where a cut tail is noticed


def _extracted(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(info)
    if file is None:
        raise CannotRestore("the backup holds something that is no file")
    return file


NotEmpty = portable.NotEmpty

__all__ = ["CannotRestore", "NotEmpty", "Restored", "restore_backup"]
