"""The whole installation in one file, made while the server runs: every row, every stored file, and what each must be.

The same format for both databases: what SQLite kept can be put into PostgreSQL. Inside the strongbox lies a tar archive:

    head.json             revision of the schema, versions, the moment
    tables/NAME/N.json    rows, a thousand a file, in an order in which they can be put back
    files/PATH            stored files as they lie on disk: sealed
    audit_anchors.jsonl   heads of the audit trails
    manifest.json         size and SHA-256 of each of these, rows of each table, ids of the keys that sealed them
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tcm_engine.records import Records, portable, revisions, stored_file
from tcm_engine.version import VERSION

from .anchors import NAME as ANCHORS
from .audit_trail import check_every_trail
from .strongbox import PIECE, Locks, Writer

FORMAT = 1
HEAD, MANIFEST = "head.json", "manifest.json"
FILES = "files"


@dataclass(frozen=True, slots=True)
class BackupMade:
    rows: int
    files: int
    missing: tuple[str, ...]
    """Paths of stored files that have a row and do not lie on the disk."""
    size: int
    """Bytes."""
    trails_intact: bool
    """Whether every audit trail was found intact before."""


@dataclass(slots=True)
class _Archive:
    tar: tarfile.TarFile
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, content: bytes) -> None:
        self._begin(name, len(content), io.BytesIO(content))
        self.entries[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    def add_file(self, name: str, path: Path) -> None:
        """Raises FileNotFoundError."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digesting = _Digesting(file)
            self._begin(name, size, digesting)
        self.entries[name] = {"size": size, "sha256": digesting.digest.hexdigest()}

    def _begin(self, name: str, size: int, source: Any) -> None:
        info = tarfile.TarInfo(name)
        info.size = size
        self.tar.addfile(info, source)


class _Digesting:
    """A file whose bytes are digested as they are read."""

    def __init__(self, file: Any):
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._file.read(size)
        self.digest.update(content)
        return content


def make_backup(records: Records, var: Path, target: Path, locks: Locks, now: datetime) -> BackupMade:
    """Write `target`, whole or not at all. Raises FileExistsError where it is there already, OSError where the disk is full."""
    if target.exists():
        raise FileExistsError(17, "exists already; a backup is never written over another", str(target))
    intact = all(one.checked.intact for one in check_every_trail(records, var))
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            writer = Writer(file, locks)
            with tarfile.open(fileobj=writer, mode="w|", format=tarfile.PAX_FORMAT, bufsize=PIECE) as tar:  # type: ignore[call-overload]
                rows, files, missing = _write_all(_Archive(tar), records, var, now)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return BackupMade(rows, files, missing, target.stat().st_size, intact)


def _write_all(archive: _Archive, records: Records, var: Path, now: datetime) -> tuple[int, int, tuple[str, ...]]:
    with records.snapshot() as db:
        head = {
            "format": FORMAT,
            "revision": revisions(records)[0],
            "program": VERSION,
            "database": records.kind,
            "made_at": now.isoformat(),
        }
        archive.add(HEAD, _json(head))
        counts, key_ids = _write_rows(archive, db)
        paths = sorted(stored_file.all_paths(db))
    missing = _write_files(archive, var, paths)
    anchors = var / ANCHORS
    if anchors.exists():
        archive.add(ANCHORS, anchors.read_bytes())
    manifest = {"entries": dict(archive.entries), "tables": counts, "keys": sorted(key_ids), "missing": missing}
    archive.add(MANIFEST, _json(manifest))
    return sum(counts.values()), len(paths) - len(missing), missing


def _write_rows(archive: _Archive, db: Connection) -> tuple[dict[str, int], set[str]]:
    counts: dict[str, int] = {}
    parts: dict[str, int] = {}
    key_ids: set[str] = set()
    for batch in portable.dump(db):
        parts[batch.table] = parts.get(batch.table, 0) + 1
        counts[batch.table] = counts.get(batch.table, 0) + len(batch.rows)
        key_ids |= {key.hex() for key in batch.key_ids}
        content = _json({"table": batch.table, "columns": batch.columns, "rows": batch.rows})
        archive.add(f"tables/{batch.table}/{parts[batch.table]:06}.json", content)
    return counts, key_ids


def _write_files(archive: _Archive, var: Path, paths: list[str]) -> tuple[str, ...]:
    missing = []
    for path in paths:
        try:
            archive.add_file(f"{FILES}/{path}", var / FILES / path)
        except FileNotFoundError:
            missing.append(path)
    return tuple(missing)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
