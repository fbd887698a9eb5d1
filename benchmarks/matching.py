"""Matching 2,000 pieces of advice for one person: the planner's kernels against the ways a careful engineer would take with numpy,
duckdb and polars. All answer the same question: of the pieces that no rule, veto or preference speaks against, the best 40 by rank points.

The facts of a person are the same for all: rules that hold (one bit or boolean each), weights of the types, the season. Each
baseline keeps its tables ready in its own best shape (boolean matrix, columns, prepared statement); only the question is timed.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl

from tcm_engine.kernels import matching as kernel

from .timing import Goal, Race, race

PIECES, RULES, COMPLAINTS, BEST = 2000, 256, 9, 40
SEASON_WEIGHT, TERM_WEIGHT = 2, 1


@dataclass(frozen=True, slots=True)
class Question:
    """One invented shelf and person, in plain arrays."""

    benefit: np.ndarray
    season: np.ndarray
    term: np.ndarray
    complaint: np.ndarray
    blocks: np.ndarray
    fired: np.ndarray
    weights: np.ndarray
    complaint_weights: np.ndarray
    base: np.ndarray


def question(seed: int = 1) -> Question:
    rng = np.random.default_rng(seed)
    levels = rng.integers(-3, 4, (9, PIECES)) * (rng.random((9, PIECES)) < 0.4)
    return Question(
        benefit=levels.astype(np.int8),
        season=rng.integers(-2, 4, PIECES).astype(np.int8),
        term=rng.integers(0, 3, PIECES).astype(np.int8),
        complaint=(rng.integers(1, 4, (COMPLAINTS, PIECES)) * (rng.random((COMPLAINTS, PIECES)) < 0.1)).astype(np.int8),
        blocks=rng.random((PIECES, RULES)) < 0.02,
        fired=rng.random(RULES) < 0.1,
        weights=np.array([0, 6, 2, 0, 0, 4, 0, 0, 0], np.int32),
        complaint_weights=np.array([3] + [0] * (COMPLAINTS - 1), np.int32),
        base=-2 * rng.integers(0, 3, PIECES).astype(np.int32),
    )


def _pack(bits: np.ndarray) -> np.ndarray:
    return np.packbits(bits, axis=-1, bitorder="little").view(np.uint64)


def ours(q: Question):
    """The planner's own kernels: bit words and piece-minor vectors."""
    yes, tendency = 1 << 1 | 1 << 5, 1 << 2
    types = np.left_shift(1, np.arange(9))[:, None]
    harms_yes, harms_tendency = (((q.benefit <= low) * types).sum(0).astype(np.uint16) for low in (-2, -3))
    blocked_by, fired = np.ascontiguousarray(_pack(q.blocks).T), _pack(q.fired)
    nobody = np.zeros(PIECES, np.uint64)
    shelf = kernel.ShelfArrays(
        np.array([0, PIECES]),
        q.benefit,
        q.season[None, :],
        q.term[None, :],
        q.complaint,
        np.zeros(PIECES, np.int8),
        np.full(PIECES, 2**64 - 1, np.uint64),
        q.base,
        harms_yes,
        harms_tendency,
        blocked_by,
        nobody,
        nobody,
    )
    person = kernel.PersonArrays(q.weights, q.complaint_weights, fired, np.uint64(yes), np.uint64(tendency), np.uint64(0), np.uint64(1))
    moment = kernel.Moment(0, 0, SEASON_WEIGHT, TERM_WEIGHT, 0, 0, 0)

    def run():
        points, _, chosen, _ = kernel.match(shelf, person, moment, BEST)
        return points[chosen[0]]

    return run


def numpy_matrix(q: Question):
    """The boolean-matrix way: any over the rules that hold, a matrix product for the points, argpartition for the best."""
    benefit, complaint = q.benefit.astype(np.int32).T.copy(), q.complaint.astype(np.int32).T.copy()
    season, term = q.season.astype(np.int32), q.term.astype(np.int32)

    def run():
        held = np.flatnonzero(q.fired)
        points = benefit @ q.weights + complaint @ q.complaint_weights + SEASON_WEIGHT * season + TERM_WEIGHT * term + q.base
        fit = ~(q.blocks[:, held].any(1) | (q.benefit[[1, 5]] <= -2).any(0) | (q.benefit[2] <= -3))
        ranked = np.where(fit, points, -10_000)
        best = np.argpartition(-ranked, BEST)[:BEST]
        return np.sort(ranked[best])[::-1]

    return run


