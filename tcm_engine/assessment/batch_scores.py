"""Scoring arrays of any length with the kernels, on two threads where it pays."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from math import lcm

import numpy as np

from ..kernels import concluding, scoring
from ..kernels.concluding import Conclusions, ScoreArrays
from .form import Form, exact_score

THREADS = 2
_WORTH_A_THREAD = 16 * scoring.BLOCK
"""Below 65,536 people starting a second thread costs more than it saves."""


@dataclass(frozen=True, slots=True)
class BatchScores:
    """Raw sums and verdicts of N people; bytes, constitutions in the standard's order."""

    form: Form
    raw: np.ndarray
    """uint8 [N, 9]; 0 where it cannot be known."""
    verdict: np.ndarray
    """uint8 [N, 9]: 0 no, 1 tendency, 2 yes, 3 basically, 4 undetermined."""
    status: np.ndarray
    """uint8 [N]: 0 ok, else bits: 1 missing, 2 out of range, 4 wrong sex, 8 unknown sex byte."""

    @property
    def score(self) -> np.ndarray:
        """float32 [N, 9]: the scores in the instrument's unit, NaN where the raw sum cannot be known. Made when asked for."""
        table = np.full((9, 64), np.nan, np.float32)
        for s, scale in enumerate(self.form.scales):
            for raw in range(scale.items, 5 * scale.items + 1):
                table[s, raw] = float(self.form.score(s, raw))
        return np.take_along_axis(table, np.asarray(self.raw.T, np.intp), axis=1).T


def score_batch(form: Form, answers: np.ndarray, sex: np.ndarray) -> BatchScores:
    """Score N sheets.

    answers: uint8 [N, items] in the form's item order, 0 = empty; item-major memory (Fortran order) is the fast layout, any other is
    turned into it once. sex: uint8 [N], 0 unknown, 1 female, 2 male. Raises ValueError where shape or type are others.
    """
    sheets = _sheets(form, answers, sex)
    scores = score_sheets(form, *sheets)
    return BatchScores(form, scores.raw.T, scores.verdict.T, scores.status)


def score_sheets(form: Form, answers: np.ndarray, sex: np.ndarray) -> ScoreArrays:
    """The same for arrays that are item-major already: answers uint8 [items, N] and sex uint8 [N], both writable and contiguous."""
    people = sex.shape[0]
    scores = ScoreArrays(np.empty((9, people), np.uint8), np.empty((9, people), np.uint8), np.empty(people, np.uint8))
    in_ranges(people, lambda start, stop: scoring.score_range(form.arrays, answers, sex, *scores, start, stop))
    return scores


def conclude_sheets(form: Form, answers: np.ndarray, sex: np.ndarray, scores: ScoreArrays) -> Conclusions:
    """Order and conclusion of scored sheets; arguments as in `score_sheets`."""
    people = sex.shape[0]
    kind, yes, tendencies, leading, reasons = (np.empty(people, np.uint8) for _ in range(5))
    out = Conclusions(kind, yes, tendencies, leading, np.full((8, people), 255, np.uint8), reasons)
    values = common_values(form)
    in_ranges(people, lambda start, stop: concluding.conclude_range(form.arrays, values, answers, sex, scores, out, start, stop))
    return out


def common_values(form: Form) -> np.ndarray:
    """int32 [9, 64]: the score of each raw sum as a whole number over one common denominator, so that scales compare exactly."""
    return _common_values(form.instrument.rule.kind, tuple(scale.items for scale in form.scales))


@cache
def _common_values(kind: str, items: tuple[int, ...]) -> np.ndarray:
    denominator = lcm(*items) * 4
    values = np.zeros((9, 64), np.int32)
    for s, count in enumerate(items):
        for raw in range(count, 5 * count + 1):
            values[s, raw] = int(exact_score(kind, count, raw) * denominator)
    return values


def in_ranges(people: int, work: Callable[[int, int], None]) -> None:
    """Call `work(start, stop)` over all people; on threads where there are many. The kernels release the interpreter lock."""
    if people < _WORTH_A_THREAD:
        work(0, people)
        return
    share = -(-people // (THREADS * scoring.BLOCK)) * scoring.BLOCK
    ranges = [(start, min(start + share, people)) for start in range(0, people, share)]
    for done in [_threads(os.getpid()).submit(work, *one) for one in ranges]:
        done.result()


@cache
def _threads(process: int) -> ThreadPoolExecutor:
    """One pool a process: after a fork the child makes its own, since threads do not survive it."""
    return ThreadPoolExecutor(THREADS, thread_name_prefix="scoring")


def _sheets(form: Form, answers: np.ndarray, sex: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    answers, sex = np.asarray(answers), np.asarray(sex)
    if answers.dtype != np.uint8 or sex.dtype != np.uint8:
        raise ValueError("answers and sex are arrays of uint8")
    if answers.ndim != 2 or answers.shape[1] != len(form.keys) or sex.shape != answers.shape[:1]:
        raise ValueError(f"answers are [N, {len(form.keys)}] for {form.code} and sex is [N]; got {answers.shape} and {sex.shape}")
    return np.require(answers.T, np.uint8, ["C", "W"]), np.require(sex, np.uint8, ["C", "W"])
