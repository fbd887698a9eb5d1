"""From a person's answers about a complaint to the pattern they point to, or to none.

A yes adds what its question says; a no takes 1 from every pattern for which that question speaks strongly; a type of the person that is
`yes` adds 1 to the patterns that lean to it. One pattern alone at the top, with 2 points or more and at least one yes, is a candidate.
All of this is a project decision: it orders advice, it decides nothing about a disease.
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge_base.model import Complaint, ComplaintPattern
from tcm_engine.model import Assessment, PatternCandidate

LEAST_POINTS = 2
STRONG = 2
"""A question speaks strongly for a pattern from this level on."""


def candidate_of(complaint: Complaint, answers: Mapping[str, bool], assessment: Assessment) -> PatternCandidate | None:
    """The candidate pattern of one complaint; `answers`: code of a question -> yes or no."""
    types = {scale.constitution for scale in assessment.scores if scale.verdict == "yes"}
    ranked = sorted(((_points(complaint, p, answers, types), p.code) for p in complaint.patterns), key=lambda r: (-r[0], r[1]))
    if not ranked or ranked[0][0] < LEAST_POINTS or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    points, code = ranked[0]
    speaks_for = tuple(q.code for q in complaint.questions if answers.get(q.code) and q.speaks_for.get(code))
    return PatternCandidate(complaint.code, code, points, speaks_for) if speaks_for else None


def _points(complaint: Complaint, pattern: ComplaintPattern, answers: Mapping[str, bool], types: set[str]) -> int:
    points = int(any(leaning.value in types for leaning in pattern.leans_to))
    for question in complaint.questions:
        level, answer = question.speaks_for.get(pattern.code, 0), answers.get(question.code)
        if answer:
            points += level
        elif answer is False and level >= STRONG:
            points -= 1
    return points