def _columns(q: Question) -> dict[str, np.ndarray]:
    table = {f"b{t}": q.benefit[t].astype(np.int32) for t in range(9)}
    table |= {f"c{c}": q.complaint[c].astype(np.int32) for c in range(COMPLAINTS)}
    words = _pack(q.blocks)
    table |= {f"w{i}": words[:, i] for i in range(words.shape[1])}
    return table | {"season": q.season.astype(np.int32), "term": q.term.astype(np.int32), "base": q.base}


def duckdb_sql(q: Question):
    """One prepared statement over a table in memory; rules as 64-bit words, the person as parameters."""
    connection = duckdb.connect(config={"threads": 1})
    frame = pl.DataFrame(_columns(q)).to_arrow()
    connection.register("frame", frame)
    connection.execute("create table pieces as select * from frame")
    fired = [int(w) for w in _pack(q.fired)]
    points = f"6*b1 + 2*b2 + 4*b5 + 3*c0 + {SEASON_WEIGHT}*season + {TERM_WEIGHT}*term + base"
    free = " and ".join(f"(w{i} & {word}::ubigint) = 0" for i, word in enumerate(fired))
    sql = f"select {points} as points from pieces where {free} and b1 > -2 and b5 > -2 and b2 > -3 order by points desc limit {BEST}"

    def run():
        return connection.execute(sql).fetchnumpy()["points"]

    return run


def polars_lazy(q: Question):
    """Expressions on a frame in memory, top_k at the end."""
    frame = pl.DataFrame(_columns(q)).lazy()
    fired = [int(w) for w in _pack(q.fired)]
    points = (
        6 * pl.col("b1")
        + 2 * pl.col("b2")
        + 4 * pl.col("b5")
        + 3 * pl.col("c0")
        + SEASON_WEIGHT * pl.col("season")
        + pl.col("term")
        + pl.col("base")
    )
    free = pl.all_horizontal([(pl.col(f"w{i}") & pl.lit(word, pl.UInt64)) == 0 for i, word in enumerate(fired)])
    query = (
        frame.filter(free & (pl.col("b1") > -2) & (pl.col("b5") > -2) & (pl.col("b2") > -3))
        .select(points.alias("points"))
        .top_k(BEST, by="points")
    )

    def run():
        return query.collect()["points"].to_numpy()

    return run


def pure_python(q: Question):
    """Sets and sums, as one would write it first."""
    fired = set(np.flatnonzero(q.fired))
    rules = [set(np.flatnonzero(row)) for row in q.blocks]
    benefit, complaint = q.benefit.T.tolist(), q.complaint.T.tolist()
    season, term, base = q.season.tolist(), q.term.tolist(), q.base.tolist()

    def run():
        found = []
        for p in range(PIECES):
            b = benefit[p]
            if fired.isdisjoint(rules[p]) and b[1] > -2 and b[5] > -2 and b[2] > -3:
                found.append(6 * b[1] + 2 * b[2] + 4 * b[5] + 3 * complaint[p][0] + SEASON_WEIGHT * season[p] + term[p] + base[p])
        return np.array(sorted(found, reverse=True)[:BEST])

    return run


WAYS = {"tcm engine": ours, "numpy boolean matrix": numpy_matrix, "duckdb": duckdb_sql, "polars": polars_lazy, "pure Python": pure_python}


def measure() -> list[Race]:
    q = question()
    contestants = {name: way(q) for name, way in WAYS.items()}
    answers = {name: np.asarray(run()) for name, run in contestants.items()}
    for name, answer in answers.items():
        if not np.array_equal(answer, answers["tcm engine"]):
            raise AssertionError(f"{name} answers another question")
    many = {name: (lambda run=run: [run() for _ in range(20)]) for name, run in contestants.items()}
    goals = {"numpy boolean matrix": Goal("at least 6", least=6), "duckdb": Goal("at least 20", least=20)}
    return [race("matching 2,000 pieces for one person, 20 times", many, base="tcm engine", repeats=15, goals=goals)]
