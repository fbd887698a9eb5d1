"""Every step of every programme keeps something for a person about whom nothing is known, so that every block rule counts."""

from __future__ import annotations

import pytest

from knowledge_base import KnowledgeBase, features_of_advice, load


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


def test_each_step_keeps_an_alternative_that_no_block_takes_away(knowledge: KnowledgeBase) -> None:
    blocked = {feature for rule in knowledge.safety.values() if rule.level == "block" for feature in rule.features}
    left_with_nothing = []
    for code, complaint in knowledge.complaints.items():
        assert complaint.programme, code
        for number, step in enumerate(complaint.programme.steps):
            pieces = [knowledge.advice[id_] for id_ in step.pieces]
            safe = [
                p for p in pieces if not features_of_advice(p, knowledge) & blocked and all(c.level != "block" for c in p.contraindications)
            ]
            if not safe:
                left_with_nothing.append((code, number, step.slot, step.pieces))
    assert left_with_nothing == []
