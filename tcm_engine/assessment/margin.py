"""How near a verdict is to another one: the least number of one-step answer changes that give another verdict. Exact.

A step moves one answer by one within 1..5. A biased scale needs no search: each step moves its raw sum by one, and every sum between
the least and the most can be reached. Balanced depends on all nine scales at once and is worked out in `_balanced`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ..kernels.scoring import BASICALLY, NO, UNDETERMINED, YES
from .form import Form, Scale


@dataclass(frozen=True, slots=True)
class Sums:
    """Raw sums of the nine scales; where the sex is not given, the least and the most that they can be."""

    least: Sequence[int]
    most: Sequence[int]


def margin_steps(form: Form, answers: Mapping[str, int], sums: Sums, verdicts: Sequence[int]) -> list[int | None]:
    """One margin a scale; None where the verdict is undetermined. `answers` are those that are scored."""
    return [None if verdict == UNDETERMINED else _margin(form, answers, sums, s, verdict) for s, verdict in enumerate(verdicts)]


def _margin(form: Form, answers: Mapping[str, int], sums: Sums, scale: int, verdict: int) -> int:
    if scale == 0:
        return _balanced(form, answers, sums, verdict)
    return _biased(form.scales[scale], sums.least[scale], sums.most[scale])


def _biased(scale: Scale, least: int, most: int) -> int:
    """Steps until the verdict is another one, or no longer certain, on the way up or on the way down."""
    yes_at, tendency_at = scale.bounds[:2]
    borders = sorted({tendency_at, yes_at})
    up = [border - most for border in borders if border > most]
    down = [least - border + 1 for border in borders if border <= least]
    return min(up[:1] + down[-1:])


def _balanced(form: Form, answers: Mapping[str, int], sums: Sums, verdict: int) -> int:
    if verdict == NO:
        return _steps_to_basically(form, answers, sums)
    reached = sums.least[0] - form.scales[0].bounds[0] + 1
    border = 2 if verdict == YES else 3
    disturbed = min(scale.bounds[border] - sums.most[s] for s, scale in enumerate(form.scales) if s)
    away = min(reached, disturbed)
    if verdict == BASICALLY:
        return min(away, _steps_to_quiet(form, answers, sums, border=2, lacking=0))
    return away


def _steps_to_basically(form: Form, answers: Mapping[str, int], sums: Sums) -> int:
    lacking = max(0, form.scales[0].bounds[0] - sums.least[0])
    return _steps_to_quiet(form, answers, sums, border=3, lacking=lacking)


def _steps_to_quiet(form: Form, answers: Mapping[str, int], sums: Sums, border: int, lacking: int) -> int:
    """Least steps after which every biased scale is below its border and balanced has gained `lacking`.

    Lowering an answer lowers each biased scale that it counts in, and raises balanced where it is reversed there. Answers that count
    in two biased scales are few: their steps are tried in every combination. The rest is then plain: each scale must lose its excess,
    first by answers that balanced gains from, as far as balanced lacks something; what it still lacks costs a step each.
    """
    excess = [0] + [max(0, sums.least[s] - scale.bounds[border] + 1) for s, scale in enumerate(form.scales) if s]
    shared = [key for key in form.shared if key in answers]
    combinations = product(*(range(answers[key]) for key in shared))
    tried = (_steps_with(form, answers, excess, lacking, dict(zip(shared, lowered, strict=True))) for lowered in combinations)
    return min(steps for steps in tried if steps is not None)


def _steps_with(form: Form, answers: Mapping[str, int], excess: Sequence[int], lacking: int, lowered: Mapping[str, int]) -> int | None:
    """The same with the steps of the shared answers given; None where the other answers cannot do the rest."""
    balanced = form.scales[0].members
    gained = sum(steps for key, steps in lowered.items() if balanced.get(key))
    total = sum(lowered.values())
    for s, scale in enumerate(form.scales):
        if s == 0:
            continue
        rest = excess[s] - sum(steps for key, steps in lowered.items() if key in scale.members)
        if rest <= 0:
            continue
        own = [key for key in scale.members if key in answers and key not in lowered]
        if rest > sum(answers[key] - 1 for key in own):
            return None
        total += rest
        gained += min(rest, sum(answers[key] - 1 for key in own if balanced.get(key)))
    return total + max(0, lacking - gained)
