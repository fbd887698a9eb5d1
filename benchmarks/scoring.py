"""Scoring a million long sheets: raw sums and verdicts of all nine scales.

The base is what any way must pay at least: a compiled loop on two threads that reads the same answers and writes arrays of the same
shape. Baselines get the answers in the layout that suits them, made beforehand, and write the same eighteen columns.
"""

from __future__ import annotations

from functools import partial

import duckdb
import numba
import numpy as np
import pandas as pd
import polars as pl

from knowledge_base import load_instrument
from tcm_engine.assessment import Form, compile_form, score_batch
from tcm_engine.model import CONSTITUTIONS

from .timing import Goal, Race, race

PEOPLE = 1_000_000
FEW = 10_000
"""Sheets that pure Python scores; its time is scaled up."""


def measure() -> list[Race]:
    numba.set_num_threads(2)
    form = compile_form(load_instrument("zyyxh_t157_2009"))
    answers, sex = sheets(form, PEOPLE)
    tall = pl.DataFrame({key: answers[i] for i, key in enumerate(form.keys)})
    frame = tall.to_pandas()
    database = duckdb.connect()
    database.execute("set threads = 2")
    database.register("sheets", tall.to_arrow())
    database.execute("create table kept as select * from sheets")
    weights, offsets = matrix(form)
    contestants = {
        "read and write alone, two threads": partial(read_and_write, answers, sex),
        "tcm_engine score_batch": partial(score_batch, form, answers.T, sex),
        "polars expressions": lambda: tall.select(polars_expressions(form)),
        "duckdb SQL": lambda: database.execute(duckdb_query(form)).to_arrow_table(),
        "numpy matrix product": lambda: numpy_verdicts(form, answers.T.astype(np.float32) @ weights + offsets),
        "pandas columns": lambda: pandas_verdicts(form, frame),
    }
    agree(form, contestants)
    slow = {"numpy matrix product": 3, "pandas columns": 3, "duckdb SQL": 3}
    goals = {
        "tcm_engine score_batch": Goal("at most 2", most=2),
        "polars expressions": Goal("at least 8 x ours", least=8, of="tcm_engine score_batch"),
    }
    return [
        race("Scoring, 1,000,000 sheets of 60 answers", contestants, base="read and write alone, two threads", slow=slow, goals=goals),
        race(
            "Scoring, 10,000 sheets of 60 answers",
            {
                "tcm_engine score_batch": partial(score_batch, form, np.asfortranarray(answers[:, :FEW].T), sex[:FEW].copy()),
                "pure Python": partial(pure_python, form, answers[:, :FEW].T.tolist()),
            },
            base="tcm_engine score_batch",
            slow={"pure Python": 1},
        ),
    ]


def sheets(form: Form, people: int) -> tuple[np.ndarray, np.ndarray]:
    """answers uint8 [items, N], sex uint8 [N]; an item of the other sex is 0."""
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 6, (len(form.keys), people), dtype=np.uint8)
    sex = rng.integers(1, 3, people, dtype=np.uint8)
    for i, limited in enumerate(form.arrays.item_sex):
        if limited:
            answers[i, sex != limited] = 0
    return answers, sex


def read_and_write(answers: np.ndarray, sex: np.ndarray) -> tuple[np.ndarray, ...]:
    people = sex.shape[0]
    out = np.empty((9, people), np.uint8), np.empty((9, people), np.uint8), np.empty(people, np.uint8)
    _read_and_write(answers, sex, *out)
    return out


