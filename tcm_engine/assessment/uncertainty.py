"""How sure a verdict is, from published reliability: the interval of a second sitting and the chance of another verdict.

Two sittings of one unchanged person differ by an error with the standard deviation sqrt(2) x SE, taken as normal. A second sitting's
score lies on the grid of whole raw sums, so cut-offs are taken midway between the sums on either side. For balanced, whose verdict
depends on all nine scores, the errors of the nine are taken as independent; they are not quite, since scales share items, so this one
is an approximation. Formulas and sources: docs/decisions/0014.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import erf, prod, sqrt

from ..kernels.scoring import BASICALLY, NO, TENDENCY, YES
from .form import Form, exact_score


def interval(form: Form, scale: int, raw: int) -> tuple[float, float]:
    """Where two of three repeated sittings would fall, in the unit of the score, cut to the scale's range."""
    return _interval(form.instrument.rule.kind, form.scales[scale].items, form.scales[scale].standard_error, raw)


def chances_of_another_verdict(form: Form, raws: Sequence[int | None], verdicts: Sequence[int]) -> list[float | None]:
    """One probability 0..1 a scale; None where the raw sum is not known, and for balanced where any is not."""
    known = [raw for raw in raws if raw is not None]
    balanced = _balanced(form, known, verdicts[0]) if len(known) == len(raws) else None
    biased = (None if raw is None else _biased(form, s, raw, verdicts[s]) for s, raw in enumerate(raws) if s)
    return [balanced, *biased]


@cache
def _interval(kind: str, items: int, standard_error: float, raw: int) -> tuple[float, float]:
    lowest, highest, score = (float(exact_score(kind, items, sum_)) for sum_ in (items, 5 * items, raw))
    spread = sqrt(2) * standard_error
    return max(lowest, score - spread), min(highest, score + spread)


def _below(form: Form, scale: int, raw: int, border: int) -> float:
    """Probability that a second sitting's raw sum stays below `border`."""
    return _chance_below(form.instrument.rule.kind, form.scales[scale].items, form.scales[scale].standard_error, border - raw)


@cache
def _chance_below(kind: str, items: int, standard_error: float, distance: int) -> float:
    """The same for a border so many raw sums away. Remembered, as are intervals: there are few distances, and every sheet asks."""
    step = 1.0 if kind == "raw_sum" else 25 / items
    return _normal((distance - 0.5) * step / (sqrt(2) * standard_error))


def _normal(deviations: float) -> float:
    return 0.5 * (1 + erf(deviations / sqrt(2)))


def _biased(form: Form, scale: int, raw: int, verdict: int) -> float:
    bounds = form.scales[scale].bounds
    below_tendency = _below(form, scale, raw, bounds[1])
    below_yes = _below(form, scale, raw, bounds[0])
    same = {NO: below_tendency, TENDENCY: below_yes - below_tendency, YES: 1 - below_yes}[verdict]
    return 1 - same


def _balanced(form: Form, raws: Sequence[int], verdict: int) -> float:
    reached = 1 - _below(form, 0, raws[0], form.scales[0].bounds[0])
    undisturbed, allowed = (
        prod(_below(form, s, raws[s], scale.bounds[border]) for s, scale in enumerate(form.scales) if s) for border in (2, 3)
    )
    same = {YES: reached * undisturbed, BASICALLY: reached * (allowed - undisturbed), NO: 1 - reached * allowed}[verdict]
    return 1 - same
