"""The public face of all that is pure: knowledge compiled once, then answers -> assessment -> plan."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Mapping

from knowledge_base import KnowledgeBase, load
from knowledge_base.loader import DATA
from knowledge_base.model import Instrument
from tcm_engine.model import Assessment, Plan, Profile

from .version import VERSION


class Engine:
    """Scores questionnaires and composes plans. Holds no state but the knowledge; safe to share between threads."""

    def __init__(self, knowledge: KnowledgeBase, typesetting: str = ""):
        self.knowledge = knowledge
        self.version = f"{VERSION}+{typesetting}" if typesetting else VERSION
        """With the digest of the fonts where plans are typeset: the same version then gives the same bytes."""

    @classmethod
    def load(cls, data: Path = DATA, typesetting: str = "") -> "Engine":
        """An engine on a folder of knowledge. Raises KnowledgeError with every problem found."""
        return cls(load(data), typesetting)

    @cached_property
    def catalogue(self):
        from .planning import compile_catalogue

        return compile_catalogue(self.knowledge)

    def instrument(self, code: str) -> Instrument:
        """An instrument of the knowledge base. Raises KeyError for an unknown code."""
        return self.knowledge.instruments[code]

    def plan(self, assessment: Assessment, profile: Profile, on: date, at: datetime | None = None) -> Plan:
        """The plan of a person for a day; `at` is a moment with a time zone where the hour matters."""
        from .planning import make_plan

        return make_plan(self.catalogue, assessment, profile, on, self.version, at)
