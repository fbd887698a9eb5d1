"""An assessment in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from knowledge_base import KnowledgeBase, load
from knowledge_base.model import Instrument, Item, ItemScale
from tcm_engine.model import CONSTITUTIONS, Assessment, Coded, ScaleResult

from . import format, words
from .assessment_view import AssessmentView, CountedAnswer, State, TypeResult
from .catalog import HTML_LANG
from .present_strip import half_up, present_strip
from .telling import Telling

COUNTED_ANSWERS = 6
CLOSE = 0.3
"""Chance of another verdict from which a result is called close to a line."""


def present_assessment(assessment: Assessment, lang: str, *, knowledge: KnowledgeBase | None = None) -> AssessmentView:
    """The assessment as it is shown in `zh-Hans`, `zh-Hant` or `en`; words from `knowledge`, the shipped knowledge base by default."""
    return told_assessment(assessment, Telling(lang, knowledge or shipped()))


@cache
def shipped() -> KnowledgeBase:
    """The knowledge base that ships with the product, loaded once per process."""
    return load()


def told_assessment(assessment: Assessment, tell: Telling) -> AssessmentView:
    """The same, its sources numbered after those that `tell` has already cited."""
    instrument: Instrument = tell.knowledge.instruments[assessment.instrument]
    state = state_of(assessment)
    named = _named_codes(assessment, state)
    results = tuple(_type_result(scale, instrument, tell) for scale in assessment.scores)
    evidence = tell.cite(instrument.rule)
    for reliability in instrument.reliability:
        tell.cite(reliability)
    return AssessmentView(
        lang=tell.lang,
        html_lang=HTML_LANG[tell.lang],
        state=state,
        statement="".join(statement_of(assessment, state, tell)),
        statement_parts=phrases_of(statement_of(assessment, state, tell)),
        sentence=_sentence(state, named, tell),
        caveat=_caveat(assessment, state, named, tell),
        sure=_sure(assessment, named, tell),
        strip=present_strip(assessment, instrument, tell, _finding(assessment, tell)),
        types=results,
        named=tuple(results[CONSTITUTIONS.index(code)] for code in named),
        meaning=tuple(_meaning(code, tell) for code in named),
        counted=_counted(assessment, instrument, named, tell),
        review=tuple(review_words(reason, tell) for reason in assessment.review_reasons),
        day=format.day(assessment.assessed_on, tell.lang),
        instrument=assessment.instrument,
        instrument_title=tell.say(instrument.title),
        edition=assessment.edition,
        recall=tell.say(instrument.recall),
        method=_method(instrument, tell),
        rights=" ".join(filter(None, (tell.say(instrument.rights), tell.say(instrument.translation_note) if tell.lang == "en" else ""))),
        evidence=evidence,
        sources=tell.sources(),
        not_a_diagnosis=tell.t("Not a diagnosis; it cannot replace seeing a doctor"),
        engine_version=assessment.engine_version,
        knowledge_version=assessment.knowledge_version,
    )


STATES: Mapping[str, State] = MappingProxyType(
    {
        "balanced": "balanced",
        "basically_balanced": "basically",
        "single": "primary",
        "combined": "primary",
        "tied": "tie",
        "leading_unknown": "leading_unknown",
        "tendencies_only": "tendencies",
        "undetermined": "undetermined",
    }
)
"""Code of a conclusion -> the kind of page it makes."""


def state_of(assessment: Assessment) -> State:
    return STATES[assessment.conclusion.code]


def phrases_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts with a comma that opens one moved to the end of the one before: no line begins with a mark."""
    shown = list[str]()
    for part in parts:
        mark = part[:1] if part[:1] in "，," else ""
        if mark and shown:
            shown[-1] += mark
        shown.append(part[len(mark) :] if shown else part)
    return tuple(shown)


def _params(assessment: Assessment, name: str) -> tuple[str, ...]:
    found = assessment.conclusion.params.get(name, ())
    assert isinstance(found, tuple | list), f"{name} of a conclusion is a list of types"  # noqa: S101
    return tuple(found)


def _named_codes(assessment: Assessment, state: State) -> tuple[str, ...]:
    if state == "undetermined":
        return ()
    return _params(assessment, "tendencies" if state == "tendencies" else "constitutions")


