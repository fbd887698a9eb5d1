"""Four weeks of a complaint in words: every step's title, the pattern with its hint, and what is missing."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from tcm_engine import Engine
from tcm_engine.model import Listed, ProgrammePlan
from tcm_engine.planning import make_plan
from tcm_engine.views import present
from tests.planning.people import PLAIN

ENGINE = Engine.load()
ON = date(2026, 4, 1)


def planned(complaint: str):
    """A plan for somebody who said yes to the first question, and to that alone."""
    questions = ENGINE.knowledge.complaints[complaint].questions
    answers = {q.code: n == 0 for n, q in enumerate(questions)}
    someone = replace(PLAIN, complaints=Listed((complaint,)), complaint_answers=MappingProxyType({complaint: MappingProxyType(answers)}))
    items = [i for i in ENGINE.instrument("gbt_46939_2025").items if i.sex in (None, "female")]
    tired = ENGINE.assess("gbt_46939_2025", {item.key: 3 for item in items}, sex="female", assessed_on=ON)
    return make_plan(ENGINE.catalogue, tired, someone, ON, "test")


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("complaint", sorted(c for c, e in ENGINE.knowledge.complaints.items() if e.programme))
def test_every_step_is_told_once(complaint, lang):
    plan = planned(complaint)
    (told,) = present(plan, lang).complaints
    assert [week.number for week in told.weeks] == [1, 2, 3, 4] and all(week.about and week.name for week in told.weeks)
    begun = {item for week in told.weeks for item, _, _ in week.begins}
    assert begun == {step.item_id for step in plan.programmes[0].steps} and len(begun) >= 4
    assert all(slot and title for week in told.weeks for _, slot, title in week.begins)


def test_a_pattern_is_a_hint():
    found = [c for c in sorted(ENGINE.knowledge.complaints) if planned(c).programmes[0].pattern]
    assert found
    (told,) = present(planned(found[0]), "zh-Hans").complaints
    assert "不是诊断" in told.pattern and told.heard


def test_what_is_missing_is_said():
    plan = planned("insomnia")
    plan = replace(plan, programmes=(ProgrammePlan("insomnia", None, (), ("point", "food")),))
    (told,) = present(plan, "en").complaints
    assert "Pressing" in told.missing and "practitioner" in told.missing and told.pattern == ""
