"""One plan made: read, assess, plan, render, and the document laid ready under its key."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from knowledge_base import KnowledgeBase

from ..assessment import Form
from ..model import Assessment, Plan, Profile, Registers, Sex, read_person
from .batch_folder import described
from .draft import write_whole
from .manifest import Made
from .plan_task import PlanTask, Terms

Render = Callable[[Plan, str, str, KnowledgeBase], bytes]
"""(plan, name of the person or empty, language, knowledge) -> document."""


class Planner(Protocol):
    """What a batch needs of the engine."""

    knowledge: KnowledgeBase
    version: str

    def form(self, code: str) -> Form: ...

    def assess(
        self,
        instrument: str,
        answers: Mapping[str, Any],
        *,
        sex: Sex | None = None,
        assessed_on: date | None = None,
        birth_date: date | None = None,
        answered_in_s: float | None = None,
    ) -> Assessment: ...

    def plan(self, assessment: Assessment, profile: Profile, on: date) -> Plan: ...

    def warm_up(self) -> None: ...


@dataclass(frozen=True, slots=True)
class NotMade:
    """A plan over which the program broke down; nothing of the person is in it."""

    row: int
    person_id: str
    where: str
    """`TypeError at planner.py:57`."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a process that makes plans has at hand."""

    engine: Planner
    registers: Registers
    terms: Terms
    render: Render
    scratch: Path

    def make(self, task: PlanTask, file: str) -> Made | NotMade:
        """Make the plan of a task, unless its document lies ready. Raises OSError and MemoryError: those concern every plan."""
        try:
            return self._make(task, file)
        except (OSError, MemoryError):
            raise
        except Exception as error:
            return NotMade(task.row, task.person_id, _where(error))

    def _make(self, task: PlanTask, file: str) -> Made:
        terms, form = self.terms, self.engine.form(self.terms.instrument)
        person = read_person(task.person, self.registers, terms.day, minimum_age=form.instrument.minimum_age)
        profile = person.profile
        assessment = self.engine.assess(
            terms.instrument,
            task.answers,
            sex=profile.sex,
            assessed_on=terms.day,
            birth_date=profile.birth_date,
            answered_in_s=task.seconds,
        )
        plan = self.engine.plan(assessment, profile, on=terms.day)
        ready = self.scratch / task.key
        if not ready.exists():
            write_whole(ready, self.render(plan, person.name, terms.lang, self.engine.knowledge), self.scratch)
        return described(ready, file, task.key, tuple(dict.fromkeys(reason.code for reason in plan.review_reasons)))


def _where(error: Exception) -> str:
    """The kind of an error and where it arose. Its message is left out: it may quote the person."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place
