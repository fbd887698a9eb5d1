"""The year: solar terms, seasons, and what a type needs in each."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Code, Constitution, Domain, Record, Season, Statement, Text


class TermChange(Statement):
    """What one solar term changes in one domain of daily life."""

    domain: Domain
    text: Text


class SolarTerm(Statement):
    """solar_terms/CODE.yaml; 24 of them, the code is the pinyin."""

    code: Code
    order: Annotated[int, Field(ge=1, le=24)]
    """1 is 立春."""
    longitude: Annotated[int, Field(ge=0, lt=360, multiple_of=15)]
    """Apparent geocentric solar longitude in degrees at which the term begins (GB/T 33661-2017)."""
    name: Text
    season: Season
    theme: Text
    """At most 14 Chinese characters: it stands in the calendar's cell."""
    changes: Annotated[tuple[TermChange, ...], Field(min_length=1)]


class SeasonEntry(Statement):
    """seasons/CODE.yaml"""

    code: Season
    name: Text
    principle: Text
    """What the season asks of everybody, one or two sentences."""


class SeasonNeed(Statement):
    """One entry of season_needs/CONSTITUTION.yaml: what this type needs in this season beyond what everybody does."""

    constitution: Constitution
    season: Season
    text: Text


class SeasonNeedFile(Record):
    """season_needs/CONSTITUTION.yaml"""

    needs: Annotated[tuple[SeasonNeed, ...], Field(min_length=4, max_length=4)]
