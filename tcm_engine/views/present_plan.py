"""A plan in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from knowledge_base import KnowledgeBase
from tcm_engine.model import Day, Plan

from . import format, words
from .catalog import HTML_LANG
from .item_view import ItemView
from .plan_view import (
    DayEntry,
    DayView,
    DomainView,
    FirstThing,
    Letterhead,
    NextTime,
    PlanView,
)
from .present_complaints import complaint_view
from .present_items import food_view, present_item
from .present_measured import measured_flags
from .present_result import review_words, shipped, told_assessment
from .present_safety import caution_view, flag_views, left_out, most_urgent_first, see_a_doctor, stopped_text, unknowns
from .present_season import calendar, season_line, season_needs
from .telling import Telling


def present(plan: Plan, lang: str, *, letterhead: Letterhead | None = None, knowledge: KnowledgeBase | None = None) -> PlanView:
    """The plan as it is shown in `zh-Hans`, `zh-Hant` or `en`.

    Words come from `knowledge`, the shipped knowledge base by default; a client's name only from `letterhead`.
    """
    tell = Telling(lang, knowledge or shipped())
    t, kb = tell.t, tell.knowledge
    assessment = told_assessment(plan.assessment, tell)
    named = tuple(r.code for r in assessment.named)
    items = {item.id: present_item(item, tell) for item in plan.items}
    terms = calendar(plan, tell)
    season = kb.seasons[plan.season]
    tell.cite(season)
    present_flags = most_urgent_first((*flag_views((f.code for f in plan.triage.present), tell), *measured_flags(plan, tell)))
    avoid = tuple(caution_view(c, tell) for c in plan.avoid)
    view = PlanView(
        lang=lang,
        html_lang=HTML_LANG[lang],
        title=t("Personal seasonal plan"),
        letterhead=letterhead or Letterhead(),
        assessment=assessment,
        aim=tell.say(kb.constitutions[named[0]].aim) if named else "",
        day=format.day(plan.on, lang),
        season=plan.season,
        season_name=tell.say(season.name),
        term_name=tell.say(kb.solar_terms[plan.term].name),
        season_line=season_line(plan, terms, tell),
        season_principle=tell.say(season.principle),
        season_needs=season_needs(plan, named, tell),
        flags=present_flags,
        stopped=plan.triage.stopped,
        stopped_text=stopped_text(plan, tell),
        see_a_doctor=see_a_doctor(plan, tell),
        checklist=flag_views(plan.triage.not_asked, tell),
        three=tuple(_first_thing(items[i], tell) for i in plan.this_week if i in items),
        domains=_domains(tuple(items.values()), tell),
        points=_once(p for item in items.values() for p in item.points),
        movements=_once(m for item in items.values() for m in item.movements),
        first_week=tuple(_day(d, items, tell) for d in plan.first_week),
        calendar=terms,
        avoid=avoid,
        avoid_by_level=tuple((word, tuple(group)) for word, group in groupby(avoid, key=lambda c: c.level_word)),
        foods_to_choose=tuple(food_view(n, tell) for n in plan.foods_to_choose),
        foods_to_avoid=tuple(food_view(n, tell) for n in plan.foods_to_avoid),
        left_out=left_out(plan, tell),
        unknowns=unknowns(plan, tell),
        complaints=tuple(complaint_view(code, plan, tell) for code in plan.complaints if code in kb.complaints),
        stop_signs=_stop_signs(tell),
        next_assessments=_next_times(plan, tell),
        review=tuple(dict.fromkeys(review_words(r, tell) for r in plan.review_reasons)),
        disclaimer=_disclaimer(tell),
        engine_version=plan.engine_version,
        knowledge_version=plan.knowledge_version,
        fingerprint=plan.fingerprint,
        fingerprint_short=format.grouped(plan.fingerprint),
        sources=(),
        evidence_key=(),
    )
    return replace(view, sources=tell.sources(), evidence_key=tell.evidence_key())


def _domains(items: tuple[ItemView, ...], tell: Telling) -> tuple[DomainView, ...]:
    order = tuple(words.DOMAIN)
    ordered = sorted(items, key=lambda i: order.index(i.domain))
    return tuple(
        DomainView(code, tell.coded(words.DOMAIN, code), tell.coded(words.DOMAIN_AIM, code), tuple(group))
        for code, group in groupby(ordered, key=lambda i: i.domain)
    )


def _once(things: Iterable[Any]) -> tuple[Any, ...]:
    return tuple({thing.code: thing for thing in things}.values())


def _line(item: ItemView, tell: Telling) -> str:
    return (", " if tell.lang == "en" else "，").join(filter(None, (item.frequency, item.amount)))


def _first_thing(item: ItemView, tell: Telling) -> FirstThing:
    return FirstThing(item.id, tell.coded(words.DOMAIN, item.domain), item.title, _line(item, tell), item.stop)


def _day(day: Day, items: dict[str, ItemView], tell: Telling) -> DayView:
    entries = []
    for item_id in day.item_ids:
        item = items.get(item_id)
        if item is not None:
            moment = tell.knowledge.advice[item_id].moment
            entries.append(DayEntry(item.id, item.title, item.amount, tell.coded(words.MOMENT, moment, "any")))
    return DayView(day.day.isoformat(), format.short_day(day.day, tell.lang), tell.t(words.WEEKDAY[day.day.weekday()]), tuple(entries))


def _stop_signs(tell: Telling) -> tuple[str, ...]:
    t = tell.t
    return (
        t("Every piece of advice names its own sign at which to stop; that sign comes before all else."),
        t("Stop whatever you are doing with chest pain, short breath, dizziness, cold sweat or a racing heart, and sit down."),
        t("Stop a food or a drink with a rash, swelling, stomach pain, vomiting or diarrhoea."),
        t("If a complaint stays for two weeks, grows worse or comes back, see a doctor."),
        t("Do not change or stop a medicine because of this plan."),
    )


def _next_times(plan: Plan, tell: Telling) -> tuple[NextTime, ...]:
    notes = (
        tell.t("Answer the same form again and compare. A small difference is usually chance."),
        tell.t("Answer once more; only a change that lasts tells something."),
    )
    days = enumerate(plan.next_assessments)
    return tuple(NextTime(d.isoformat(), format.day(d, tell.lang), notes[min(n, len(notes) - 1)]) for n, d in days)


def _disclaimer(tell: Telling) -> tuple[str, ...]:
    t = tell.t
    return (
        t("This plan is wellness support. It is not a diagnosis, not a prescription, and cannot replace seeing a doctor."),
        t("Nothing in it is said to treat or prevent a disease. Foods are foods; acupressure and movement are habits."),
        t("It was computed from your answers by fixed rules; each rule and each statement names what it rests on."),
    )
