"""The safety review and the rules that stand for it hold together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase, load

REVIEW = Path(__file__).parents[2] / "docs" / "safety-review.md"


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


def test_the_safety_review_accounts_for_every_row(knowledge: KnowledgeBase) -> None:
    """`docs/safety-review.md`: each row has rules that exist, or a reason; each rule that names a row stands beside it."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in REVIEW.read_text(encoding="utf-8").splitlines()]
    table = {cells[0]: cells for cells in lines if re.fullmatch(r"C\d{3}[a-f]?", cells[0])}
    assert len(table) == 229
    rules = {row: re.findall(r"`([a-z0-9_]+\.[a-z0-9_]+)`", cells[3]) for row, cells in table.items()}
    assert all(rules[row] or len(cells[4]) > 20 for row, cells in table.items())
    assert not {rule for named in rules.values() for rule in named} - set(knowledge.safety)
    assert not [r.id for r in knowledge.safety.values() if r.facts_row and r.id not in rules.get(r.facts_row, ())]
