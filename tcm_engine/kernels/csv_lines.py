"""Scores to lines of a delimited text, from cells that were written out beforehand.

Every cell of a scored row comes from a small vocabulary (a raw sum has 37 values at most, a verdict five). So a line is first put
together as numbers of texts, then copied as bytes: numbers are never formatted row by row.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from .concluding import (
    BALANCED,
    BASICALLY_BALANCED,
    COMBINED,
    FAILED,
    LEADING_UNKNOWN,
    NOTHING,
    SINGLE,
    TENDENCIES_ONLY,
    TIED,
    Conclusions,
    ScoreArrays,
)

CELLS = 0
"""Texts are numbered: `,RAW,SCORE,VERDICT` of scale s, raw sum r (0: not known) and verdict v is (s * 64 + r) * 5 + v;"""
OK = CELLS + 9 * 64 * 5
"""then `,ok` and the whole rest of a failed line;"""
PRIMARY = OK + 2
"""then `,CODE,` by leading constitution, 9 for none;"""
REASONS = PRIMARY + 10
"""then `,a;b` with the line break, by reason bits;"""
NAMES = REASONS + 256
"""then the names of the constitutions, and the words of the conclusion in this order:"""
(
    WITH,
    TIED_AFTER,
    UNKNOWN_AFTER,
    BASICALLY_BEFORE,
    TENDENCY_JOINT,
    TENDENCY_BEFORE,
    TENDENCY_AFTER,
    NOTHING_SAID,
    UNDETERMINED_BEFORE,
    UNDETERMINED_AFTER,
    SEPARATOR,
    QUOTE,
) = range(NAMES + 9, NAMES + 21)
TEXTS = NAMES + 21
"""`QUOTE` stands before and after the conclusion: a quotation mark where one of its words needs it, else empty."""
MOST_TEXTS = 64
"""A line has 9 cells, 5 others, and a sentence of at most 9 names twice with as many separators and 10 words."""
PADDING = 8
"""Texts are copied eight bytes at a time, so that many more than needed must be free where they are written."""
_BYTE = np.uint64(255)
_COMMA, _NEWLINE, _RETURN, _MARK = 44, 10, 13, 34


class Vocabulary(NamedTuple):
    """All texts, one after the other, each in whole words of eight bytes."""

    words: np.ndarray
    """uint64, little-endian"""
    start: np.ndarray
    """int64 [TEXTS], in words"""
    length: np.ndarray
    """int64 [TEXTS], in bytes"""


@njit(cache=True, nogil=True)
def write_lines(
    vocabulary: Vocabulary, ids: np.ndarray, id_at: np.ndarray, scores: ScoreArrays, conclusions: Conclusions, out: np.ndarray
) -> int:
    """Write one line a row into `out`; returns the number of bytes.

    ids: uint8, where `id_at` int64 [2, N] points to; scores: concluding.ScoreArrays; conclusions: concluding.Conclusions; out: uint8,
    `PADDING` bytes longer than needed at least.
    """
    words, starts, lengths = vocabulary.words, vocabulary.start, vocabulary.length
    raw, verdict = scores.raw, scores.verdict
    kind, yes, tendencies = conclusions.kind, conclusions.yes, conclusions.tendencies
    leading, ranked, reasons = conclusions.leading, conclusions.ranked, conclusions.reasons
    line = np.zeros(MOST_TEXTS, np.int64)
    end = 0
    for p in range(kind.shape[0]):
        end = _write_id(ids, id_at[0, p], id_at[1, p], out, end)
        if kind[p] == FAILED:
            line[0], count = OK + 1, 1
        else:
            line[0] = OK
            for s in range(9):
                line[1 + s] = (s * 64 + int(raw[s, p])) * 5 + int(verdict[s, p])
            line[10] = PRIMARY + _primary(kind[p], ranked[0, p])
            line[11] = QUOTE
            count = _sentence(kind[p], int(yes[p]), int(tendencies[p]), int(leading[p]), ranked, verdict, p, line, 12)
            line[count] = QUOTE
            line[count + 1] = REASONS + int(reasons[p])
            count += 2
        end = _copy(words, starts, lengths, line, count, out, end)
    return end


@njit(cache=True, nogil=True)
def write_conclusions(vocabulary: Vocabulary, scores: ScoreArrays, conclusions: Conclusions, out: np.ndarray, ends: np.ndarray) -> int:
    """Write the conclusion of each row into `out`, one after the other; returns the number of bytes.

    `ends` int32 [N + 1] receives where each one ends.
    """
    words, starts, lengths = vocabulary.words, vocabulary.start, vocabulary.length
    kind, ranked, verdict = conclusions.kind, conclusions.ranked, scores.verdict
    line = np.zeros(MOST_TEXTS, np.int64)
    end = 0
    ends[0] = 0
    for p in range(kind.shape[0]):
        if kind[p] != FAILED:
            yes, tendencies, leading = int(conclusions.yes[p]), int(conclusions.tendencies[p]), int(conclusions.leading[p])
            count = _sentence(kind[p], yes, tendencies, leading, ranked, verdict, p, line, 0)
            end = _copy(words, starts, lengths, line, count, out, end)
        ends[p + 1] = end
    return end


@njit(cache=True, nogil=True)
def _primary(kind: int, highest: int) -> int:
    """Index of the leading constitution; 9 where none can be named."""
    if kind in (BALANCED, BASICALLY_BALANCED):
        return 0
    return int(highest) if kind in (SINGLE, COMBINED) else 9


@njit(cache=True, nogil=True)
def _sentence(
    kind: int,
    yes: int,
    tendencies: int,
    leading: int,
    ranked: np.ndarray,
    verdict: np.ndarray,
    p: int,
    line: np.ndarray,
    count: int,
) -> int:
    """Append the conclusion of row `p` to `line`, after the grammar of `batch.words.ConclusionWords`; returns the new count."""
    first = 1
    if kind in (BALANCED, BASICALLY_BALANCED):
        if kind == BASICALLY_BALANCED:
            count = _put(line, count, BASICALLY_BEFORE)
        count = _put(line, count, NAMES)
    elif kind == NOTHING:
        count = _put(line, count, NOTHING_SAID)
    elif kind == LEADING_UNKNOWN:
        count = _list(ranked, p, 0, yes, line, count)
        count = _put(line, count, UNKNOWN_AFTER)
    elif kind != TENDENCIES_ONLY:
        first = leading if kind == TIED else 1
        count = _list(ranked, p, 0, first, line, count)
        if kind == TIED:
            count = _put(line, count, TIED_AFTER)
        if yes > first:
            count = _put(line, count, WITH)
            count = _list(ranked, p, first, yes, line, count)
    if tendencies > 0:
        if kind != TENDENCIES_ONLY:
            count = _put(line, count, TENDENCY_JOINT)
        count = _put(line, count, TENDENCY_BEFORE)
        count = _list(ranked, p, yes, yes + tendencies, line, count)
        count = _put(line, count, TENDENCY_AFTER)
    return _undetermined(verdict, p, line, count)


@njit(cache=True, nogil=True)
def _undetermined(verdict: np.ndarray, p: int, line: np.ndarray, count: int) -> int:
    found = False
    for s in range(9):
        if verdict[s, p] == 4:
            count = _put(line, count, SEPARATOR if found else UNDETERMINED_BEFORE)
            count = _put(line, count, NAMES + s)
            found = True
    return _put(line, count, UNDETERMINED_AFTER) if found else count


@njit(cache=True, nogil=True)
def _list(ranked: np.ndarray, p: int, first: int, stop: int, line: np.ndarray, count: int) -> int:
    for place in range(first, stop):
        if place > first:
            count = _put(line, count, SEPARATOR)
        count = _put(line, count, NAMES + int(ranked[place, p]))
    return count


@njit(cache=True, nogil=True)
def _put(line: np.ndarray, count: int, text: int) -> int:
    line[count] = text
    return count + 1


@njit(cache=True, nogil=True)
def _copy(words: np.ndarray, starts: np.ndarray, lengths: np.ndarray, line: np.ndarray, count: int, out: np.ndarray, end: int) -> int:
    """Copy the texts of a line, eight bytes at a time; the next text overwrites the surplus of the one before."""
    for n in range(count):
        start, length = starts[line[n]], lengths[line[n]]
        for word in range((length + 7) >> 3):
            _store(words[start + word], out, np.uint64(end + 8 * word))
        end += length
    return end


@njit(cache=True, nogil=True)
def _store(word: np.uint64, out: np.ndarray, at: np.uint64) -> None:
    """Eight bytes, least first. Spelled out with unsigned places, this becomes one machine store; a loop over bytes takes five times as
    long, since the compiler must suppose that source and target overlap."""
    out[at] = word & _BYTE
    out[at + np.uint64(1)] = word >> np.uint64(8) & _BYTE
    out[at + np.uint64(2)] = word >> np.uint64(16) & _BYTE
    out[at + np.uint64(3)] = word >> np.uint64(24) & _BYTE
    out[at + np.uint64(4)] = word >> np.uint64(32) & _BYTE
    out[at + np.uint64(5)] = word >> np.uint64(40) & _BYTE
    out[at + np.uint64(6)] = word >> np.uint64(48) & _BYTE
    out[at + np.uint64(7)] = word >> np.uint64(56)


@njit(cache=True, nogil=True)
def _write_id(ids: np.ndarray, start: int, stop: int, out: np.ndarray, end: int) -> int:
    """An id as it was given; quoted where a comma, a quotation mark or a line break makes it necessary."""
    quote = False
    for position in range(start, stop):
        byte = ids[position]
        quote |= (byte == _COMMA) | (byte == _MARK) | (byte == _NEWLINE) | (byte == _RETURN)
        out[end + position - start] = byte
    if not quote:
        return end + stop - start
    out[end] = _MARK
    end += 1
    for position in range(start, stop):
        if ids[position] == _MARK:
            out[end] = _MARK
            end += 1
        out[end] = ids[position]
        end += 1
    out[end] = _MARK
    return end + 1
