"""Answers files with people in them, and batches run on them with a small renderer that writes the plan as canonical JSON."""

from __future__ import annotations

import csv
import multiprocessing
import os
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event

from tcm_engine.batch import compose_file
from tcm_engine.model import canonical
from tcm_engine.views import phrases, say_summary
from tests.forms import form_of, random_sheets

DAY = date(2026, 11, 23)
CODE = "gbt_46939_2025"
FORM = form_of(CODE)
SEXES = ("", "female", "male")
PROFILE = ("name", "birth_date", "conditions", "medicines", "allergies", "complaints")
FORK = multiprocessing.get_context("fork")
MARKER = "unmistakable-name"


def people(count, seed=1, **changes):
    """Rows (column -> cell) of good sheets; `changes`: column -> cells in turn."""
    sheets, sex = random_sheets(FORM, count, seed)
    rows = []
    for n, (sheet, of) in enumerate(zip(sheets, sex, strict=True)):
        row = {
            "person_id": f"p{n:03}",
            "sex": SEXES[of],
            "name": f"{MARKER}-{n}",
            "birth_date": "1970-01-31",
            "conditions": "gout" if n % 3 == 0 else "none",
            "medicines": "",
            "allergies": "peanut;egg",
            "complaints": "insomnia",
        }
        row |= {key: str(v) if v else "" for key, v in zip(FORM.keys, sheet, strict=True)}
        rows.append(row | {column: cells[n % len(cells)] for column, cells in changes.items()})
    return rows


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_json(plan, name, lang, knowledge, marks=None, wait_s=0.0):
    """A document: the plan in canonical JSON with the name; `marks`: a file that gets a line for each document begun."""
    if marks:
        handle = os.open(marks, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{plan.fingerprint} {name}\n".encode())
        os.close(handle)
    if wait_s:
        Event().wait(wait_s)
    return canonical({"plan": plan, "name": name, "lang": lang, "knowledge": knowledge.digest}).encode()


def run(engine, source, folder, *, marks=None, wait_s=0.0, on=None, today=DAY, lang="zh-Hans", workers=0, render=None, **options):
    return compose_file(
        engine,
        CODE,
        source,
        folder,
        on=on,
        today=today,
        lang=lang,
        phrases=phrases(lang, engine.knowledge.constitutions),
        tell=partial(say_summary, lang=lang, knowledge=engine.knowledge),
        render=render or partial(as_json, marks=marks, wait_s=wait_s),
        workers=workers,
        **options,
    )


def marked(marks: Path) -> list[str]:
    return marks.read_text().splitlines() if marks.exists() else []


def content(folder: Path) -> dict[str, bytes]:
    """Every file by its path within the folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
