"""The interface and the files say what the standard says: raw sums and verdicts of some hundred random sheets against plain loops."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tcm_engine.assessment import SEX_CODES
from tcm_engine.batch import score_file
from tcm_engine.model import CONSTITUTIONS
from tcm_engine.views import phrases
from tests import naive
from tests.forms import CODES, edge_sheets, form_of, sheet_of

from .conftest import Service

SHEETS = 120
SEXES = {code: sex for sex, code in SEX_CODES.items()}


def people(code: str):
    """Sheets around the cut-offs, each with the sex and what the naive twin says of it."""
    form = form_of(code)
    answers, sexes = edge_sheets(form, SHEETS, seed=11)
    for row, byte in zip(answers, sexes, strict=True):
        sheet, sex = sheet_of(form, row), SEXES[byte]
        yield sheet, sex, naive.assess(form.instrument, sheet, sex)


@pytest.mark.parametrize("code", CODES)
def test_over_http(quick: Service, code: str) -> None:
    for sheet, sex, expected in people(code):
        sent = {"instrument": code, "person": {"sex": sex}, "answers": sheet}
        made = quick.client.post("/api/v1/assessments", json=sent)
        assert made.status_code == 201, made.json
        assert {s["constitution"]: (s["raw"], s["verdict"]) for s in made.json["scores"]} == expected


@pytest.mark.parametrize("code", CODES)
def test_over_a_file(tmp_path: Path, engine, code: str) -> None:
    form, everybody = form_of(code), list(people(code))
    keys = [item.key for item in form.instrument.items]
    with (tmp_path / "in.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["person_id", "sex", *keys])
        table.writerows([f"p{n}", sex or "", *(sheet.get(key, "") for key in keys)] for n, (sheet, sex, _) in enumerate(everybody))
    words = phrases("zh-Hans", engine.knowledge.constitutions)
    score_file(form, tmp_path / "in.csv", tmp_path / "out.csv", phrases=words, on=date(2026, 11, 23))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(everybody)
    for row, (_, _, expected) in zip(rows, everybody, strict=True):
        assert row["status"] == "ok"
        assert {c: (int(row[f"{c}_raw"]) if row[f"{c}_raw"] else None, row[f"{c}_verdict"]) for c in CONSTITUTIONS} == expected
