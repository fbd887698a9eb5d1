"""What a test asks of a finished PDF."""

from __future__ import annotations

import re
import subprocess
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path

import pikepdf

Box = tuple[float, ...]
"""x0, y0, x1, y1."""
TOP, BOTTOM = 54, 790
"""The text block of a page, in points from the top: below the running head, above the running foot."""


def text_of(pdf: bytes, tmp_path: Path) -> str:
    """All text, in reading order, without any white space: lines may be broken anywhere."""
    return _text(pdf, tmp_path)


def body_of(pdf: bytes, tmp_path: Path) -> str:
    """The same without what stands in the margins: a paragraph that goes on overleaf is whole."""
    return _text(pdf, tmp_path, "-x", "0", "-W", "596", "-y", str(TOP), "-H", str(BOTTOM - TOP))


def _text(pdf: bytes, tmp_path: Path, *area: str) -> str:
    file = tmp_path / "document.pdf"
    file.write_bytes(pdf)
    return "".join(subprocess.run(["pdftotext", "-raw", *area, str(file), "-"], capture_output=True, check=True, text=True).stdout.split())


def words_at(pdf: bytes, tmp_path: Path) -> list[list[Box]]:
    """The box of every word of every page, in points from the top left."""
    file = tmp_path / "document.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True, text=True).stdout
    number = r'"([\d.]+)"'
    found = re.compile(f"xMin={number} yMin={number} xMax={number} yMax={number}")
    return [[tuple(map(float, box)) for box in found.findall(page)] for page in told.split("<page ")[1:]]


def filled(pdf: bytes, tmp_path: Path) -> list[float]:
    """For each page the share of its text block, from the top, down to the last line."""
    lowest = [max((y1 for _, y0, _, y1 in page if y0 > TOP and y1 < BOTTOM), default=TOP) for page in words_at(pdf, tmp_path)]
    return [(y - TOP) / (BOTTOM - TOP) for y in lowest]


def fonts_of(pdf: bytes, tmp_path: Path) -> list[list[str]]:
    """The lines of `pdffonts` in columns: name, type …, emb sub uni, object."""
    file = tmp_path / "document.pdf"
    file.write_bytes(pdf)
    lines = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    return [line.split() for line in lines]


def structure_of(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every structure element, depth first."""
    found: list[pikepdf.Dictionary] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot)
    return found


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def words_of(view: object, leave: frozenset[str]) -> list[str]:
    """Every string of a view, but those of the fields named in `leave`."""
    if isinstance(view, str):
        return [view] if view.strip() else []
    if isinstance(view, tuple):
        return [word for entry in view for word in words_of(entry, leave)]
    if is_dataclass(view):
        return [word for f in fields(view) if f.name not in leave for word in words_of(getattr(view, f.name), leave)]
    return []
