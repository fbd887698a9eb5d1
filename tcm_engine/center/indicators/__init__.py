"""Counting: indicators of periods and campaigns, the national service for older residents, and what an employer may see."""

from .reading import GroupTable, Indicators, Line, Section, read_indicators
from .scope import GROUPS, GroupBy, Scope

__all__ = ["GROUPS", "GroupBy", "GroupTable", "Indicators", "Line", "Scope", "Section", "read_indicators"]
