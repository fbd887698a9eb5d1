"""The compiled knowledge: one JSON file, keyed by the digests of the data and of the code that checked it.

A cache may be missing, half written, tampered with or unwritable: then the knowledge is read from YAML again. It is never trusted
beyond its key: the records pass their shapes again, and a checksum of the content must agree.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, create_model

from .base import KnowledgeBase, freeze, key_of
from .model import REGISTERS
from .reading import LISTS

FORMAT = 1
KEPT = 3
"""Compiled files that stay in the folder, newest first: two versions side by side do not fight."""


def read(folder: Path, digest: str) -> KnowledgeBase | None:
    """The knowledge with this digest, or None where no sound file of it lies in `folder`."""
    try:
        head, _, body = _file(folder, digest).read_bytes().partition(b"\n")
        if json.loads(head) != _head(digest, body):
            return None
        registers = _compiled().model_validate_json(body)
    except (OSError, ValueError):
        return None
    return freeze({r: {key_of(r, entry): ("", entry) for entry in getattr(registers, r)} for r in REGISTERS}, digest)


def write(folder: Path, knowledge: KnowledgeBase) -> None:
    """Keep `knowledge` in `folder`, whole or not at all. A folder that cannot be written to is no error."""
    registers = {r: [entry.model_dump(mode="json") for entry in getattr(knowledge, r).values()] for r in REGISTERS}
    body = json.dumps(registers, ensure_ascii=False, separators=(",", ":")).encode()
    head = json.dumps(_head(knowledge.digest, body)).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(_file(folder, knowledge.digest), head + b"\n" + body)
        _forget_old(folder)
    except OSError:
        return


@once
def _compiled() -> type[BaseModel]:
    """The shape of a compiled file: every register as a list of its entries."""
    fields: dict[str, Any] = {register: (list[_entry_shape(register)], ...) for register in REGISTERS}  # type: ignore[misc]  # a type made here
    return create_model("Compiled", **fields)


def _entry_shape(register: str) -> Any:
    shape = REGISTERS[register]
    # Where a file holds a list of entries, the entry's shape is what the list holds.
    return get_args(shape.model_fields[LISTS[register]].annotation)[0] if register in LISTS else shape


def _head(digest: str, body: bytes) -> dict[str, Any]:
    return {"format": FORMAT, "digest": digest, "code": _code_digest(), "content": hashlib.sha256(body).hexdigest()}


@once
def _code_digest() -> str:
    """Shapes and checks are part of the key: knowledge that an older check let pass is checked again."""
    total = hashlib.sha256(version("opencc").encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        total.update(file.read_bytes())
    return total.hexdigest()


def _file(folder: Path, digest: str) -> Path:
    return folder / f"knowledge-{digest[:16]}-{_code_digest()[:8]}.json"


def _replace(file: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.replace(name, file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _forget_old(folder: Path) -> None:
    compiled = sorted(folder.glob("knowledge-*.json"), key=lambda f: f.stat().st_mtime, reverse=True)
    for file in compiled[KEPT:]:
        file.unlink(missing_ok=True)
