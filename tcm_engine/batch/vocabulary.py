"""Every cell that a scores file can hold, written out once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..assessment import REASONS, Form
from ..kernels import csv_lines
from ..kernels.csv_lines import Vocabulary
from ..model import CONSTITUTIONS, VERDICT_CODES
from .words import ConclusionWords

ANSWERED_TOO_FAST, BELOW_INTENDED_AGE = 64, 128
"""Bits of the reasons that come from the sitting, after those that come from the sheet (`kernels.concluding`)."""
ALL_REASONS = {**REASONS, ANSWERED_TOO_FAST: "answered_too_fast", BELOW_INTENDED_AGE: "below_intended_age"}


def header() -> list[str]:
    """The columns of a scores file."""
    scores = [f"{code}_{part}" for code in CONSTITUTIONS for part in ("raw", "score", "verdict")]
    return ["person_id", "status", *scores, "primary", "conclusion", "review_reasons"]


def reasons_of(bits: int) -> str:
    """The review reasons of a byte, `a;b`."""
    return ";".join(code for bit, code in ALL_REASONS.items() if bits & bit)


def score_text(form: Form, scale: int, raw: int) -> str:
    """The score as a cell: shortest decimal that reads back as the same number, without a trailing `.0`."""
    return repr(float(form.score(scale, raw))).removesuffix(".0")


def vocabulary_of(form: Form, words: ConclusionWords) -> Vocabulary:
    """The cells of a form in one language, numbered as `kernels.csv_lines` has them."""
    said = words.in_kernel_order()
    quote = any(mark in word for word in said for mark in ',"\n\r')
    texts = [text for s in range(len(CONSTITUTIONS)) for text in _scale_cells(form, s)]
    texts += [",ok", ",error" + "," * 30 + "\n"]
    texts += [f",{code}," for code in (*CONSTITUTIONS, "")]
    texts += [f",{reasons_of(bits)}\n" for bits in range(256)]
    texts += [word.replace('"', '""') if quote else word for word in said]
    texts += ['"' if quote else ""]
    if len(texts) != csv_lines.TEXTS:
        raise ValueError(f"the kernel numbers {csv_lines.TEXTS} texts, not {len(texts)}")
    coded = [text.encode() for text in texts]
    length = np.array([len(text) for text in coded], np.int64)
    taken = (length + 7) // 8
    padded = b"".join(text.ljust(8 * count, b"\0") for text, count in zip(coded, taken, strict=False))
    return Vocabulary(np.frombuffer(bytearray(padded), "<u8").astype(np.uint64), np.cumsum(taken) - taken, length)


def _scale_cells(form: Form, s: int) -> Iterator[str]:
    """`,RAW,SCORE,VERDICT` for every raw sum below 64 and every verdict; sum 0 stands for one that is not known."""
    items = form.scales[s].items
    for raw in range(64):
        known = f"{raw},{score_text(form, s, raw)}" if items <= raw <= 5 * items else ","
        yield from (f",{known},{verdict}" for verdict in VERDICT_CODES)
