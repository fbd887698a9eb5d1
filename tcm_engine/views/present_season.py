"""The season in words: the calendar of the coming solar terms, and what this person needs now."""

from __future__ import annotations

from datetime import timedelta

from tcm_engine.model import Plan, TermPeriod

from . import format, words
from .plan_view import TermChangeView, TermView
from .telling import Telling


def calendar(plan: Plan, tell: Telling) -> tuple[TermView, ...]:
    return tuple(_term(period, plan, tell) for period in plan.calendar)


def _term(period: TermPeriod, plan: Plan, tell: Telling) -> TermView:
    entry = tell.knowledge.solar_terms[period.term]
    first, last = period.begins.date(), period.ends.date() - timedelta(days=1)
    return TermView(
        code=period.term,
        name=tell.say(entry.name),
        season=period.season,
        season_name=tell.say(tell.knowledge.seasons[period.season].name),
        dates=format.period(first, last, tell.lang),
        begins=first.isoformat(),
        ends=last.isoformat(),
        theme=tell.say(entry.theme),
        now=period.begins <= plan.moment < period.ends,
        changes=tuple(TermChangeView(tell.coded(words.DOMAIN, c.domain), tell.say(c.text)) for c in entry.changes),
        items=tuple(tell.say(tell.knowledge.advice[i].title) for i in period.item_ids),
        evidence=tell.cite(entry),
    )


def season_line(plan: Plan, terms: tuple[TermView, ...], tell: Telling) -> str:
    """`小雪（11月22日至12月6日），冬季`."""
    now = next((t for t in terms if t.now), None)
    name = tell.say(tell.knowledge.solar_terms[plan.term].name)
    season = tell.say(tell.knowledge.seasons[plan.season].name)
    return (
        tell.t("{term} ({dates}), {season}", term=name, dates=now.dates, season=season) if now else format.joined((name, season), tell.lang)
    )


def season_needs(plan: Plan, named: tuple[str, ...], tell: Telling) -> tuple[tuple[str, str], ...]:
    """(name of the type, what it needs in this season) for each named type that has something to say."""
    found = []
    for code in named:
        need = tell.knowledge.season_needs.get(f"{code}.{plan.season}")
        if need is not None:
            tell.cite(need)
            found.append((tell.say(tell.knowledge.constitutions[code].name), tell.say(need.text)))
    return tuple(found)