def statement_of(assessment: Assessment, state: State, tell: Telling) -> tuple[str, ...]:
    """The conclusion in phrases that stay whole."""
    t, kb = tell.t, tell.knowledge
    yes, tendencies = _params(assessment, "constitutions"), _params(assessment, "tendencies")
    if state == "undetermined":
        return (t("This time no type can be determined"),)
    if state == "tendencies":
        return t("No main type; "), t("a tendency to {types}", types=_some(tendencies, tell, "name"))
    if state in ("tie", "leading_unknown"):
        leading = _params(assessment, "leading") if state == "tie" else yes
        first = (_some(leading, tell, "name"), t(", equally marked") if state == "tie" else t(", the main one unclear"))
        return (*first, t(", with {types}", types=_some(yes[len(leading) :], tell, "short"))) if yes[len(leading) :] else first
    name = tell.say(kb.constitutions[yes[0]].name)
    parts = [t("basically {type}", type=name) if state == "basically" else name]
    if yes[1:]:
        parts.append(t(", with {types}", types=_some(yes[1:], tell, "name")))
    elif tendencies:
        parts.append(t(", a tendency to {types}", types=_some(tendencies, tell, "short")))
    return tuple(parts)


def _some(codes: tuple[str, ...], tell: Telling, field: str) -> str:
    """Names of at most three types; `field` is `name` (with 质) or `short`."""
    names = [tell.say(getattr(tell.knowledge.constitutions[code], field)) for code in codes[:3]]
    if len(codes) > 3:
        return (", " if tell.lang == "en" else "、").join(names) + tell.t(" and others")
    return tell.list(names)


def _sentence(state: State, named: tuple[str, ...], tell: Telling) -> str:
    if not named:
        return tell.t("The answers fit none of the nine types clearly. That says nothing about being well or ill.")
    return tell.say(tell.knowledge.constitutions[named[0]].in_a_sentence)


def _caveat(assessment: Assessment, state: State, named: tuple[str, ...], tell: Telling) -> str:
    """What to know before believing the statement; empty where it is plain."""
    unclear = _params(assessment, "undetermined")
    lines = []
    if unclear:
        lines.append(tell.t("Without your sex {types} cannot be judged.", types=_some(unclear, tell, "name")))
    if state == "undetermined" and not unclear:
        lines.append(tell.t("The standard advises: look for the cause, or answer again in two weeks."))
    if state == "tie":
        lines.append(tell.t("Which of them leads cannot be said from this form; ask a practitioner."))
    elif named and (assessment.scores[CONSTITUTIONS.index(named[0])].chance_of_another_verdict or 0.0) >= CLOSE:
        lines.append(tell.t("This result lies close to a line; another day it may come out differently."))
    return ("" if tell.lang != "en" else " ").join(lines)


def _finding(assessment: Assessment, tell: Telling) -> str:
    """What the strip shows, in a clause."""
    known = [s for s in assessment.scores[1:] if s.score is not None]
    top = sorted(known, key=lambda s: (-s.score, CONSTITUTIONS.index(s.constitution)))  # type: ignore[operator]
    marked = [s for s in top if s.verdict in ("yes", "tendency")]
    if not known:
        return tell.t("No score could be computed.")
    if not marked:
        return tell.t("No type reaches its line")
    names = [tell.say(tell.knowledge.constitutions[s.constitution].short) for s in marked[:2]]
    equal = sum(s.score == marked[0].score for s in marked)
    if equal > 2:
        return tell.t("{n} types share the highest score", n=equal)
    if len(marked) == 1:
        return tell.t("{first} is the most marked", first=names[0])
    words = "{first} and {second} are equally high" if equal == 2 else "{first} is the most marked, {second} comes next"
    return tell.t(words, first=names[0], second=names[1])


def _sure(assessment: Assessment, named: tuple[str, ...], tell: Telling) -> tuple[str, ...]:
    """How sure the leading verdict is, in words and numbers."""
    if not named:
        return (tell.t("Because nothing stands out, no degree of sureness can be given."),)
    scale = assessment.scores[CONSTITUTIONS.index(named[0])]
    name = tell.say(tell.knowledge.constitutions[named[0]].name)
    lines = []
    if scale.chance_of_another_verdict is not None:
        tenths = half_up(10 * scale.chance_of_another_verdict)
        degree = "{type}: quite sure." if tenths < 1 else "{type}: fairly sure." if tenths < 3 else "{type}: close to a line, not sure."
        lines.append(tell.t(degree, type=name))
    lines += [line for line in (_chance(scale, tell), _margin(scale, tell)) if line]
    return tuple(lines)


