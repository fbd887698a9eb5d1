"""What warning signs must say: what to do, how fast, where to go."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from knowledge_base import KnowledgeBase, load


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


def test_warning_signs(knowledge: KnowledgeBase) -> None:
    per_complaint = Counter(code for flag in knowledge.red_flags.values() for code in flag.complaints)
    assert all(4 <= per_complaint[code] <= 12 for code in knowledge.complaints), per_complaint
    general = [flag for flag in knowledge.red_flags.values() if not flag.complaints]
    assert 6 <= len(general) <= 10
    assert all(flag.urgency == "emergency" for flag in general)
    for flag in knowledge.red_flags.values():
        if flag.urgency == "emergency":
            assert re.search("立即|马上", flag.action.zh) and re.search("120|急诊", flag.action.zh), flag.code
        if flag.urgency == "within_24h":
            assert re.search("24小时|当天", flag.action.zh), flag.code
        if flag.urgency == "within_2_weeks":
            assert "2周" in flag.action.zh, flag.code
