"""Kinds of long work: who may ask for each, and how each is done.

A kind is a way from keys to files: `prepare` says for one key what has to be made (or that it is there already), a pure function makes it
somewhere (`work`: bytes in, `Made` out, no database), `store` writes what came of it beside the file, in the same transaction.
Kinds whose items are packed into one file have `pack` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Protocol

from sqlalchemy import Connection

from tcm_engine.center import Caller, Center, Right
from tcm_engine.records import stored_file

RIGHT_OF: Mapping[str, Right] = MappingProxyType(
    {
        "plan_pdfs": "run_campaign",
        "archive": "run_campaign",
        "print": "run_campaign",
        "report": "read_indicators",
        "record_forms": "read_client",
    }
)
"""Kind -> the right to ask for it, to see it and to fetch its files. What does not stand here is asked for by nobody."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a job is about, opened: all that a kind's functions are told."""

    job: int
    public_id: str
    caller: Caller
    """On whose behalf; its rights were asked for when the job was."""
    content: Mapping[str, Any]
    total: int


class Refused(Exception):
    """An item that cannot be made, whoever tries: its code is told, the rest goes on."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


class Halted(Exception):
    """A job that cannot go on now, with a code; what is done is kept, and it can be taken up again."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Task:
    """What one item needs to be made, and nothing else."""

    content: bytes
    """What the pure function is given."""
    made_of: str = ""
    """Names everything that the file depends on: a file that was made of the same is taken instead. Empty: always made."""
    extra: Any = None
    """For `store`, in this process alone."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a pure function returns."""

    file: bytes
    content: bytes = b""
    """Beside the file, for `store`."""
    made_of: str = ""
    """As in Task; empty: as the task says."""


class Packer(Protocol):
    """Packs items of an order, `keys`, into files: yields each file that is complete. `say` is told how many items are behind it.

    Raises Halted.
    """

    def __call__(self, center: Center, order: Order, keys: Sequence[str], say: Callable[[int], None]) -> Iterator[Packed]: ...


@dataclass(frozen=True, slots=True)
class Packed:
    """One file that lies on disk, what it holds, and what is not in it."""

    file: stored_file.NewFile
    keys: tuple[str, ...]
    refused: Mapping[str, str] = field(default_factory=dict)
    """Key -> code."""


def no_more(db: Connection, center: Center, order: Order, key: str, task: Task, made: Made | None) -> None:
    """A kind that writes nothing beside its files."""


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    file_kind: str
    """Kind of the files that it makes."""
    work: Callable[[bytes], Made] | None = None
    """Pure; must be importable where the workers are."""
    prepare: Callable[[Center, Order, str], Task] | None = None
    """Raises Refused."""
    store: Callable[[Connection, Center, Order, str, Task, Made | None], None] = no_more
    """In the transaction that ends the item; Made is None where the file was there already."""
    pack: Packer | None = None
    keep: timedelta | None = None
    """How long its files are kept; None: until somebody removes them."""


Kinds = Mapping[str, Kind]
