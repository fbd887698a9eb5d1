"""Verdicts to a conclusion: which types, in what order, and what a practitioner should look at. For one sheet and for millions.

The standards judge each type by itself; the order is a project decision (docs/decisions/0012): the highest score among `yes` leads.
Scores of scales with different lengths are compared as whole numbers over one common denominator, never as decimals.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from .scoring import BASICALLY, TENDENCY, UNDETERMINED, YES, FormArrays

(FAILED, BALANCED, BASICALLY_BALANCED, SINGLE, COMBINED, TIED, LEADING_UNKNOWN, TENDENCIES_ONLY, NOTHING) = range(9)
"""What kind of sentence the conclusion is; the index into `assessment.conclusion.KINDS`."""

(EQUAL_TOP, CONTRADICTORY, NOTHING_APPLIES, SEX_MISSING, SEX_ITEM_WITHOUT_SEX, STRAIGHT_LINING) = (1, 2, 4, 8, 16, 32)
"""Bits of `reasons`, in the order in which they are told; the rest of the reasons does not come from the sheet."""


class ScoreArrays(NamedTuple):
    """What `scoring.score_range` wrote."""

    raw: np.ndarray
    verdict: np.ndarray
    status: np.ndarray


class Conclusions(NamedTuple):
    """One entry per person."""

    kind: np.ndarray
    """uint8 [N]"""
    yes: np.ndarray
    """uint8 [N]: how many biased types are `yes`."""
    tendencies: np.ndarray
    """uint8 [N]: how many are `tendency`."""
    leading: np.ndarray
    """uint8 [N]: how many `yes` types share the highest score."""
    ranked: np.ndarray
    """uint8 [8, N]: the `yes` types, highest score first, then the tendencies, highest first; equal scores in the standard's order."""
    reasons: np.ndarray
    """uint8 [N]: bits."""


@njit(cache=True, nogil=True)
def conclude_range(
    form: FormArrays,
    values: np.ndarray,
    answers: np.ndarray,
    sex: np.ndarray,
    scores: ScoreArrays,
    out: Conclusions,
    start: int,
    stop: int,
) -> None:
    """Conclude for people `start` to `stop`.

    form, answers, sex: as in `scoring.score_range`; values: int32 [9, 64], the score of each raw sum over the common denominator;
    scores: ScoreArrays; out: Conclusions, written.
    """
    limited = False
    for i in range(form.item_sex.shape[0]):
        limited |= form.item_sex[i] != 0
    least = np.zeros(9, np.int32)
    for p in range(start, stop):
        out.reasons[p] = 0
        out.leading[p] = 0
        out.yes[p] = 0
        out.tendencies[p] = 0
        if scores.status[p] != 0:
            out.kind[p] = FAILED
            continue
        most_of_open = -1
        for s in range(1, 9):
            least[s] = values[s, scores.raw[s, p]]
            if sex[p] == 0 and form.bounds[5, s] != 0:
                known = _known_sum(form, answers, s, p)
                least[s] = values[s, known + form.bounds[4, s]]
                if known + form.bounds[5, s] >= form.bounds[0, s]:
                    most_of_open = max(most_of_open, values[s, known + form.bounds[5, s]])
        yes = _rank(scores.verdict, YES, least, out.ranked, 0, p)
        every = _rank(scores.verdict, TENDENCY, least, out.ranked, yes, p)
        leading = 0
        while leading < yes and least[out.ranked[leading, p]] == least[out.ranked[0, p]]:
            leading += 1
        out.yes[p], out.tendencies[p], out.leading[p] = yes, every - yes, leading
        sum_unknown = sex[p] == 0 and yes > 0 and form.bounds[5, out.ranked[0, p]] != 0
        out.kind[p] = _kind(scores.verdict, least, out, most_of_open, sum_unknown, p)
        out.reasons[p] = _reasons(scores.verdict, out, limited and sex[p] == 0, p) | _habits(form, answers, sex, p)


@njit(cache=True, nogil=True)
def _known_sum(form: FormArrays, answers: np.ndarray, scale: int, p: int) -> int:
    """What the answers that do not depend on the sex add to a scale."""
    total = 0
    for i in range(answers.shape[0]):
        if form.item_sex[i] == 0:
            for m in range(form.member_first[i], form.member_first[i + 1]):
                if form.member_scale[m] == scale:
                    total += 6 - answers[i, p] if form.member_reverse[m] else answers[i, p]
    return total


@njit(cache=True, nogil=True)
def _rank(verdict: np.ndarray, wanted: int, least: np.ndarray, ranked: np.ndarray, first: int, p: int) -> int:
    """Append the biased types with this verdict to `ranked[first:, p]`, highest first; returns where the list ends."""
    end = first
    for s in range(1, 9):
        if verdict[s, p] == wanted:
            place = end
            while place > first and least[ranked[place - 1, p]] < least[s]:
                ranked[place, p] = ranked[place - 1, p]
                place -= 1
            ranked[place, p] = s
            end += 1
    return end


@njit(cache=True, nogil=True)
def _kind(verdict: np.ndarray, least: np.ndarray, out: Conclusions, most_of_open: int, sum_unknown: bool, p: int) -> int:
    """`most_of_open`: the highest value that a type with an unknown sum may have, if it is or may be `yes`, else -1; `sum_unknown`:
    whether the type that ranks highest is such a one (it ranks by the least that it can have)."""
    if verdict[0, p] == YES:
        return BALANCED
    if verdict[0, p] == BASICALLY:
        return BASICALLY_BALANCED
    yes = out.yes[p]
    if yes > 0:
        top = out.ranked[0, p]
        unsure = (yes > 1 and least[out.ranked[1, p]] == least[top]) if sum_unknown else most_of_open >= least[top]
        if unsure:
            return LEADING_UNKNOWN
        if out.leading[p] > 1:
            return TIED
        return SINGLE if yes == 1 else COMBINED
    if verdict[0, p] == UNDETERMINED:
        return NOTHING
    return TENDENCIES_ONLY if out.tendencies[p] > 0 else NOTHING


@njit(cache=True, nogil=True)
def _reasons(verdict: np.ndarray, out: Conclusions, sex_missing: bool, p: int) -> int:
    undetermined = False
    for s in range(9):
        undetermined |= verdict[s, p] == UNDETERMINED
    reasons = EQUAL_TOP if out.kind[p] == TIED else 0
    if verdict[2, p] == YES and verdict[3, p] == YES:
        reasons |= CONTRADICTORY
    if out.kind[p] == NOTHING and not undetermined:
        reasons |= NOTHING_APPLIES
    return reasons | (SEX_MISSING if sex_missing else 0)


@njit(cache=True, nogil=True)
def _habits(form: FormArrays, answers: np.ndarray, sex: np.ndarray, p: int) -> int:
    """How the sheet was filled in: the same answer throughout; an item for one sex answered while the sex is not given."""
    reasons, same, first = 0, True, 0
    for i in range(answers.shape[0]):
        limited = form.item_sex[i]
        if limited == 0 or limited == sex[p]:
            if first == 0:
                first = answers[i, p]
            same &= answers[i, p] == first
        elif sex[p] == 0 and answers[i, p] != 0:
            reasons |= SEX_ITEM_WITHOUT_SEX
    return reasons | (STRAIGHT_LINING if same else 0)
