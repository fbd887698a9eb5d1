"""One visit's self-test: what was answered so far. Kept as plain JSON, merged key by key, so that two open tabs lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from knowledge_base.model import Instrument, Item
from tcm_engine.model import Listed, Place, Profile, Registers, Sex, Vocabulary


def _empty() -> Any:
    return field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Draft:
    consent: str = ""
    """Version of the consent text that was agreed to."""
    instrument: str = ""
    about_done: bool = False
    sex: Sex | None = None
    age: int | None = None
    """Whole years on `started_on`."""
    started_on: str = ""
    answers: Mapping[str, int] = _empty()
    """Item key -> 1..5, of any form: a longer form takes over what a shorter one asked."""
    numbers: Mapping[str, float] = _empty()
    """Key of a measure -> the measured number; stands instead of its item's answer."""
    safety: Mapping[str, Any] = _empty()
    """Name of a safety question -> what was said; a question that was passed over is null."""
    safety_done: Mapping[str, bool] = _empty()
    """Safety step -> whether it was left with the button, answered or not."""
    assessment_id: str = ""
    plan_id: str = ""
    submitted: str = ""
    """Digest of the sheet that the stored assessment scored; differs from `sheet_digest` once an answer was changed."""
    links: tuple[str, ...] = ()
    """Ids of the assessments that are kept under a private link."""

    @staticmethod
    def of(content: Mapping[str, Any]) -> Draft:
        """From stored JSON; keys of a later version are left out."""
        return Draft(**{name: content[name] for name in Draft.__dataclass_fields__ if content.get(name) is not None})

    def birth_date(self) -> date | None:
        """A birthday on which the person has the age that was given, on the day of the test."""
        if self.age is None:
            return None
        day = date.fromisoformat(self.started_on)
        return day.replace(year=day.year - self.age, day=min(day.day, 28) if day.month == 2 else day.day)

    @property
    def complaints(self) -> tuple[str, ...]:
        """The complaints that were ticked, in the order of their list."""
        return tuple((self.safety.get("complaints") or {}).get("codes", ()))

    def profile(self, registers: Registers) -> Profile:
        """What the planner may know of this person; free words that a register knows become its codes."""
        said: Mapping[str, Any] = {} if self.sex == "male" else self.safety
        flags = {code: here for code, here in (self.safety.get("red_flags") or {}).items() if code in registers.red_flags}
        lists: dict[str, Any] = {name: self._listed(name, vocabulary) for name, vocabulary in registers.lists.items()}
        return Profile(
            sex=self.sex,
            birth_date=self.birth_date(),
            pregnant=said.get("pregnant"),
            trimester=said.get("trimester"),
            lactating=said.get("lactating"),
            complaint_answers=self._complaint_answers(registers),
            place=self._place(registers),
            red_flags=MappingProxyType(flags),
            **lists,
        )

    def _complaint_answers(self, registers: Registers) -> Mapping[str, Mapping[str, bool]]:
        """Answers to questions that the knowledge base still has."""
        said = self.safety.get("complaint_answers") or {}
        known = {c: {q: a for q, a in own.items() if q in registers.questions[c]} for c, own in said.items() if c in registers.questions}
        return MappingProxyType({complaint: MappingProxyType(own) for complaint, own in known.items()})

    def _place(self, registers: Registers) -> Place:
        zone = (self.safety.get("place") or {}).get("zone")
        return Place(zone if zone in registers.zones else None)

    def _listed(self, name: str, vocabulary: Vocabulary) -> Listed | None:
        said = self.safety.get(name)
        return None if said is None else vocabulary.sort((*said.get("codes", ()), *said.get("words", ())))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft seen through one form: which items this person is asked, and what is answered."""

    instrument: Instrument
    draft: Draft
    items: tuple[Item, ...] = field(init=False)

    def __post_init__(self) -> None:
        asked = tuple(item for item in self.instrument.items if item.sex is None or item.sex == self.draft.sex)
        object.__setattr__(self, "items", asked)

    def answer(self, item: Item) -> int | None:
        return self.draft.answers.get(item.key)

    def number(self, item: Item) -> float | None:
        return self.draft.numbers.get(item.measure.key) if item.measure else None

    def answered(self, item: Item) -> bool:
        return self.answer(item) is not None or self.number(item) is not None

    def missing(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not self.answered(item))

    def position(self, key: str) -> int | None:
        """Number of an item in this person's order, from 1; None for an item that is not asked."""
        return next((n for n, item in enumerate(self.items, 1) if item.key == key), None)

    def resume_at(self) -> int:
        """Number of the first question without an answer; one past the last where none is missing."""
        return next((n for n, item in enumerate(self.items, 1) if not self.answered(item)), len(self.items) + 1)

    def values(self) -> dict[str, int | float]:
        """The sheet as the engine takes it: an answer under the item's key, or a number under the measure's."""
        given: dict[str, int | float] = {}
        for item in self.items:
            number, answer = self.number(item), self.answer(item)
            if number is not None and item.measure:
                given[item.measure.key] = number
            elif answer is not None:
                given[item.key] = answer
        return given
