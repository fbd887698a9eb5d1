"""From answers about a complaint to the pattern they point to: against plain loops, and on the shipped questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base import load
from tcm_engine.patterns import candidate_of
from tests.planning.worlds import assessment, world

COMPLAINTS = {f"{seed}.{c.code}": c for seed in (1, 2) for c in world(seed).complaints.values()} | dict(load().complaints)
ANSWERS = st.dictionaries(st.integers(0, 4), st.booleans())


def naive(complaint, answers, verdicts):
    """The rule as its module states it, in the most literal way."""
    table = {}
    for pattern in complaint.patterns:
        points = 1 if any(verdicts.get(t.value) == "yes" for t in pattern.leans_to) else 0
        for question in complaint.questions:
            said = question.speaks_for.get(pattern.code, 0)
            if answers.get(question.code) is True:
                points += said
            if answers.get(question.code) is False and said >= 2:
                points -= 1
        table[pattern.code] = points
    if not table:
        return None
    top = max(table.values())
    leaders = [code for code, points in table.items() if points == top]
    heard = [q for q in complaint.questions if answers.get(q.code) and len(leaders) == 1 and q.speaks_for.get(leaders[0])]
    return leaders[0] if top >= 2 and heard else None


@given(st.sampled_from(sorted(COMPLAINTS)), ANSWERS, st.sets(st.sampled_from(["damp_heat", "qi_deficiency", "yin_deficiency"])))
def test_agrees_with_plain_loops(name, numbered, types):
    complaint, verdicts = COMPLAINTS[name], dict.fromkeys(types, "yes")
    answers = {q.code: numbered[n] for n, q in enumerate(complaint.questions) if n in numbered}
    found = candidate_of(complaint, answers, assessment(verdicts))
    assert (found.pattern if found else None) == naive(complaint, answers, verdicts)
    if found:
        assert found.speaks_for and all(answers[q] for q in found.speaks_for)


@pytest.mark.parametrize("code", sorted(load().complaints))
def test_nothing_answered_points_to_nothing(code):
    complaint = COMPLAINTS[code]
    assert candidate_of(complaint, {}, assessment({"yin_deficiency": "yes"})) is None
    assert candidate_of(complaint, {q.code: False for q in complaint.questions}, assessment({})) is None


@pytest.mark.parametrize("code", sorted(c.code for c in load().complaints.values() if c.questions))
def test_the_questions_can_tell_every_pattern(code):
    """For each pattern there are answers that point to it: otherwise a pattern, or a question, stands there for nothing."""
    complaint, nobody = COMPLAINTS[code], assessment({})
    reached = set()
    for bits in range(1 << len(complaint.questions)):
        answers = {q.code: bool(bits >> n & 1) for n, q in enumerate(complaint.questions)}
        if found := candidate_of(complaint, answers, nobody):
            reached.add(found.pattern)
    assert reached == {p.code for p in complaint.patterns}
    assert {code for q in complaint.questions for code in q.speaks_for} == reached