def _chance(scale: ScaleResult, tell: Telling) -> str:
    chance = scale.chance_of_another_verdict
    if chance is None:
        return ""
    tenths = half_up(10 * chance)
    if tenths == 0:
        return tell.t("Asked again, fewer than 1 in 10 sittings would say otherwise.")
    return tell.t("Asked again, about {n} in 10 sittings would say otherwise.", n=tenths)


def _margin(scale: ScaleResult, tell: Telling) -> str:
    steps = scale.margin_steps
    if steps is None:
        return ""
    if steps == 1:
        return tell.t("One answer, one step further, would change it.")
    return tell.t("It takes at least {n} steps in the answers to change it.", n=steps)


def _type_result(scale: ScaleResult, instrument: Instrument, tell: Telling) -> TypeResult:
    entry = tell.knowledge.constitutions[scale.constitution]
    low_high = tuple(half_up(v) for v in scale.interval) if scale.interval else None
    score = None if scale.score is None else half_up(scale.score)
    return TypeResult(
        code=scale.constitution,
        letter=entry.letter,
        name=tell.say(entry.name),
        short=tell.say(entry.short),
        raw=scale.raw,
        items=scale.items,
        score=score,
        score_text="—" if score is None else str(score),
        interval_text=tell.t("about {low} to {high}", low=low_high[0], high=low_high[1]) if low_high else "",
        verdict=scale.verdict,
        verdict_word=tell.coded(words.VERDICT, scale.verdict),
        margin_text=_margin(scale, tell),
        margin_steps="—" if scale.margin_steps is None else str(scale.margin_steps),
        chance_text=_chance(scale, tell),
        near=_crosses_a_line(scale, instrument),
    )


def _crosses_a_line(scale: ScaleResult, instrument: Instrument) -> bool:
    rule = instrument.rule
    lines = (rule.balanced_at,) if scale.constitution == "balanced" else (rule.tendency_at, rule.yes_at)
    return scale.interval is not None and any(scale.interval[0] < line <= scale.interval[1] for line in lines)


def _meaning(code: str, tell: Telling) -> tuple[str, tuple[str, ...]]:
    entry = tell.knowledge.constitutions[code]
    tell.cite(entry)
    return tell.say(entry.name), tell.all(entry.meaning)


def _counted(assessment: Assessment, instrument: Instrument, named: tuple[str, ...], tell: Telling) -> tuple[CountedAnswer, ...]:
    """The answers that added most to the named types, each above the middle of its scale."""
    found = []
    for place, item in enumerate(instrument.items):
        answer = assessment.answers.get(item.key)
        scales = [s for s in item.scales if s.constitution in named]
        if answer is None or not scales:
            continue
        weight = max(6 - answer if s.reverse else answer for s in scales)
        if weight >= 3:
            found.append((-weight, -len(scales), place, item, answer, scales))
    return tuple(
        _counted_answer(item, answer, scales, instrument, tell)
        for *_, item, answer, scales in sorted(found, key=lambda f: f[:3])[:COUNTED_ANSWERS]
    )


def _counted_answer(item: Item, answer: int, scales: list[ItemScale], instrument: Instrument, tell: Telling) -> CountedAnswer:
    types = tuple(tell.say(tell.knowledge.constitutions[s.constitution].short) for s in scales)
    printed = next((band.printed for band in item.measure.bands if band.answer == answer), "") if item.measure else ""
    return CountedAnswer(
        key=item.key,
        question=tell.say(item.text),
        answer=printed or tell.say(instrument.anchors[answer - 1]),
        types=types,
        types_text=tell.list(types),
    )


def review_words(reason: Coded, tell: Telling) -> str:
    return tell.coded(words.REVIEW_REASON, reason.code)


def _method(instrument: Instrument, tell: Telling) -> tuple[str, ...]:
    t, rule = tell.t, instrument.rule
    if rule.kind == "transformed":
        how = t("Each answer counts 1 to 5; the sum of a type is turned into a score of 0 to 100.")
    else:
        how = t("Each answer counts 1 to 5; the score of a type is the plain sum.")
    lines = t(
        "A type applies from {yes}, a tendency from {tendency}; the balanced type from {balanced} if no other type is raised.",
        yes=rule.yes_at,
        tendency=rule.tendency_at,
        balanced=rule.balanced_at,
    )
    error = t("How far a repeated sitting would differ is estimated from published reliability studies. It is not a measurement of you.")
    main = t("The standard names no main type. We call main the type with the highest score among those that apply; that is our decision.")
    return how, lines, main, error
