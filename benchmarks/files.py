"""Whole files: a million long sheets in, their scores out.

The base reads the same answers and writes the same, ready-made output columns: it does no scoring at all. So a ratio of 1 means that
scoring, checking every cell and wording a million conclusions cost nothing beyond the reading and writing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import polars as pl

from knowledge_base import load_constitutions, load_instrument
from tcm_engine.assessment import Form, compile_form
from tcm_engine.batch import score_file
from tcm_engine.views import phrases

from .scoring import sheets
from .timing import Goal, Race, race

PEOPLE = 1_000_000
DAY = date(2026, 1, 1)
DUCKDB = "duckdb: read, write ready-made columns"


def measure() -> list[Race]:
    form = compile_form(load_instrument("zyyxh_t157_2009"))
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_answers(form, folder)
        return [_race(form, folder, ending) for ending in ("csv", "parquet")]


def _race(form: Form, folder: Path, ending: str) -> Race:
    words = phrases("zh-Hans", load_constitutions())
    source, target = folder / f"answers.{ending}", folder / f"scores.{ending}"

    def ours() -> None:
        score_file(form, source, target, phrases=words, on=DAY)

    ours()
    ready = pl.read_csv(target, infer_schema_length=100_000) if ending == "csv" else pl.read_parquet(target)
    database = duckdb.connect()
    database.execute("set threads = 2")
    database.register("ready", ready.to_arrow())
    goals = {"tcm_engine score_file": Goal("at most 1.3", most=1.3)} if ending == "csv" else {}
    return race(
        f"Files, {ending} to {ending}, 1,000,000 sheets of 60 answers",
        {
            "tcm_engine score_file": ours,
            "polars: read, write ready-made columns": lambda: polars_pass(source, folder / f"polars.{ending}", ready),
            DUCKDB: lambda: duckdb_pass(database, source, folder / f"duckdb.{ending}"),
        },
        base="polars: read, write ready-made columns",
        repeats=3,
        slow={DUCKDB: 2},
        goals=goals,
    )


def write_answers(form: Form, folder: Path) -> None:
    answers, sex = sheets(form, PEOPLE)
    columns: dict[str, object] = {"person_id": [f"p{n:07d}" for n in range(PEOPLE)], "sex": np.where(sex == 1, "female", "male")}
    for i, key in enumerate(form.keys):
        column = pl.Series(answers[i])
        columns[key] = column.replace(0, None) if form.items[key].sex else column
    table = pl.DataFrame(columns)
    table.write_csv(folder / "answers.csv")
    table.write_parquet(folder / "answers.parquet")


def polars_pass(source: Path, target: Path, ready: pl.DataFrame) -> None:
    if source.suffix == ".csv":
        pl.read_csv(source)
        ready.write_csv(target)
    else:
        pl.read_parquet(source)
        ready.write_parquet(target, compression="snappy")


def duckdb_pass(database: duckdb.DuckDBPyConnection, source: Path, target: Path) -> None:
    read = "read_csv" if source.suffix == ".csv" else "read_parquet"
    kind = "(header)" if source.suffix == ".csv" else "(format parquet, compression snappy)"
    database.execute(f"create or replace temp table answers as select * from {read}('{source}')")
    database.execute(f"copy ready to '{target}' {kind}")
