"""One sheet: what is refused and where, what is reviewed, how sure a result is."""

from __future__ import annotations

from datetime import date
from math import erf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcm_engine.assessment import assess, rescore, score_batch
from tcm_engine.model import CONSTITUTIONS, InvalidInput
from tests.forms import CODES, form_of, random_sheets, sheet_of

DAY = date(2026, 11, 23)
SHORT, LONG, ELDERLY = map(form_of, CODES)


def all_of(form, value, sex="female", **but):
    return {key: value for key in form.keys if form.asked(key, sex)} | but


def refused(form, answers, **options):
    with pytest.raises(InvalidInput) as caught:
        assess(form, answers, assessed_on=DAY, **{"sex": "female", **options})
    return {(fault.path, fault.code) for fault in caught.value.faults}


def test_every_fault_is_told_at_once_at_its_path():
    answers = all_of(SHORT, 2) | {"tired": 6, "gloomy": 0, "pain": 2.0, "hives": True, "sneeze": "3", "scrotum_m": 1, "shoe_size": 42}
    del answers["energy"]
    assert refused(SHORT, answers, birth_date=date(2010, 1, 1)) == {
        ("$.answers.energy", "missing"),
        ("$.answers.tired", "out_of_range"),
        ("$.answers.gloomy", "out_of_range"),
        ("$.answers.pain", "not_a_whole_number"),
        ("$.answers.hives", "not_a_whole_number"),
        ("$.answers.sneeze", "not_a_whole_number"),
        ("$.answers.scrotum_m", "wrong_sex"),
        ("$.answers.shoe_size", "unknown_key"),
        ("$.person.birth_date", "under_minimum_age"),
    }


def test_a_key_that_may_be_anything_is_not_repeated():
    assert refused(SHORT, all_of(SHORT, 2) | {"<b>Zhang San</b>": 1}) == {("$.answers", "unknown_key")}


def test_a_million_unknown_keys_get_a_short_answer():
    with pytest.raises(InvalidInput) as caught:
        assess(SHORT, all_of(SHORT, 2) | {f"k{n}": 1 for n in range(5000)}, sex="female", assessed_on=DAY)
    assert len(caught.value.faults) == 101
    assert caught.value.faults[-1].code == "too_many_unknown_keys" and caught.value.faults[-1].params == {"count": 5000}


def test_an_unknown_sex_and_a_birth_date_in_the_future_are_refused():
    assert refused(SHORT, all_of(SHORT, 2), sex="other", birth_date=date(2027, 1, 1)) >= {
        ("$.person.sex", "unknown_sex"),
        ("$.person.birth_date", "in_the_future"),
    }


@pytest.mark.parametrize(("born", "allowed"), [(date(2008, 11, 23), True), (date(2008, 11, 24), False)])
def test_eighteen_years_to_the_day(born, allowed):
    if allowed:
        assert assess(SHORT, all_of(SHORT, 2), sex="female", assessed_on=DAY, birth_date=born)
    else:
        assert refused(SHORT, all_of(SHORT, 2), birth_date=born) == {("$.person.birth_date", "under_minimum_age")}


MEASURED = (
    ("q9", "q9_bmi", 23.99, 1), ("q9", "q9_bmi", 24, 2), ("q9", "q9_bmi", 24.99, 2), ("q9", "q9_bmi", 25, 3), ("q9", "q9_bmi", 26, 4),
    ("q9", "q9_bmi", 27.99, 4), ("q9", "q9_bmi", 28, 5),
    ("q14", "q14_colds_per_year", 0, 1), ("q14", "q14_colds_per_year", 1, 1), ("q14", "q14_colds_per_year", 2, 2),
    ("q14", "q14_colds_per_year", 4, 2), ("q14", "q14_colds_per_year", 5, 3), ("q14", "q14_colds_per_year", 6, 3),
    ("q14", "q14_colds_per_year", 7, 4), ("q14", "q14_colds_per_year", 8, 4), ("q14", "q14_colds_per_year", 11, 4),
    ("q14", "q14_colds_per_year", 12, 5),
    ("q17", "q17_allergy_per_year", 0, 1), ("q17", "q17_allergy_per_year", 1, 2), ("q17", "q17_allergy_per_year", 2, 2),
    ("q17", "q17_allergy_per_year", 3, 3), ("q17", "q17_allergy_per_year", 4, 3), ("q17", "q17_allergy_per_year", 5, 4),
    ("q17", "q17_allergy_per_year", 6, 4), ("q17", "q17_allergy_per_year", 7, 5),
    ("q28", "q28_waist_cm", 79.9, 1), ("q28", "q28_waist_cm", 80, 2), ("q28", "q28_waist_cm", 85, 2), ("q28", "q28_waist_cm", 85.1, 2),
    ("q28", "q28_waist_cm", 85.9, 2), ("q28", "q28_waist_cm", 86, 3), ("q28", "q28_waist_cm", 90, 3), ("q28", "q28_waist_cm", 90.9, 3),
    ("q28", "q28_waist_cm", 91, 4), ("q28", "q28_waist_cm", 105, 4), ("q28", "q28_waist_cm", 105.1, 5),
)  # fmt: skip
"""Item, its measured number, a value of it, the answer of the band in which that lies: both sides of every border."""


