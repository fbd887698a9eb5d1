"""The safety questions before a plan. Each may be passed over: what was not answered counts as possible, and the page says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import StringField, ValidationError

from tcm_engine.center import CHILDBEARING, sign_concerns
from tcm_engine.model import Profile

from ..draft import Draft
from ..safety_groups import ALLERGIES, COMPLAINTS, CONDITIONS, MEDICINES, PREFERENCES, Group, grouped
from ..words import N_
from ..words import translate as _
from .base import Checkboxes, Page, Radios, choices
from .complaint_questions import complaint_form
from .place import PlaceForm

NONE = "none"
MOST_WORDS, LONGEST_WORD, LONGEST_TEXT = 20, 60, 600
_SEPARATORS = re.compile(r"[、，,;；\n\r\t]+")


@dataclass(frozen=True, slots=True)
class SafetyStep:
    """One page of safety questions."""

    code: str
    title: str
    hint: str
    if_skipped: str
    """What happens where it is passed over."""
    none_label: str = ""
    words_label: str = ""
    """Label of the field for free words; empty where the page has none."""


_EXCLUDED = N_("You may go on without ticking anything. We then count all of these as possible and leave out whatever could do harm.")
STEPS: Mapping[str, SafetyStep] = {
    step.code: step
    for step in (
        SafetyStep("pregnancy", N_("Are you pregnant or breastfeeding?"),
                   N_("Some foods, points and exercises are not for pregnancy or breastfeeding."),
                   N_("You may go on without choosing. We then count it as possible and leave out whatever could do harm.")),
        SafetyStep("conditions", N_(
            "Has a doctor ever told you that you have one of these?"
        ), N_("Tick everything that applies."), _EXCLUDED,
                   N_("None of these"), N_("Something that is not in the list")),
        SafetyStep("medicines", N_(
            "Which medicines do you take regularly?"
        ), N_("Tick everything that applies. Herbal medicine counts too."), _EXCLUDED,
                   N_("I take none"), N_("A medicine that is not in the list")),
        SafetyStep("allergies", N_("Which of these do you not tolerate?"), N_("Foods and substances to which you are allergic."), _EXCLUDED,
                   N_("I have no allergies"), N_("Something that is not in the list")),
        SafetyStep("complaints", N_(
            "What would you like the plan to look after?"
        ), N_("Choose what troubles you; two or three are enough."),
                   N_(
                       "You may go on without ticking anything. The plan then follows your constitution and the season "
                       "alone."
                   ), N_("Nothing in particular")),
        SafetyStep("complaint_questions", N_("A little more about what you chose"),
                   N_("A few yes-or-no questions. They help to choose between pieces; they are no diagnosis."),
                   N_("You may go on without answering. The plan then does not tell apart how your complaint shows.")),
        SafetyStep("red_flags", N_(
            "Have you had any of these recently?"
        ), N_("These are signs that need a doctor first. Please read them all."),
                   N_("You may go on without ticking anything. The plan then prints this list for you."), N_("None of these")),
        SafetyStep("preferences", N_("Is there anything we should respect?"), N_("Your ways of eating and living. Tick what fits."),
                   N_("You may go on without ticking anything."), N_("Nothing special")),
        SafetyStep("place", N_("In which part of China do you live?"),
                   N_("What is in the market, and how damp it is, differ from place to place. We do not ask for your town."),
                   N_("You may go on without choosing. The plan then names only what is found everywhere.")),
    )
}  # fmt: skip
LISTS = ("conditions", "medicines", "allergies", "complaints", "red_flags", "preferences")
"""Steps that offer a list to tick."""
_ORDERS = {"conditions": CONDITIONS, "medicines": MEDICINES, "allergies": ALLERGIES, "preferences": PREFERENCES}
_REGISTERS = {"allergies": "allergens"}


def steps_for(draft: Draft) -> tuple[str, ...]:
    """The steps this person is asked, in order."""
    concerned = draft.sex != "male" and (draft.age is None or draft.age in CHILDBEARING)
    left_out = {"pregnancy": not concerned, "complaint_questions": not draft.complaints}
    return tuple(code for code in STEPS if not left_out.get(code))


def groups_of(step: str, knowledge: Any, draft: Draft) -> tuple[Group, ...]:
    """What a step offers to tick."""
    if step == "complaints":
        return grouped({c: e for c, e in knowledge.complaints.items() if draft.sex != "male" or not e.women_only}, COMPLAINTS)
    if step == "red_flags":
        return _red_flags(knowledge, draft)
    return grouped(getattr(knowledge, _REGISTERS.get(step, step)), _ORDERS[step])


def _red_flags(knowledge: Any, draft: Draft) -> tuple[Group, ...]:
    """General signs first, then those of the complaints that were chosen; each sign once."""
    chosen = set(draft.complaints)
    said = draft.safety if draft.sex != "male" else {}
    known = Profile(sex=draft.sex, birth_date=draft.birth_date(), pregnant=said.get("pregnant"), lactating=said.get("lactating"))
    day = date.fromisoformat(draft.started_on)
    flags = [flag for flag in knowledge.red_flags.values() if sign_concerns(flag, known, day, knowledge)]
    general = tuple((flag.code, flag.sign) for flag in flags if not flag.complaints)
    own = tuple((flag.code, flag.sign) for flag in flags if chosen.intersection(flag.complaints))
    parts = (Group("", general), Group(N_("With what you chose"), own))
    return tuple(group for group in parts if group.entries)


class PregnancyForm(Page):
    pregnant = Radios()
    lactating = Radios()

    def __init__(self, **kwargs: object):
        super().__init__(**kwargs)
        self.pregnant.choices = choices(
            ("no", _("No")),
            ("1", _("Pregnant, months 1 to 3")),
            ("2", _("Pregnant, months 4 to 6")),
            ("3", _("Pregnant, month 7 or later")),
            ("yes", _("Pregnant, not sure how far")),
        )
        self.lactating.choices = choices(("no", _("No")), ("yes", _("Yes")))

    def patch(self) -> dict[str, Any]:
        said, milk = self.pregnant.data, self.lactating.data
        return {
            "pregnant": None if not said else said != "no",
            "trimester": int(said) if said in ("1", "2", "3") else None,
            "lactating": None if not milk else milk == "yes",
        }


class ListForm(Page):
    """Boxes to tick, one for 'none', and free words."""

    chosen = Checkboxes()
    words = StringField()

    def __init__(self, step: str, groups: tuple[Group, ...], **kwargs: object):
        self.step, self.codes = step, [code for group in groups for code, _name in group.entries]
        super().__init__(**kwargs)
        self.chosen.choices = choices(*((code, code) for code in (NONE, *self.codes)))

    def validate_chosen(self, field: Checkboxes) -> None:
        if NONE in (field.data or ()) and (len(field.data) > 1 or self.free_words()):
            raise ValidationError(
                _("You ticked “{none}” and something else. Please untick one of them.", none=_(STEPS[self.step].none_label))
            )

    def validate_words(self, field: StringField) -> None:
        words = self.free_words()
        if len(field.data or "") > LONGEST_TEXT or len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
            raise ValidationError(
                _(
                    "Write at most {count} names of at most {length} characters, with a comma between them.",
                    count=MOST_WORDS,
                    length=LONGEST_WORD,
                )
            )

    def free_words(self) -> list[str]:
        cleaned = "".join(c for c in self.words.data or "" if c.isprintable() or c in "\n\r\t")
        return list(dict.fromkeys(word.strip() for word in _SEPARATORS.split(cleaned) if word.strip()))

    def patch(self) -> dict[str, Any]:
        chosen = [code for code in self.chosen.data or () if code != NONE]
        said = bool(self.chosen.data or self.free_words())
        if self.step == "red_flags":
            return {"red_flags": {code: code in chosen for code in self.codes} if said else None}
        return {self.step: {"codes": chosen, "words": self.free_words()} if said else None}


def safety_form(step: str, groups: tuple[Group, ...], draft: Draft, knowledge: Any) -> Page:
    """The form of a step with what was said before."""
    if step == "pregnancy":
        return PregnancyForm(data=_pregnancy_said(draft))
    if step == "complaint_questions":
        return complaint_form(draft, knowledge)
    if step == "place":
        return PlaceForm(draft, knowledge)
    return ListForm(step, groups, data=_list_said(step, draft))


def _pregnancy_said(draft: Draft) -> dict[str, str | None]:
    pregnant, trimester, milk = (draft.safety.get(name) for name in ("pregnant", "trimester", "lactating"))
    said = None if pregnant is None else "no" if not pregnant else str(trimester or "yes")
    return {"pregnant": said, "lactating": None if milk is None else "yes" if milk else "no"}


def _list_said(step: str, draft: Draft) -> dict[str, Any]:
    said = draft.safety.get(step)
    if said is None:
        return {"chosen": []}
    codes = [code for code, here in said.items() if here] if step == "red_flags" else list(said["codes"])
    words = [] if step == "red_flags" else list(said["words"])
    return {"chosen": codes or ([] if words else [NONE]), "words": "、".join(words)}
