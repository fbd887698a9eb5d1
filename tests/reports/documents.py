"""What a test asks of a finished PDF."""

from __future__ import annotations

import subprocess
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path

import pikepdf


def text_of(pdf: bytes, tmp_path: Path) -> str:
    """All text, in reading order, without any white space: lines may be broken anywhere."""
    file = tmp_path / "document.pdf"
    file.write_bytes(pdf)
    return "".join(subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, text=True).stdout.split())


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
