"""The public face of all that is pure: knowledge compiled once, then answers -> assessment -> plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge_base import DATA, KnowledgeBase, load
from knowledge_base.model import Instrument
from tcm_engine.model import Assessment, Plan, Profile, Sex

from .version import VERSION

if TYPE_CHECKING:
    import numpy as np

    from .assessment import BatchScores, Form
    from .planning import Catalogue


class Engine:
    """Scores questionnaires and composes plans. Holds no state but the knowledge; safe to share between threads."""

    def __init__(self, knowledge: KnowledgeBase, typesetting: str = ""):
        self.knowledge = knowledge
        self.version = f"{VERSION}+{typesetting}" if typesetting else VERSION
        """With the digest of the fonts where plans are typeset: the same version then gives the same bytes."""
        self._forms: dict[str, Form] = {}

    @classmethod
    def load(cls, data: Path = DATA, typesetting: str = "") -> Engine:
        """An engine on a folder of knowledge. Raises KnowledgeError with every problem found."""
        return cls(load(data), typesetting)

    @cached_property
    def catalogue(self) -> Catalogue:
        from .planning import compile_catalogue

        return compile_catalogue(self.knowledge)

    def instrument(self, code: str) -> Instrument:
        """An instrument of the knowledge base. Raises KeyError for an unknown code."""
        return self.knowledge.instruments[code]

    def form(self, code: str) -> Form:
        """An instrument compiled for scoring. Raises KeyError for an unknown code."""
        from .assessment import compile_form

        if code not in self._forms:
            self._forms[code] = compile_form(self.instrument(code))
        return self._forms[code]

    def assess(
        self,
        instrument: str,
        answers: Mapping[str, Any],
        *,
        sex: Sex | None = None,
        assessed_on: date | None = None,
        birth_date: date | None = None,
        answered_in_s: float | None = None,
    ) -> Assessment:
        """Score one sheet: item key (or key of a measured number) -> number. `assessed_on` is today unless told.

        Raises InvalidInput with every fault at its path, KeyError for an unknown instrument.
        """
        from .assessment import assess

        return assess(
            self.form(instrument),
            answers,
            sex=sex,
            assessed_on=assessed_on or date.today(),  # noqa: DTZ011 (the caller's own day)
            birth_date=birth_date,
            answered_in_s=answered_in_s,
            **self._versions,
        )

    def rescore(self, assessment: Assessment, instrument: str) -> Assessment:
        """The same answers under an instrument whose items are all among them. Raises ValueError where they are not."""
        from .assessment import rescore

        return rescore(assessment, self.form(assessment.instrument), self.form(instrument), **self._versions)

    def coverage(self) -> dict[str, Any]:
        """What the knowledge holds, in whole numbers (`knowledge_base.coverage`), and how the planner's matrix is filled by it."""
        from .planning import coverage

        return coverage(self.catalogue) | self.knowledge.coverage()

    def score_batch(self, instrument: str, answers: np.ndarray, sex: np.ndarray) -> BatchScores:
        """Score N sheets: answers uint8 [N, items], 0 = empty, item-major (Fortran) order is fast; sex uint8 [N], 0 1 2."""
        from .assessment import score_batch

        return score_batch(self.form(instrument), answers, sex)

    def warm_up(self) -> None:
        """Compile or load the kernels, so that no request does; before workers fork."""
        from . import assessment, planning

        assessment.warm_up(self.form(next(iter(self.knowledge.instruments))))
        planning.warm_up(self.catalogue)

    @property
    def _versions(self) -> dict[str, str]:
        return {"engine_version": self.version, "knowledge_version": self.knowledge.digest}

    def plan(self, assessment: Assessment, profile: Profile, on: date, at: datetime | None = None) -> Plan:
        """The plan of a person for a day; `at` is a moment with a time zone where the hour matters."""
        from .planning import make_plan

        return make_plan(self.catalogue, assessment, profile, on, self.version, at)