@pytest.mark.parametrize(("key", "measure", "number", "answer"), MEASURED)
def test_measured_numbers(key, measure, number, answer):
    answers = all_of(ELDERLY, 2)
    del answers[key]
    result = assess(ELDERLY, answers | {measure: number}, sex="male", assessed_on=DAY)
    assert result.answers[key] == answer
    assert assess(ELDERLY, answers | {measure: number, key: answer}, sex="male", assessed_on=DAY).answers[key] == answer
    other = answer % 5 + 1
    assert refused(ELDERLY, answers | {measure: number, key: other}) == {(f"$.answers.{measure}", "disagrees")}


@pytest.mark.parametrize(
    ("measure", "number", "code"),
    [
        ("q9_bmi", 5, "implausible"),
        ("q9_bmi", 200, "implausible"),
        ("q28_waist_cm", float("nan"), "not_a_number"),
        ("q28_waist_cm", "90", "not_a_number"),
        ("q9_bmi", True, "not_a_number"),
        ("q14_colds_per_year", 2.5, "not_a_whole_number"),
        ("q14_colds_per_year", -1, "implausible"),
    ],
)
def test_numbers_that_cannot_be(measure, number, code):
    answers = all_of(ELDERLY, 2)
    del answers[ELDERLY.measures[measure]]
    assert refused(ELDERLY, answers | {measure: number}) == {(f"$.answers.{measure}", code)}


def reasons(form, answers, **options):
    result = assess(form, answers, assessed_on=DAY, **{"sex": "female", **options})
    return {reason.code: reason.params for reason in result.review_reasons}


def test_review_reasons_of_the_sitting():
    answers = all_of(ELDERLY, 2, q1=4)
    assert reasons(ELDERLY, answers, birth_date=date(1961, 11, 24), answered_in_s=32.9) == {
        "below_intended_age": {"age": 64, "intended_age": 65},
        "answered_too_fast": {"seconds": 32.9, "items": 33},
    }
    assert reasons(ELDERLY, answers, birth_date=date(1961, 11, 23), answered_in_s=33) == {}


def test_an_item_of_one_sex_without_the_sex_is_not_scored():
    answers = all_of(SHORT, 1, None, energy=5)
    assert "sex_item_without_sex" in reasons(SHORT, answers | {"discharge_f": 5}, sex=None)
    plain = assess(SHORT, answers, assessed_on=DAY).scores
    assert assess(SHORT, answers | {"discharge_f": 5}, assessed_on=DAY).scores == plain


def test_the_elderly_form_needs_no_sex():
    assert reasons(ELDERLY, all_of(ELDERLY, 2, q1=4), sex=None) == {}


def test_interval_and_chance_follow_the_formula():
    result = assess(LONG, all_of(LONG, 2, energy=4, adapt=4, short_breath=4), sex="female", assessed_on=DAY)
    qi = result.scores[1]
    assert (qi.raw, qi.score, qi.verdict) == (18, 31.25, "tendency")
    spread = sqrt(2) * 8.0
    assert qi.interval == pytest.approx((31.25 - spread, 31.25 + spread))

    def below(cut):
        return 0.5 * (1 + erf((cut - 31.25) / spread / sqrt(2)))

    # attainable scores around the cut-offs: 28.125 | 31.25 and 37.5 | 40.625
    same = below((37.5 + 40.625) / 2) - below((28.125 + 31.25) / 2)
    assert qi.chance_of_another_verdict == pytest.approx(1 - same)


