"""One block of rows: checked, scored, concluded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ..assessment import LEAST_SECONDS_PER_ITEM, SEX_CODES, Form, conclude_sheets, score_sheets
from ..kernels.concluding import Conclusions, ScoreArrays
from ..model import Fault
from .block import Block, check_rows, faults_of_plain_row
from .vocabulary import ANSWERED_TOO_FAST, BELOW_INTENDED_AGE


@dataclass(frozen=True, slots=True)
class ScoredBlock:
    block: Block
    scores: ScoreArrays
    conclusions: Conclusions
    failed: tuple[tuple[int, str, tuple[Fault, ...]], ...]
    """(row within the block, person_id, faults), in the order of the rows."""


def score_block(form: Form, block: Block, on: date) -> ScoredBlock:
    """Score every row; `on` is the day for which ages are reckoned."""
    check_rows(form, block, on)
    rows = block.rows
    scores = score_sheets(form, rows.answers, rows.sex)
    conclusions = conclude_sheets(form, rows.answers, rows.sex, scores)
    conclusions.reasons[:] |= _sitting_bits(form, block, on)
    return ScoredBlock(block, scores, conclusions, tuple(_failed(form, block, int(row)) for row in np.flatnonzero(scores.status)))


def _failed(form: Form, block: Block, row: int) -> tuple[int, str, tuple[Fault, ...]]:
    return row, block.id_of(row), block.faults.get(row) or faults_of_plain_row(form, block, row)


def _sitting_bits(form: Form, block: Block, on: date) -> np.ndarray:
    """uint8 [N]: the review reasons of the sitting, as `conclusion.sitting_reasons` has them for one person."""
    rows = block.rows
    asked = np.array([sum(form.asked(key, sex) for key in form.keys) for sex in SEX_CODES], np.int64)
    bits = np.where(rows.seconds < LEAST_SECONDS_PER_ITEM * asked[rows.sex], ANSWERED_TOO_FAST, 0)
    age = (on.year * 10000 + on.month * 100 + on.day - rows.birth) // 10000
    bits |= np.where((rows.birth > 0) & (age < form.instrument.intended_age), BELOW_INTENDED_AGE, 0)
    return bits.astype(np.uint8)
