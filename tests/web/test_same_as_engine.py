"""The page says what the engine says: for some hundred random sheets, every score and every verdict."""

from __future__ import annotations

import random

import pytest

from tcm_engine.views import present_assessment
from tests.web.person import ELDERLY, LONG, SHORT

SHEETS = 70


@pytest.mark.parametrize("form", [SHORT, LONG, ELDERLY])
def test_random_sheets(person, app, form):
    engine, chance = app.extensions["center"].engine, random.Random(form)
    for sex in ("female", "male", "unsaid"):
        someone = person(sex=sex, age="70", form=form)
        someone.tells()
        for _ in range(SHEETS // 3 + 1):
            weights = chance.choice([(5, 3, 1, 1, 1), (1, 1, 1, 1, 1), (1, 1, 2, 4, 3), (1, 8, 8, 1, 1)])
            items = [item.key for item in engine.instrument(form).items if item.sex in (None, sex)]
            answers = dict(zip(items, chance.choices([1, 2, 3, 4, 5], weights, k=len(items)), strict=True))
            someone.answers_list(answers)
            page = someone.submits()
            assessment = engine.assess(form, answers, sex=None if sex == "unsaid" else sex)
            view = present_assessment(assessment, "zh-Hans", knowledge=engine.knowledge)
            shown = [(row[0], row[1], row[3].removesuffix(t.margin_text)) for row, t in zip(page.rows[1:], view.types, strict=True)]
            assert shown == [(t.name, t.score_text, t.verdict_word) for t in view.types]
            assert view.statement in page.h1
