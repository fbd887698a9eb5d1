"""The scoring kernel against its naive twin: 100,000 sheets of each form, every verdict, every cut-off and one step either side."""

from __future__ import annotations

import numpy as np
import pytest

from tcm_engine.assessment import SEX_CODES, conclude_sheets, conclusion_of, score_batch, score_sheets
from tcm_engine.model import CONSTITUTIONS, VERDICT_CODES
from tests import naive
from tests.forms import CODES, COMPILED, edge_sheets, form_of, random_sheets, sheet_of

MANY = 97_000 if COMPILED else 150
EDGES = 3_000 if COMPILED else 90
SEXES = {code: sex for sex, code in SEX_CODES.items()}


@pytest.fixture(scope="module", params=CODES)
def scored(request):
    """Form, answers, sex, scores of random sheets and of sheets around every cut-off."""
    form = form_of(request.param)
    drawn = [random_sheets(form, MANY, seed=7), edge_sheets(form, EDGES, seed=8)]
    answers = np.asfortranarray(np.concatenate([answers for answers, _ in drawn]))
    sex = np.concatenate([sexes for _, sexes in drawn])
    return form, answers, sex, score_batch(form, answers, sex)


def test_every_raw_sum_and_verdict_agrees(scored):
    form, answers, sex, scores = scored
    assert not scores.status.any()
    for person in range(len(sex)):
        expected = naive.assess(form.instrument, sheet_of(form, answers[person]), SEXES[sex[person]])
        raw, verdict = scores.raw[person].tolist(), scores.verdict[person].tolist()
        assert {c: (raw[s] or None, VERDICT_CODES[verdict[s]]) for s, c in enumerate(CONSTITUTIONS)} == expected


def test_every_score_agrees(scored):
    form, _, _, scores = scored
    for s, constitution in enumerate(CONSTITUTIONS):
        for raw in np.unique(scores.raw[:, s]):
            shown = scores.score[scores.raw[:, s] == raw, s]
            if raw == 0:
                assert np.isnan(shown).all()
            else:
                assert np.allclose(shown, float(naive.score(form.instrument, constitution, int(raw))), rtol=1e-6)


@pytest.mark.parametrize("code", CODES)
def test_every_verdict_and_every_cut_off_occurs(code):
    """Among the sheets above; where kernels are not compiled, among those of the naive twin's own."""
    form = form_of(code)
    answers, sex = random_sheets(form, 20_000, seed=7) if COMPILED else random_sheets(form, 4_000, seed=7)
    edges, their_sex = edge_sheets(form, EDGES, seed=8)
    scores = score_batch(form, np.concatenate([answers, edges]), np.concatenate([sex, their_sex]))
    for s, scale in enumerate(form.scales):
        possible = {"no", "tendency", "yes"} if s else {"no", "yes", "basically"}
        if code != "elderly_33" and scale.constitution in ("balanced", "damp_heat"):
            possible.add("undetermined")
        assert {VERDICT_CODES[v] for v in np.unique(scores.verdict[:, s])} == possible
        around = {border + step for border in scale.bounds[:2] for step in (-1, 0, 1)}
        assert around <= set(scores.raw[:, s].tolist())


def test_conclusions_agree(scored):
    form, answers, sex, _ = scored
    people = np.flatnonzero((sex != 0) | (form.code == "elderly_33"))[:: 10 if COMPILED else 1]
    sheets, sexes = np.ascontiguousarray(answers[people].T), np.ascontiguousarray(sex[people])
    scores = score_sheets(form, sheets, sexes)
    concluded = conclude_sheets(form, sheets, sexes, scores)
    for n, person in enumerate(people):
        kind, yes, tendencies = naive.conclude(form.instrument, sheet_of(form, answers[person]), SEXES[sex[person]])
        said = conclusion_of(concluded, scores.verdict, n)
        assert (said.code, said.params["tendencies"]) == (kind, tuple(tendencies))
        if kind not in ("balanced", "basically_balanced"):
            assert said.params["constitutions"] == tuple(yes)


@pytest.mark.parametrize("code", CODES)
def test_faulty_sheets_agree(code):
    form = form_of(code)
    answers, sex = (np.array(array) for array in random_sheets(form, 3000 if COMPILED else 60, seed=9))
    rng = np.random.default_rng(10)
    for person in range(len(sex)):
        for place in rng.integers(0, len(form.keys), rng.integers(0, 3)):
            answers[person, place] = rng.choice([0, 1, 5, 6, 255])
    scores = score_batch(form, answers, sex)
    bits = {"missing": 1, "out_of_range": 2, "wrong_sex": 4}
    for person in range(len(sex)):
        wrong = naive.status(form.instrument, sheet_of(form, answers[person]), SEXES[sex[person]])
        assert scores.status[person] == sum(bits[name] for name in wrong)
        if wrong:
            assert not scores.raw[person].any() and set(scores.verdict[person]) == {4}


def test_an_unknown_sex_byte_is_a_fault():
    form = form_of("gbt_46939_2025")
    answers, _ = random_sheets(form, 1, seed=1)
    assert score_batch(form, answers, np.array([3], np.uint8)).status[0] & 8
