"""How much each constitution, complaint and season counts. Whole numbers; all of them are project decisions, explained here.

A type that is `yes` weighs 4, and 1 more for each full 15 points by which its score passes 40 (8 at most); a tendency weighs 2. So the
strongest type leads and a tendency still has a say. Balanced weighs 4 (`yes`) or 3 (`basically`). Where nothing applies, each type weighs
1 for each full 10 points of its score, so that the plan leans to where the answers lean.
A complaint weighs 3 a level, and so does the pattern to which a person's answers about it point: one level-3 piece for a complaint
outweighs the season but not a benefit of 3 for a strong type.
The season and the solar term weigh 1 a level: three levels of season stay below one level of benefit for a type that is `yes` (4), so the
season orders what the constitution lets through and outranks nothing. In hot damp weeks (long summer) their level counts the same,
beside the season. A piece written for the person's own climate zone gains 2, so that what grows there comes before what is sold everywhere.
"""

from __future__ import annotations

import numpy as np

from tcm_engine.model import CONSTITUTIONS, Assessment, ScaleResult

COMPLAINT_WEIGHT = 3
SEASON_WEIGHT = 1
TERM_WEIGHT = 1
LONG_SUMMER_WEIGHT = 1
PATTERN_WEIGHT = 3
ZONE_WEIGHT = 2
PREFERENCE_WEIGHT = 2
TENDENCY_WEIGHT = 2
YES_WEIGHT = 4
STRONGEST_WEIGHT = 8
BALANCED_WEIGHTS = {"yes": 4, "basically": 3}


def percent_of(scale: ScaleResult) -> int:
    """Whole points 0..100 of a raw sum, the same for all instruments: floor(100 (raw - items) / (4 items)); 0 where raw is not known."""
    return 0 if scale.raw is None else 100 * (scale.raw - scale.items) // (4 * scale.items)


def type_weights(assessment: Assessment) -> np.ndarray:
    """int32 [9], in the standard's order."""
    weights = np.array([_weight(s) for s in assessment.scores], np.int32)
    if not weights.any():
        weights[1:] = [percent_of(s) // 10 for s in assessment.scores[1:]]
        weights[0] = 2
    return weights


def _weight(scale: ScaleResult) -> int:
    if scale.constitution == CONSTITUTIONS[0]:
        return BALANCED_WEIGHTS.get(scale.verdict, 0)
    if scale.verdict == "yes":
        return min(YES_WEIGHT + max(percent_of(scale) - 40, 0) // 15, STRONGEST_WEIGHT)
    return TENDENCY_WEIGHT if scale.verdict == "tendency" else 0


def types_with(assessment: Assessment, verdict: str) -> int:
    """Bit set (bit 0 balanced .. bit 8) of the biased types with a verdict."""
    return sum(1 << i for i, s in enumerate(assessment.scores) if i and s.verdict == verdict)
