"""Documents of many people in few files: one ZIP, or files for the printer. Read and written sealed, one document in memory at a time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from tcm_engine.center import Center
from tcm_engine.records import CannotOpen, job, stored_file

from .asking import job_of
from .files import SealedWriter, make_room, read_whole, store_bytes
from .kinds import Halted, Kind, Order, Packed
from .plan_pdfs import NAME as PLANS

KEPT = timedelta(days=14)
"""Packed files can be packed again; they are large."""
PLANS_A_FILE = 100
"""Plans in one file for the printer: what a stapling run takes, and about 40 MB in memory."""
_STEP = 10
"""Documents between two words of progress."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The ZIP says nothing of when somebody was assessed, and the same documents give the same file."""


def archive() -> Kind:
    """All plans of a job in one ZIP, named by their number in the order that was asked for."""
    return Kind("archive", "archive", pack=_zip, keep=KEPT)


def print_files() -> Kind:
    """All plans in files of PLANS_A_FILE; every plan begins on the front of a sheet."""
    return Kind("print", "print_pdf", pack=_print, keep=KEPT)


def _zip(center: Center, order: Order, keys: Sequence[str], say: Callable[[int], None]) -> Iterator[Packed]:
    found, refused = _documents(center, order, keys)
    if not found:
        raise Halted("no_plans")
    make_room(center, sum(row.size for _, _, row in found))
    packed = []
    with SealedWriter(center, order.caller.organisation) as target:
        with zipfile.ZipFile(_Stream(target), "w", zipfile.ZIP_STORED) as pack:
            for count, (number, key, row) in enumerate(found, 1):
                content = _opened(center, row)
                if content is None:
                    refused[key] = "file_gone"
                else:
                    pack.writestr(zipfile.ZipInfo(f"{number:05d}.pdf", _EPOCH), content)
                    packed.append(key)
                if count % _STEP == 0:
                    say(count)
        yield Packed(target.done(), tuple(packed), refused)


def _print(center: Center, order: Order, keys: Sequence[str], say: Callable[[int], None]) -> Iterator[Packed]:
    found, refused = _documents(center, order, keys)
    if not found:
        raise Halted("no_plans")
    for first in range(0, len(found), PLANS_A_FILE):
        part = found[first : first + PLANS_A_FILE]
        make_room(center, 2 * sum(row.size for _, _, row in part))
        yield _bound(center, order, part, refused if first == 0 else {})
        say(first + len(part))


def _bound(center: Center, order: Order, part: Sequence[tuple[int, str, Any]], refused: dict[str, str]) -> Packed:
    import pikepdf

    packed, lost = [], dict(refused)
    with pikepdf.new() as whole:
        for _, key, row in part:
            content = _opened(center, row)
            if content is None:
                lost[key] = "file_gone"
                continue
            with pikepdf.open(io.BytesIO(content)) as one:
                whole.pages.extend(one.pages)
                if len(one.pages) % 2:
                    whole.add_blank_page(page_size=_size(one.pages[0]))
            packed.append(key)
        target = io.BytesIO()
        whole.remove_unreferenced_resources()
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return Packed(store_bytes(center, order.caller.organisation, target.getvalue()), tuple(packed), lost)


def _size(page: Any) -> Any:
    """Width and height in points."""
    return tuple(float(side) for side in page.mediabox[2:])


def _documents(center: Center, order: Order, keys: Sequence[str]) -> tuple[list[tuple[int, str, Any]], dict[str, str]]:
    """(number, key, file) of every plan whose document is there, and a code for each other. Raises Halted while plans are being made."""
    organisation = order.caller.organisation
    found, refused = [], {}
    with center.records.read() as db:
        everybody = list(job.keys_of(db, organisation, order.job))
        source = job_of(db, center, organisation, PLANS, order.content, everybody)
        if source is None or source[2] not in (job.DONE, job.FAILED):
            raise Halted("plans_not_ready")
        numbers = {key: number for number, key in enumerate(everybody, 1)}
        for key in keys:
            file = job.file_of(db, organisation, source[1], key)
            row = None if file is None else stored_file.get_file(db, organisation, file)
            if row is None:
                refused[key] = "no_document"
            else:
                found.append((numbers[key], key, row))
    return found, refused


def _opened(center: Center, row: Any) -> bytes | None:
    try:
        return read_whole(center, row)
    except CannotOpen:
        return None


class _Stream(io.RawIOBase):
    """What zipfile writes to: it can't go back, so that nothing written has to be changed."""

    def __init__(self, target: SealedWriter):
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        return self._target.write(bytes(content))
