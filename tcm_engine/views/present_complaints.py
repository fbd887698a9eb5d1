"""What a person mentioned: in plain words, the pattern their answers point to, and four weeks of what to do."""

from __future__ import annotations

from knowledge_base.model import Complaint, Programme
from tcm_engine.model import PatternCandidate, Plan, ProgrammePlan

from . import words
from .plan_view import ComplaintView, ProgrammeWeekView
from .telling import Telling


def complaint_view(code: str, plan: Plan, tell: Telling) -> ComplaintView:
    entry = tell.knowledge.complaints[code]
    made = next((p for p in plan.programmes if p.complaint == code), None)
    serving = [i.id for i in plan.items if any(r.code == "complaint" and r.subject == code for r in i.reasons)]
    pattern, heard = _pattern(entry, made.pattern if made else None, tell)
    return ComplaintView(
        code=code,
        name=tell.say(entry.name),
        in_plain_words=tell.say(entry.in_plain_words),
        pattern=pattern,
        heard=heard,
        weeks=_weeks(entry.programme, made, tell) if made and entry.programme else (),
        missing=_missing(made, tell) if made else "",
        expect=tell.say(entry.expect),
        works_if=tell.say(entry.works_if),
        items=tuple(tell.say(tell.knowledge.advice[i].title) for i in serving),
        evidence=tell.cite(entry.programme if made and entry.programme else entry),
    )


def _pattern(entry: Complaint, candidate: PatternCandidate | None, tell: Telling) -> tuple[str, tuple[str, ...]]:
    """The sentence about the pattern, and the questions that speak for it."""
    if candidate is None:
        return "", ()
    found = next(p for p in entry.patterns if p.code == candidate.pattern)
    sentence = tell.t(
        "Your answers are closest to the pattern {name}: {shows} This is a hint for a practitioner to confirm, not a diagnosis.",
        name=tell.say(found.name),
        shows=tell.say(found.shows),
    )
    return sentence, tuple(tell.say(q.ask) for q in entry.questions if q.code in candidate.speaks_for)


def _weeks(programme: Programme, made: ProgrammePlan, tell: Telling) -> tuple[ProgrammeWeekView, ...]:
    return tuple(_week(number, made, tell.say(about), tell) for number, about in enumerate(programme.weeks, 1))


def _week(number: int, made: ProgrammePlan, about: str, tell: Telling) -> ProgrammeWeekView:
    begins = [step for step in made.steps if step.from_week == number]
    titles = [(s.item_id, tell.coded(words.SLOT, s.slot), tell.say(tell.knowledge.advice[s.item_id].title)) for s in begins]
    return ProgrammeWeekView(number, tell.t("Week {n}", n=number), about, tuple(titles))


def _missing(made: ProgrammePlan, tell: Telling) -> str:
    if not made.unfilled:
        return ""
    slots = tell.list(tell.coded(words.SLOT, slot) for slot in made.unfilled)
    return tell.t("Nothing in our collection is both safe and fitting for you here: {slots}. A practitioner can advise.", slots=slots)
