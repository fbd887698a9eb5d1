"""Golden cases, in YAML that a practitioner can read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tcm_engine.assessment import assess
from tcm_engine.kernels.scoring import BASICALLY, NO, TENDENCY, YES
from tcm_engine.model import CONSTITUTIONS
from tests import naive
from tests.forms import form_of

GOLDEN = Path(__file__).parent.parent / "golden" / "scoring"


def cases(file: str, key: str) -> list:
    return [pytest.param(case, id=case["name"]) for case in YAML(typ="safe").load(GOLDEN / file)[key]]


@pytest.mark.parametrize("case", cases("sheets.yaml", "sheets"))
def test_sheet(case):
    form = form_of(case["form"])
    answers = {key: case["all"] for key in form.keys if form.asked(key, case["sex"])} | case.get("but", {})
    result = assess(form, answers, sex=case["sex"], assessed_on=date(2026, 11, 23))
    scales = {scale.constitution: scale for scale in result.scores}
    assert {c: scales[c].verdict for c in case["verdicts"]} == case["verdicts"]
    assert {c: scales[c].raw for c in case["raw"]} == case["raw"]
    expected = case["conclusion"]
    assert (result.conclusion.code, result.primary) == (expected["code"], expected["primary"])
    assert list(result.tendencies) == expected.get("tendencies", [])
    if "accompanying" in expected:
        assert list(result.accompanying) == expected["accompanying"]
    assert [reason.code for reason in result.review_reasons] == case["reasons"]


@pytest.mark.parametrize("case", cases("judging_step.yaml", "judged_from_scores"))
def test_judging_of_given_scores(case):
    """The worked examples' scores are not on the grid of raw sums, so the twin judges them, and the kernel the same scores on a grid of
    one point: a form whose raw sums are the scores themselves."""
    import numpy as np

    from tcm_engine.kernels.scoring import _judge

    verdicts = naive.judge(case["scores"])
    assert {c: verdicts[c] for c in case["verdicts"]} == case["verdicts"]
    assert all(verdicts[c] == "no" for c in CONSTITUTIONS if c not in case["verdicts"])
    bounds = np.array([[60] + [40] * 8, [60] + [30] * 8, [60] + [30] * 8, [60] + [40] * 8, [0] * 9, [0] * 9], np.uint8)
    raw = np.array([[case["scores"][c]] for c in CONSTITUTIONS], np.uint8)
    judged, nobody = np.zeros((9, 1), np.uint8), np.zeros(1, np.uint8)
    _judge(bounds, nobody, raw, judged, nobody)
    codes = {"no": NO, "tendency": TENDENCY, "yes": YES, "basically": BASICALLY}
    assert judged[:, 0].tolist() == [codes[verdicts[c]] for c in CONSTITUTIONS]
