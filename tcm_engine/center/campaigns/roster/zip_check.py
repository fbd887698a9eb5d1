"""Whether a zipped spreadsheet is as small as it says: told before anything is unpacked, then unpacked once with a bound.

A zip bomb declares or hides more than it should; a header may lie. Every entry is inflated here, thrown away, and counted.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from tcm_engine.model import Fault, InvalidInput

MOST_ENTRIES = 2_000
MOST_BYTES = 128 << 20
"""Of all entries together, unpacked. A roster of 50,000 people has about 30 MB."""
_LOCAL_HEADER = 30
_PIECE = 1 << 20


def check_zip(data: bytes) -> None:
    """Raises InvalidInput at `file`."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, RuntimeError, ValueError, EOFError):
        raise _fault("not_a_spreadsheet") from None
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _fault("too_much_inside")
    left = MOST_BYTES
    for entry in entries:
        left -= _inflated(data, entry, left)
        if left < 0:
            raise _fault("too_much_inside")


def _inflated(data: bytes, entry: zipfile.ZipInfo, most: int) -> int:
    """Bytes that an entry really unpacks to; counting stops beyond `most`. What its header declares is not believed."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 1:
        raise _fault("not_a_spreadsheet")
    at = entry.header_offset
    if data[at : at + 4] != b"PK\3\4":
        raise _fault("not_a_spreadsheet")
    names = int.from_bytes(data[at + 26 : at + 28], "little") + int.from_bytes(data[at + 28 : at + 30], "little")
    packed = memoryview(data)[at + _LOCAL_HEADER + names :][: entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    unpack, count, rest = zlib.decompressobj(-15), 0, bytes(packed)
    try:
        while rest and not unpack.eof and count <= most:
            count += len(unpack.decompress(rest, _PIECE))
            rest = unpack.unconsumed_tail
    except zlib.error:
        raise _fault("not_a_spreadsheet") from None
    return count


def _fault(code: str) -> InvalidInput:
    return InvalidInput([Fault("file", code)])
