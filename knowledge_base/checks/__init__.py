"""What the shapes cannot say: ids that exist, lists that are complete, numbers that agree. Small functions, all problems at once."""

from __future__ import annotations

from ..base import Found
from ..problem import Problem
from . import completeness, consistency, evidence, instruments, limits, references, regulated, safety, usage, wording
from .walk import forget

SUBJECTS = (references, usage, evidence, completeness, limits, wording, consistency, regulated, safety, instruments)
"""Every module has `CHECKS`: functions from what was found to problems."""


def problems_of(found: Found) -> list[Problem]:
    try:
        return [problem for subject in SUBJECTS for check in subject.CHECKS for problem in check(found)]
    finally:
        forget()
