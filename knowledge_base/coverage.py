"""How much is there: numbers that a release can be judged by."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from .base import KnowledgeBase
from .checks.walk import statements, texts
from .model import REGISTERS, Advice, Constitution, Domain, Grade, Season, Statement

HELPS = 2
"""A piece counts for a type from this benefit on."""
ENOUGH = 3
"""A cell is filled from so many pieces on."""
SEASON_DOMAINS = (Domain.EMOTION, Domain.DIET, Domain.DAILY_LIVING, Domain.CLOTHING, Domain.DWELLING, Domain.MOVEMENT, Domain.ACUPOINT)
"""The domains for which every type and season must be served."""


def counts(knowledge: KnowledgeBase) -> dict[str, Any]:
    """Whole numbers. `season_cells`: 9 constitutions x 4 seasons x the seven daily domains, filled where at least three pieces fit; the
    matrix over the solar terms is the planner's to judge (`Engine.coverage`). A statement is `sourced` where it cites an entry of the
    source register, `bilingual` where every text in it has Chinese, English and traditional Chinese."""
    said = list(_statements(knowledge))
    seasons = season_grid(knowledge)
    return {
        "season_cells": {"total": len(seasons), "filled": _filled(seasons.values()), "fewest": min(seasons.values(), default=0)},
        "statements": len(said),
        "sourced": sum(any(cite.source in knowledge.sources for cite in one.cites) for one in said),
        "bilingual": sum(all(text.zh and text.en and text.hant for _, text in texts(one)) for one in said),
        "unreviewed": sum(one.review.status == "unreviewed" for one in said),
        "verified": sum(one.review.status == "verified" for one in said),
        "disputed": sum(one.review.status == "disputed" for one in said),
        "project_decisions": sum(one.grade is Grade.PROJECT_DECISION for one in said),
        "foods": len(knowledge.foods),
        "points": len(knowledge.points),
        "movements": len(knowledge.movements),
        "recipes": sum(piece.recipe is not None for piece in knowledge.advice.values()),
        "complaints": len(knowledge.complaints),
        "red_flags": len(knowledge.red_flags),
        "safety_rules": len(knowledge.safety),
        "sources": len(knowledge.sources),
        "advice": len(knowledge.advice),
        "domains": {d.value: sum(piece.domain is d for piece in knowledge.advice.values()) for d in Domain},
        "programmes": sum(entry.programme is not None for entry in knowledge.complaints.values()),
    }


def season_grid(knowledge: KnowledgeBase) -> MappingProxyType[tuple[str, str, str], int]:
    """(constitution, season, domain) -> pieces with benefit >= 2 whose affinity to the season is at least 1."""
    cells = {(c.value, s.value, d.value): 0 for c in Constitution for s in Season for d in SEASON_DOMAINS}
    for piece in knowledge.advice.values():
        if piece.domain in SEASON_DOMAINS:
            for code in _helped(piece):
                for season in Season:
                    cells[code, season.value, piece.domain.value] += piece.seasons.get(season, 0) >= 1
    return MappingProxyType(cells)


def _helped(piece: Advice) -> list[str]:
    return [code.value for code, level in piece.benefit.items() if level >= HELPS]


def _filled(cells: Any) -> int:
    return sum(count >= ENOUGH for count in cells)


def _statements(knowledge: KnowledgeBase) -> Iterator[Statement]:
    for register in REGISTERS:
        for entry in getattr(knowledge, register).values():
            yield from (statement for _, statement in statements(entry))
