"""Answers -> scores -> verdicts -> conclusion, with error bands and review reasons."""

from .assess import assess, rescore
from .batch_scores import BatchScores, conclude_sheets, score_batch, score_sheets
from .conclusion import KINDS, LEAST_SECONDS_PER_ITEM, REASONS, conclusion_of, types_in
from .form import SEX_CODES, Form, Scale, compile_form
from .sheet import age_faults, read_sheet
from .warm import warm_up

__all__ = [
    "KINDS",
    "LEAST_SECONDS_PER_ITEM",
    "REASONS",
    "SEX_CODES",
    "BatchScores",
    "Form",
    "Scale",
    "age_faults",
    "assess",
    "compile_form",
    "conclude_sheets",
    "conclusion_of",
    "read_sheet",
    "rescore",
    "score_batch",
    "score_sheets",
    "types_in",
    "warm_up",
]