@pytest.mark.parametrize("code", CODES)
def test_chances_and_intervals_are_within_their_range(code):
    form = form_of(code)
    sheets, sex = random_sheets(form, 200, seed=5)
    for row, of in zip(sheets, sex, strict=False):
        result = assess(form, sheet_of(form, row), sex=(None, "female", "male")[of], assessed_on=DAY)
        for s, scale in enumerate(result.scores):
            if scale.raw is None:
                assert scale.score is scale.interval is scale.chance_of_another_verdict is None
                continue
            top = 5 * scale.items if code == "elderly_33" else 100
            low, high = scale.interval
            assert 0 <= low <= scale.score <= high <= top
            if scale.chance_of_another_verdict is not None:
                assert 0 <= scale.chance_of_another_verdict <= 1
            assert scale.chance_of_another_verdict is not None or s == 0


def test_a_long_sheet_scored_under_the_short_form():
    sheets, sex = random_sheets(LONG, 100, seed=6)
    for row, of in zip(sheets, sex, strict=False):
        options = {"sex": (None, "female", "male")[of], "assessed_on": DAY}
        long = assess(LONG, sheet_of(LONG, row), **options)
        direct = assess(SHORT, {key: value for key, value in long.answers.items() if key in SHORT.items}, **options)
        assert rescore(long, LONG, SHORT) == direct
    with pytest.raises(ValueError, match="cannot be scored"):
        rescore(direct, SHORT, LONG)


@pytest.mark.parametrize("code", CODES)
def test_one_and_many_agree(code):
    form = form_of(code)
    sheets, sex = random_sheets(form, 300, seed=3)
    scores = score_batch(form, sheets, sex)
    for n, (row, of) in enumerate(zip(sheets, sex, strict=False)):
        single = assess(form, sheet_of(form, row), sex=(None, "female", "male")[of], assessed_on=DAY).scores
        assert [scale.raw or 0 for scale in single] == scores.raw[n].tolist()
        assert [("no", "tendency", "yes", "basically", "undetermined")[v] for v in scores.verdict[n]] == [scale.verdict for scale in single]


def test_any_memory_layout_gives_the_same():
    sheets, sex = random_sheets(LONG, 500, seed=4)
    frozen = np.ascontiguousarray(sheets)
    frozen.flags.writeable = False
    for layout in (np.asfortranarray(sheets), np.ascontiguousarray(sheets), frozen, np.repeat(sheets, 2, axis=0)[::2]):
        assert np.array_equal(score_batch(LONG, layout, sex).raw, score_batch(LONG, sheets, sex).raw)
    for wrong in (sheets.astype(np.int64), sheets[:, :-1]):
        with pytest.raises(ValueError):
            score_batch(LONG, wrong, sex)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(CODES))
def test_a_higher_answer_never_lowers_its_scale(seed, code):
    form = form_of(code)
    sheets, sexes = random_sheets(form, 1, seed)
    answers, sex = sheet_of(form, sheets[0]), (None, "female", "male")[sexes[0]]
    before = assess(form, answers, sex=sex, assessed_on=DAY)
    key = next((key for key in answers if answers[key] < 5), None)
    if key is None or sex is None:
        return
    after = assess(form, answers | {key: answers[key] + 1}, sex=sex, assessed_on=DAY)
    for s, scale in enumerate(form.scales):
        step = {True: -1, False: 1, None: 0}[scale.members.get(key)]
        assert after.scores[s].raw == before.scores[s].raw + step


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.randoms())
def test_the_order_of_the_answers_does_not_matter(seed, shuffler):
    sheets, sex = random_sheets(LONG, 1, seed)
    answers = list(sheet_of(LONG, sheets[0]).items())
    expected = assess(LONG, dict(answers), sex=(None, "female", "male")[sex[0]], assessed_on=DAY)
    shuffler.shuffle(answers)
    assert assess(LONG, dict(answers), sex=(None, "female", "male")[sex[0]], assessed_on=DAY) == expected


def test_scores_stand_in_the_standards_order():
    assert tuple(scale.constitution for scale in assess(SHORT, all_of(SHORT, 2), sex="female", assessed_on=DAY).scores) == CONSTITUTIONS
