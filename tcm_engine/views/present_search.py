"""An answer to a question in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge_base import KnowledgeBase
from tcm_engine.search import Because, Judgement, SearchAnswer

from . import words
from .answer_view import AnswerView, BecauseView, JudgementView, UnderstoodView
from .present_safety import caution_view, flag_view
from .telling import Telling

_REGISTERS = {
    "constitution": "constitutions", "complaint": "complaints", "condition": "conditions", "medicine": "medicines",
    "allergy": "allergens", "food": "foods", "point": "points",
}  # fmt: skip
_SEVERE = -2


def present_answer(found: SearchAnswer, lang: str, knowledge: KnowledgeBase) -> AnswerView:
    tell = Telling(lang, knowledge)
    return AnswerView(
        flags=tuple(flag_view(code, tell) for code in found.red_flags),
        understood=tuple(_understood(found, tell)),
        judgements=tuple(_judgement(one, tell) for one in found.judgements),
        note=_note(found, tell),
        disclaimer=tell.t("This is about care of daily life. It is not a diagnosis and does not replace a doctor."),
        sources=tell.sources(),
    )


def _understood(found: SearchAnswer, tell: Telling) -> Iterator[UnderstoodView]:
    named = found.named
    for kind, register in _REGISTERS.items():
        codes = named.allergies if kind == "allergy" else getattr(named, f"{kind}s")
        for code in codes:
            yield UnderstoodView(kind, code, tell.say(getattr(tell.knowledge, register)[code].name))
    for fact in named.facts:
        yield UnderstoodView("fact", fact, tell.coded(words.NAMED_FACT, fact))
    if named.age is not None:
        yield UnderstoodView("fact", "age", tell.t("{age} years old", age=named.age))


def _judgement(one: Judgement, tell: Telling) -> JudgementView:
    knowledge: Any = tell.knowledge
    entry = {"food": knowledge.foods, "point": knowledge.points, "advice": knowledge.advice}[one.kind][one.id]
    well = one.verdict == "fits" and any(reason.level > 0 for reason in one.reasons)
    return JudgementView(
        kind=one.kind,
        id=one.id,
        title=tell.say(entry.title if one.kind == "advice" else entry.name),
        verdict=one.verdict,
        verdict_word=tell.coded(words.ANSWER, "fits_well" if well else one.verdict),
        reasons=tuple(_because(reason, tell) for reason in one.reasons),
        notes=tell.all(entry.cautions),
        asked_for=one.asked_for,
    )


def _because(reason: Because, tell: Telling) -> BecauseView:
    if reason.caution is not None:
        shown = caution_view(reason.caution, tell)
        return BecauseView("rule", reason.code, shown.text, reason.level, shown.level_word, shown.unsure, shown.evidence)
    return BecauseView(reason.kind, reason.code, _reason_text(reason, tell), reason.level, "", "", None)


def _reason_text(reason: Because, tell: Telling) -> str:
    kb, level = tell.knowledge, f"{reason.level:+d}".replace("-", "\N{MINUS SIGN}")
    if reason.kind == "season":
        return tell.t("not for this time of year ({term})", term=tell.say(kb.solar_terms[reason.code].name))
    if reason.kind == "preference":
        return tell.t("does not fit your preference: {name}", name=tell.say(kb.preferences[reason.code].name))
    if reason.kind == "complaint":
        return tell.t("written for {complaint}: level {level}", complaint=tell.say(kb.complaints[reason.code].name), level=level)
    type_ = tell.say(next(entry.name for code, entry in kb.constitutions.items() if str(code) == reason.code))
    if reason.food:
        return tell.t("{food} in it is not for {type}: level {level}", food=tell.say(kb.foods[reason.food].name), type=type_, level=level)
    if reason.level <= _SEVERE:
        return tell.t("not for {type}: level {level}", type=type_, level=level)
    if reason.level < 0:
        return tell.t("seldom for {type}: level {level}", type=type_, level=level)
    return tell.t("suits {type}: level {level}", type=type_, level=level)


def _note(found: SearchAnswer, tell: Telling) -> str:
    """By what was judged; empty where nothing that could matter is unknown."""
    missing = tell.list(dict.fromkeys(tell.coded(words.NOT_KNOWN, code) for code in found.unknowns))
    if found.person_given:
        return (
            tell.t("Judged by what you said of yourself. Not answered, and counted as a precaution: {things}.", things=missing)
            if missing
            else ""
        )
    if not found.known:
        return tell.t(
            "Nothing is known of you, so you see whom it suits and whom not. To judge it for you, name what holds: {things}.",
            things=missing,
        )
    return tell.t("Judged by what the question names alone. Not known, and able to change the answer: {things}.", things=missing)