@numba.njit(parallel=True)
def _read_and_write(answers, sex, raw, verdict, status):
    people, block = sex.shape[0], 4096
    for number in numba.prange((people + block - 1) // block):
        low, high = number * block, min(number * block + block, people)
        mixed = sex[low:high].copy()
        for i in range(answers.shape[0]):
            row = answers[i, low:high]
            for p in range(high - low):
                mixed[p] ^= row[p]
        for s in range(9):
            for p in range(high - low):
                raw[s, low + p] = mixed[p]
                verdict[s, low + p] = mixed[p]
        status[low:high] = mixed


def polars_expressions(form: Form) -> list[pl.Expr]:
    raw = {}
    for scale in form.scales:
        terms = [(6 - pl.col(key) if reverse else pl.col(key)) for key, reverse in scale.members.items()]
        raw[scale.constitution] = pl.sum_horizontal(terms).cast(pl.UInt8)
    worst = [pl.max_horizontal([(raw[s.constitution] >= s.bounds[border]) for s in form.scales[1:]]) for border in (2, 3)]
    reached = raw["balanced"] >= form.scales[0].bounds[0]
    verdicts = [pl.when(~reached | worst[1]).then(0).when(worst[0]).then(3).otherwise(2).cast(pl.UInt8).alias("balanced_verdict")]
    for scale in form.scales[1:]:
        own = raw[scale.constitution]
        levels = pl.when(own >= scale.bounds[0]).then(2).when(own >= scale.bounds[1]).then(1).otherwise(0)
        verdicts.append(levels.cast(pl.UInt8).alias(f"{scale.constitution}_verdict"))
    return [expression.alias(f"{code}_raw") for code, expression in raw.items()] + verdicts


def duckdb_query(form: Form) -> str:
    sums = [" + ".join(f"(6 - {key})" if reverse else key for key, reverse in scale.members.items()) for scale in form.scales]
    raws = ", ".join(f"({total})::utinyint as {code}_raw" for code, total in zip(CONSTITUTIONS, sums, strict=False))
    high = [
        "greatest(" + ", ".join(f"({s.constitution}_raw >= {s.bounds[border]})::utinyint" for s in form.scales[1:]) + ")"
        for border in (2, 3)
    ]
    balanced = f"case when balanced_raw < {form.scales[0].bounds[0]} or {high[1]} = 1 then 0 when {high[0]} = 1 then 3 else 2 end"
    verdicts = [f"({balanced})::utinyint as balanced_verdict"] + [
        f"(case when {s.constitution}_raw >= {s.bounds[0]} then 2 when {s.constitution}_raw >= {s.bounds[1]} then 1 else 0 end)::utinyint "
        f"as {s.constitution}_verdict"
        for s in form.scales[1:]
    ]
    return f"with sums as (select {raws} from kept) select *, {', '.join(verdicts)} from sums"


def matrix(form: Form) -> tuple[np.ndarray, np.ndarray]:
    """float32 [items, 9] and [9]: raw sums = answers @ weights + offsets."""
    weights, offsets = np.zeros((len(form.keys), 9), np.float32), np.zeros(9, np.float32)
    for s, scale in enumerate(form.scales):
        for key, reverse in scale.members.items():
            weights[form.keys.index(key), s] = -1 if reverse else 1
            offsets[s] += 6 if reverse else 0
    return weights, offsets


def numpy_verdicts(form: Form, raw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    bounds = np.array([scale.bounds for scale in form.scales]).T
    verdict = (raw >= bounds[1]).astype(np.uint8) + (raw >= bounds[0])
    disturbed, prevented = ((raw[:, 1:] >= bounds[border, 1:]).any(axis=1) for border in (2, 3))
    verdict[:, 0] = np.where((raw[:, 0] < bounds[0, 0]) | prevented, 0, np.where(disturbed, 3, 2))
    return raw.astype(np.uint8), verdict


def pandas_verdicts(form: Form, frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    sums = {}
    for scale in form.scales:
        forward = [key for key, reverse in scale.members.items() if not reverse]
        turned = [key for key, reverse in scale.members.items() if reverse]
        sums[scale.constitution] = frame[forward].sum(axis=1) + (6 * len(turned) - frame[turned].sum(axis=1) if turned else 0)
    return numpy_verdicts(form, pd.DataFrame(sums).to_numpy())


def pure_python(form: Form, rows: list[list[int]]) -> list[tuple[list[int], list[int]]]:
    members = [[(form.keys.index(key), reverse) for key, reverse in scale.members.items()] for scale in form.scales]
    bounds = [scale.bounds for scale in form.scales]
    found = []
    for row in rows:
        raw = [sum(6 - row[i] if reverse else row[i] for i, reverse in scale) for scale in members]
        verdict = [(r >= b[1]) + (r >= b[0]) for r, b in zip(raw, bounds, strict=False)]
        if raw[0] < bounds[0][0] or any(r >= b[3] for r, b in zip(raw[1:], bounds[1:], strict=False)):
            verdict[0] = 0
        else:
            verdict[0] = 3 if any(r >= b[2] for r, b in zip(raw[1:], bounds[1:], strict=False)) else 2
        found.append((raw, verdict))
    return found


def agree(form: Form, contestants: dict) -> None:
    """Every contestant has found the same raw sums and verdicts; else its time means nothing."""
    ours = contestants["tcm_engine score_batch"]()
    expected = np.concatenate([ours.raw, ours.verdict], axis=1)
    tables = {"polars expressions": lambda t: t.to_numpy(), "duckdb SQL": lambda t: t.to_pandas().to_numpy()}
    for name in ("polars expressions", "duckdb SQL", "numpy matrix product", "pandas columns"):
        found = contestants[name]()
        found = tables[name](found) if name in tables else np.concatenate(found, axis=1)
        if not np.array_equal(found, expected):
            raise AssertionError(f"{name} has other results")
