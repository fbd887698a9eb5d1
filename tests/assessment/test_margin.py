"""The margin against a search through every sheet within so many steps, on reduced forms and on the real short form."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tcm_engine.assessment import assess, compile_form
from tcm_engine.model import CONSTITUTIONS
from tests import naive
from tests.forms import CODES, form_of, random_sheets, sheet_of

DAY = date(2026, 11, 23)
SEXES = {1: "female", 2: "male"}


def reduced(code: str, keep: tuple[str, ...]):
    """The form with few items, one or two a scale, so that every sheet can be searched."""
    instrument = form_of(code).instrument
    return compile_form(instrument.model_copy(update={"items": tuple(item for item in instrument.items if item.key in keep)}))


SMALL = reduced(
    "zyyxh_t157_2009", ("energy", "tired", "colds", "cold_intolerance", "thirst", "phlegm", "oily_face", "bruise", "gloomy", "hives")
)
"""Ten items: three shared with balanced, one by two biased scales."""


def naive_margin(form, answers, constitution):
    """Breadth first over whole sheets; judged by transformed scores over the items that this reduced form has."""

    def verdict(sheet):
        sums = naive.raw_sums(form.instrument, sheet, "female")
        counts = {scale.constitution: scale.items for scale in form.scales}
        return naive.judge({c: naive.Fraction(sums[c] - counts[c], counts[c] * 4) * 100 for c in CONSTITUTIONS})[constitution]

    keys, now = tuple(answers), verdict(answers)
    reached = {tuple(answers.values())}
    seen = set(reached)
    for steps in range(1, 41):
        reached = {
            (*sheet[:place], sheet[place] + move, *sheet[place + 1 :])
            for sheet in reached
            for place in range(len(sheet))
            for move in (-1, 1)
            if 1 <= sheet[place] + move <= 5
        } - seen
        seen |= reached
        if any(verdict(dict(zip(keys, sheet, strict=False))) != now for sheet in reached):
            return steps
    raise AssertionError("no other verdict can be reached")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=10, max_size=10))
def test_margin_is_the_shortest_way_on_a_reduced_form(values):
    answers = dict(zip(SMALL.keys, values, strict=False))
    result = assess(SMALL, answers, sex="female", assessed_on=DAY)
    balanced = result.scores[0]
    if balanced.margin_steps <= 4:
        assert balanced.margin_steps == naive_margin(SMALL, answers, "balanced")
    for scale in result.scores[1:]:
        if scale.margin_steps <= 2:
            assert scale.margin_steps == naive_margin(SMALL, answers, scale.constitution)


@pytest.mark.parametrize("code", CODES)
def test_margin_of_balanced_is_the_optimum_of_an_integer_program(code):
    form = form_of(code)
    sheets, sex = random_sheets(form, 150, seed=21)
    kinds = set()
    for row, code_of_sex in zip(sheets, sex, strict=False):
        if code_of_sex:
            answers = sheet_of(form, row)
            balanced = assess(form, answers, sex=SEXES[code_of_sex], assessed_on=DAY).scores[0]
            assert balanced.margin_steps == optimum(form, answers, balanced.verdict)
            kinds.add(balanced.verdict)
    assert kinds == {"yes", "basically", "no"}


def optimum(form, answers, verdict):
    """Least total movement of the answers that leads to another verdict, found by scipy's integer programming."""
    quiet, loud = 2, 3
    goals = {
        "yes": [("leave", None), *(("disturb", (s, quiet)) for s in range(1, 9))],
        "basically": [("leave", None), *(("disturb", (s, loud)) for s in range(1, 9)), ("calm", quiet)],
        "no": [("calm", loud)],
    }[verdict]
    return min(_steps(form, answers, goal, what) for goal, what in goals)


def _steps(form, answers, goal, what):
    keys, count = list(answers), len(answers)
    rows, least, most = [], [], []

    def row_of(scale):
        sign = np.array([0 if key not in scale.members else -1 if scale.members[key] else 1 for key in keys], float)
        now = sum(6 - answers[key] if reverse else answers[key] for key, reverse in scale.members.items() if key in answers)
        return np.concatenate([sign, -sign]), now  # movement = up - down

    def constrain(scale, low=-np.inf, high=np.inf):
        row, now = row_of(scale)
        rows.append(row), least.append(low - now), most.append(high - now)

    balanced = form.scales[0]
    if goal == "leave":
        constrain(balanced, high=balanced.bounds[0] - 1)
    elif goal == "disturb":
        constrain(form.scales[what[0]], low=form.scales[what[0]].bounds[what[1]])
    else:
        constrain(balanced, low=balanced.bounds[0])
        for scale in form.scales[1:]:
            constrain(scale, high=scale.bounds[what] - 1)
    room = np.array([5 - answers[key] for key in keys] + [answers[key] - 1 for key in keys], float)
    found = milp(
        np.ones(2 * count),
        constraints=LinearConstraint(np.array(rows), least, most),
        bounds=Bounds(0, room),
        integrality=np.ones(2 * count),
    )
    return round(found.fun) if found.success else 10**6


@pytest.mark.parametrize("constitution", CONSTITUTIONS[1:])
def test_margin_of_a_biased_scale_is_the_way_to_the_nearest_other_sum(constitution):
    form = form_of("zyyxh_t157_2009")
    s = CONSTITUTIONS.index(constitution)
    scale = form.scales[s]
    yes_at, tendency_at = scale.bounds[:2]
    sheets, sex = random_sheets(form, 60, seed=22)
    for row, code_of_sex in zip(sheets, sex, strict=False):
        if code_of_sex:
            result = assess(form, sheet_of(form, row), sex=SEXES[code_of_sex], assessed_on=DAY).scores[s]
            bands = {raw: (raw >= tendency_at) + (raw >= yes_at) for raw in range(scale.items, 5 * scale.items + 1)}
            expected = min(abs(raw - result.raw) for raw, band in bands.items() if band != bands[result.raw])
            assert result.margin_steps == expected


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_without_the_sex_a_margin_holds_for_either_sex(seed):
    """A verdict that is certain without the sex stays certain for fewer steps than its margin, and has none where it is not."""
    form = form_of("gbt_46939_2025")
    sheets, _ = random_sheets(form, 1, seed)
    answers = {key: value for key, value in sheet_of(form, sheets[0]).items() if form.items[key].sex is None}
    result = assess(form, answers, assessed_on=DAY)
    damp_heat = result.scores[5]
    assert (damp_heat.margin_steps is None) == (damp_heat.verdict == "undetermined")
    if damp_heat.margin_steps == 1:
        keys = [key for key in form.scales[5].members if key in answers]
        moved = [{**answers, key: answers[key] + move} for key in keys for move in (-1, 1) if 1 <= answers[key] + move <= 5]
        assert any(assess(form, sheet, assessed_on=DAY).scores[5].verdict != damp_heat.verdict for sheet in moved)
