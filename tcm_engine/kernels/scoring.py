"""Answer sheets to raw sums and verdicts: one kernel for one sheet and for millions.

Arrays in, arrays out. Everything is item-major (`[items, N]`, `[9, N]`), so that the inner loops run over neighbouring people and LLVM
adds 32 of them at once; people go in blocks that stay in the first cache levels. No raw sum exceeds 40, so a byte holds each of
them, and every verdict is a comparison of whole numbers.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

BLOCK = 4096
"""People per block: a row of answers (4 KiB) and the rows it is added to stay in the cache."""

FEMALE, MALE = 1, 2
NO, TENDENCY, YES, BASICALLY, UNDETERMINED = range(5)
"""Verdicts as bytes; the index into `tcm_engine.model.VERDICT_CODES`."""
MISSING, OUT_OF_RANGE, WRONG_SEX, UNKNOWN_SEX_CODE = 1, 2, 4, 8
"""Bits of `status`: an answer is missing; one is not 1..5; an item of the other sex is answered; the sex byte is above 2."""


class FormArrays(NamedTuple):
    """One instrument as arrays. I items, M memberships (an item counts in one scale or more), nine scales with balanced first."""

    item_sex: np.ndarray
    """uint8 [I]: 0 asked of everybody, 1 of women, 2 of men."""
    member_first: np.ndarray
    """int64 [I + 1]: memberships of item i are `member_first[i]` to `member_first[i + 1]`."""
    member_scale: np.ndarray
    """uint8 [M]: index of the scale."""
    member_reverse: np.ndarray
    """uint8 [M]: 1 where the answer counts as 6 minus itself."""
    bounds: np.ndarray
    """uint8 [6, 9], whole raw sums per scale: 0 first sum that is `yes` (balanced: that reaches its cut-off), 1 first that is `tendency`,
    2 first that keeps balanced from `yes`, 3 first that keeps it from `basically`; 4 and 5 the least and most that the answers to
    sex-limited items may add while the sex is not given."""


@njit(cache=True, nogil=True)
def score_range(
    form: FormArrays,
    answers: np.ndarray,
    sex: np.ndarray,
    raw: np.ndarray,
    verdict: np.ndarray,
    status: np.ndarray,
    start: int,
    stop: int,
) -> None:
    """Score people `start` to `stop`.

    answers: uint8 [I, N], 0 is empty; sex: uint8 [N], 0 not given, 1 female, 2 male. Written: raw, verdict uint8 [9, N]; status uint8 [N].
    A scale whose sum cannot be known (sex not given) has raw 0, and so has every scale of a sheet whose status is not 0; those
    sheets are `undetermined` throughout. The rules are those of the instrument (`knowledge_base/data/instruments`).
    """
    for low in range(start, stop, BLOCK):
        high = min(low + BLOCK, stop)
        _sum_items(form, answers[:, low:high], sex[low:high], raw[:, low:high], status[low:high])
        _judge(form.bounds, sex[low:high], raw[:, low:high], verdict[:, low:high], status[low:high])


@njit(cache=True, nogil=True)
def _sum_items(form: FormArrays, answers: np.ndarray, sex: np.ndarray, raw: np.ndarray, status: np.ndarray) -> None:
    people = sex.shape[0]
    raw[:, :] = 0
    for p in range(people):
        status[p] = UNKNOWN_SEX_CODE if sex[p] > MALE else 0
    for i in range(answers.shape[0]):
        row = answers[i]
        limited = form.item_sex[i]
        if limited == 0:
            for p in range(people):
                status[p] |= int(row[p] == 0) | (int(row[p] > 5) << 1)
        else:
            for p in range(people):
                asked = sex[p] == limited
                other = (sex[p] != limited) & (sex[p] != 0)
                status[p] |= int(asked & (row[p] == 0)) | (int(row[p] > 5) << 1) | (int(other & (row[p] != 0)) << 2)
        for m in range(form.member_first[i], form.member_first[i + 1]):
            total = raw[form.member_scale[m]]
            if limited != 0:
                for p in range(people):
                    total[p] += row[p] if (sex[p] == limited) & (row[p] <= 5) else 0
            elif form.member_reverse[m]:
                for p in range(people):
                    total[p] += 6 - row[p] if row[p] <= 5 else 0
            else:
                for p in range(people):
                    total[p] += row[p] if row[p] <= 5 else 0


@njit(cache=True, nogil=True)
def _judge(bounds: np.ndarray, sex: np.ndarray, raw: np.ndarray, verdict: np.ndarray, status: np.ndarray) -> None:
    people = sex.shape[0]
    least_disturbed = np.zeros(people, np.uint8)
    most_disturbed = np.zeros(people, np.uint8)
    for s in range(1, raw.shape[0]):
        yes_at, tendency_at, disturbs, prevents, open_low, open_high = bounds[:, s]
        total, decided = raw[s], verdict[s]
        if open_high == 0:
            for p in range(people):
                decided[p] = int(total[p] >= tendency_at) + int(total[p] >= yes_at)
                disturbed = int(total[p] >= disturbs) + int(total[p] >= prevents)
                least_disturbed[p] = max(least_disturbed[p], disturbed)
                most_disturbed[p] = max(most_disturbed[p], disturbed)
        else:
            for p in range(people):
                low = total[p] + (open_low if sex[p] == 0 else 0)
                high = total[p] + (open_high if sex[p] == 0 else 0)
                at_least = int(low >= tendency_at) + int(low >= yes_at)
                at_most = int(high >= tendency_at) + int(high >= yes_at)
                decided[p] = at_least if at_least == at_most else UNDETERMINED
                least_disturbed[p] = max(least_disturbed[p], int(low >= disturbs) + int(low >= prevents))
                most_disturbed[p] = max(most_disturbed[p], int(high >= disturbs) + int(high >= prevents))
                total[p] = 0 if sex[p] == 0 else total[p]
    reached_at = bounds[0, 0]
    total, decided = raw[0], verdict[0]
    for p in range(people):
        best = YES if least_disturbed[p] == 0 else (BASICALLY if least_disturbed[p] == 1 else NO)
        worst = YES if most_disturbed[p] == 0 else (BASICALLY if most_disturbed[p] == 1 else NO)
        judged = best if best == worst else UNDETERMINED
        decided[p] = judged if total[p] >= reached_at else NO
    for p in range(people):
        if status[p] != 0:
            for s in range(raw.shape[0]):
                raw[s, p] = 0
                verdict[s, p] = UNDETERMINED
