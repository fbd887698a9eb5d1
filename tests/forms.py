"""The three instruments, compiled, and random sheets of them."""

from __future__ import annotations

from functools import cache

import numba
import numpy as np

from knowledge_base import load_instrument
from tcm_engine.assessment import Form, compile_form

CODES = ("gbt_46939_2025", "zyyxh_t157_2009", "elderly_33")
COMPILED = not numba.config.DISABLE_JIT
"""Whether kernels are compiled; without, they are run on few sheets."""


@cache
def form_of(code: str) -> Form:
    return compile_form(load_instrument(code))


def random_sheets(form: Form, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Complete sheets, answers uint8 [N, items] (item-major) and sex uint8 [N].

    Everybody has a level of complaints of their own and each scale another one, so that every verdict occurs; one in thirty gives no
    sex.
    """
    rng = np.random.default_rng(seed)
    level = rng.uniform(-0.2, 2.2, count) + np.where(rng.random(count) < 0.3, -0.8, 0)
    lean = {scale.constitution: rng.normal(0, 0.6, count) for scale in form.scales}
    answers = np.empty((len(form.keys), count), np.uint8)
    sex = rng.choice(np.array([0, 1, 2], np.uint8), count, p=[1 / 30, 29 / 60, 29 / 60])
    for i, key in enumerate(form.keys):
        item = form.items[key]
        own = level + lean[item.scales[-1].constitution] + rng.normal(0, 0.7, count)
        forward_balanced = item.scales[0].constitution == "balanced" and not item.scales[0].reverse
        drawn = np.clip(np.rint(1 + own), 1, 5)
        answers[i] = 6 - drawn if forward_balanced else drawn
        if item.sex is not None:
            answers[i][sex != (1 if item.sex == "female" else 2)] = 0
    return answers.T, sex


def edge_sheets(form: Form, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Sheets whose raw sums lie at a cut-off or one step either side of it, for one scale after the other."""
    rng = np.random.default_rng(seed)
    answers, sex = random_sheets(form, count, seed)
    for person in range(count):
        scale = form.scales[person % 9]
        border = scale.bounds[rng.integers(2)] + rng.integers(-1, 2)
        places = [form.keys.index(key) for key in scale.members if answers[person, form.keys.index(key)]]
        reverse = [scale.members[form.keys[place]] for place in places]
        values = np.ones(len(places), int)
        while values.sum() < border and values.min() < 5:
            values[rng.choice(np.flatnonzero(values < 5))] += 1
        for place, value, turned in zip(places, values, reverse, strict=False):
            answers[person, place] = 6 - value if turned else value
    return answers, sex


def sheet_of(form: Form, row: np.ndarray) -> dict[str, int]:
    return {key: int(value) for key, value in zip(form.keys, row, strict=False) if value}
