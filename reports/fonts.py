"""The faces of our documents: a static subset of Noto Sans CJK under a name of its own, built once and locked.

The system's collection is 65,000 glyphs in ten faces; finding and subsetting it costs more than a page. We keep the Regular and the
Bold of the simplified and of the traditional face, with the characters of GB 2312 and of Big5, and leave the
rest to the full Noto by name. `digest()` says which glyphs a document is set in: the same digest, the same shapes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1] / "var" / "fonts"
RECIPE = "2"
"""Raised whenever the subset is made in another way."""
GETA = "〓"
"""Printers' mark for a character that no face has."""
_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")
_FEATURES = ["tnum", "kern", "halt", "palt", "liga", "ccmp", "mark"]


@dataclass(frozen=True, slots=True)
class Face:
    family: str
    noto: str
    """Family of the same design in the system's collection: the fallback for rare characters."""
    weight: int
    number: int
    """Place in the collection file."""

    @property
    def source(self) -> str:
        return f"NotoSansCJK-{'Bold' if self.weight == 700 else 'Regular'}.ttc"

    @property
    def file(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.weight}.otf"


FACES = tuple(
    Face(family, noto, weight, number)
    for family, noto, number in (("Plan Sans SC", "Noto Sans CJK SC", 2), ("Plan Sans TC", "Noto Sans CJK TC", 3))
    for weight in (400, 700)
)


class NoFont(RuntimeError):
    """The system has no Noto Sans CJK."""


def family_of(lang: str) -> str:
    return "Plan Sans TC" if lang == "zh-Hant" else "Plan Sans SC"


def stack_of(lang: str) -> str:
    """The CSS font-family value of a language: our subset, then the full face by name."""
    family = family_of(lang)
    return f'"{family}", "{next(f.noto for f in FACES if f.family == family)}"'


@cache
def source_file(name: str) -> Path:
    """A file of the system's Noto Sans CJK. Raises NoFont with the remedy."""
    for place in _PLACES:
        for found in sorted(Path(place).expanduser().rglob(name)):
            return found
    raise NoFont(f"{name} was not found. Install it: apt-get install fonts-noto-cjk")


def ensure(family: str) -> tuple[Path, ...]:
    """The built files of a family, Regular then Bold; built here and now where they are missing or of another recipe."""
    folder = HOME / digest()[:16]
    files = tuple(folder / face.file for face in FACES if face.family == family)
    for face, file in zip((f for f in FACES if f.family == family), files, strict=False):
        if not file.exists():
            _build(face, file)
    return files


@cache
def digest() -> str:
    """SHA-256 (hex) over the recipe and the system's two collection files: what the built faces are made of."""
    total = hashlib.sha256(f"{RECIPE} {_tool_version()}".encode())
    for name in sorted({face.source for face in FACES}):
        total.update(_digest_of(source_file(name)).encode())
    return total.hexdigest()


def build_all() -> Path:
    """Build every face. Returns the folder."""
    for family in dict.fromkeys(face.family for face in FACES):
        ensure(family)
    return HOME / digest()[:16]


def printable(text: str) -> str:
    """The text with a geta mark for each character that neither our faces nor the full Noto can draw, and no control characters."""
    if text.isascii():
        return "".join(c for c in text if c.isprintable())
    known = coverage()
    return "".join(c if ord(c) in known else GETA for c in text if c.isprintable() and not _joins(c))


@cache
def coverage() -> frozenset[int]:
    """Code points that the full Noto Sans CJK draws."""
    from fontTools.ttLib import TTFont

    with TTFont(source_file("NotoSansCJK-Regular.ttc"), fontNumber=2, lazy=True) as font:
        return frozenset(font.getBestCmap())


def common_characters() -> frozenset[int]:
    """Latin with its accents, the symbols and 6,763 characters of GB 2312, the symbols and 13,053 characters of Big5, a few more."""
    found = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x2010, 0x2040)) | set(map(ord, "⁠‰™←↑→↓≈≠≤≥①②③④⑤⑥⑦⑧⑨⑩✓●○−杧呬"))
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    for codec, last in (("gb2312", 0xFE), ("big5", 0xF9)):
        for lead in range(0xA1, last + 1):
            for trail in trails:
                found.update(map(ord, bytes((lead, trail)).decode(codec, "ignore")))
    return frozenset(found)


def _joins(character: str) -> bool:
    """Variation selectors and joiners: they only change how others look."""
    return character in "\u200c\u200d\ufe0e\ufe0f" or 0xE0100 <= ord(character) <= 0xE01EF


def _build(face: Face, file: Path) -> None:
    """Subset one face and put it in place in one step, so that nobody ever sees half a file."""
    from fontTools.subset import Options, Subsetter, load_font

    options = Options()
    options.font_number, options.layout_features = face.number, _FEATURES
    options.hinting, options.name_IDs, options.notdef_outline, options.desubroutinize = False, [1, 2, 4, 6], True, True
    options.recalc_timestamp = False
    font = load_font(str(source_file(face.source)), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=common_characters())
    subsetter.subset(font)
    _rename(font, face)
    data = io.BytesIO()
    font.save(data)
    _put(file, data.getvalue())


def _put(file: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    os.chmod(name, 0o644)
    os.replace(name, file)


def _rename(font: Any, face: Face) -> None:
    style = "Bold" if face.weight == 700 else "Regular"
    names = {1: face.family, 2: style, 4: f"{face.family} {style}", 6: f"{face.family.replace(' ', '')}-{style}"}
    for record in font["name"].names:
        record.string = names.get(record.nameID, str(record))
    cff = font["CFF "].cff
    cff.fontNames[0] = names[6]
    cff[0].FullName, cff[0].FamilyName = names[4], names[1]


def _tool_version() -> str:
    import fontTools

    return fontTools.version


def _digest_of(file: Path) -> str:
    """Digest of a source file, remembered in `var/fonts/sources.json` by size and time: the files have 20 MB each."""
    stat, memory = file.stat(), HOME / "sources.json"
    key = f"{file}:{stat.st_size}:{stat.st_mtime_ns}"
    try:
        known = json.loads(memory.read_text())
    except (OSError, ValueError):
        known = {}
    if key not in known:
        known[key] = hashlib.sha256(file.read_bytes()).hexdigest()
        _remember(memory, known)
    return known[key]


def _remember(memory: Path, known: dict[str, str]) -> None:
    try:
        _put(memory, json.dumps(known, sort_keys=True).encode())
    except OSError:
        return  # a read-only place only costs the time to read the files again


if __name__ == "__main__":
    pass
