"""The plan: triage, exclude, veto, rank, choose, shape. One frozen object of codes with a fingerprint."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from knowledge_base.model import When
from tcm_engine.model import Assessment, Caution, Coded, Excluded, PatternCandidate, Plan, PlanItem, Profile, Triage, fingerprint_of
from tcm_engine.patterns import candidate_of

from .catalogue import DOMAINS, Catalogue
from .facts import Facts, facts_of
from .foods import food_notes
from .long_summer import is_long_summer
from .matching import Match, Person, bit, cautions_of, match, person_of, reasons_of, rejected_by
from .programmes import compose_programmes, pieces_of
from .season_calendar import season_calendar
from .selection import select
from .solar_terms import noon, period_at, season_of
from .triage import triage
from .week import first_week, three_things

REASSESS_MONTHS = (3, 6)
REJECTED_SHOWN = 2
"""Strongest rejected candidates shown a domain."""


def make_plan(
    catalogue: Catalogue, assessment: Assessment, profile: Profile, on: date, engine_version: str, at: datetime | None = None
) -> Plan:
    """Compose the plan of a person for a day (local noon), or for the moment `at` where the hour matters."""
    knowledge = catalogue.knowledge
    moment = at or noon(on, profile.place.tz)
    now = period_at(moment, profile.place.hemisphere)
    season = season_of(now.term)
    facts = facts_of(profile, on, season, knowledge)
    found_flags = triage(profile, knowledge, facts)
    complaints = tuple(c for c in (profile.complaints.codes if profile.complaints else ()) if c not in found_flags.stopped_complaints)
    patterns = _patterns(catalogue, assessment, profile, complaints)
    pointed = tuple(p.pattern for p in patterns.values())
    person = person_of(catalogue, assessment, profile, facts, found_flags.stopped_complaints, pointed)
    damp = is_long_summer(now.term, catalogue.zone_of(profile.place), profile.place.humidity_percent)
    found = match(catalogue.advice, person, season, now.term, damp)
    stopped = found_flags.stopped == "everything"
    programmes = () if stopped else compose_programmes(catalogue, person, found, complaints, patterns)
    chosen = [] if stopped else select(catalogue, person, found, pieces_of(programmes))
    items = tuple(_item(catalogue, person, found, piece) for piece in chosen)
    to_choose, to_avoid = ((), ()) if stopped else food_notes(catalogue, person, season, now.term)
    begin_with = three_things(items, knowledge)
    return _sealed(
        assessment=assessment,
        on=on,
        moment=moment,
        term=now.term,
        season=season,
        hemisphere=profile.place.hemisphere,
        zone=profile.place.zone,
        triage=found_flags,
        items=items,
        excluded=_excluded(catalogue, person, found, chosen, found_flags),
        avoid=_avoid(catalogue, person),
        foods_to_choose=to_choose,
        foods_to_avoid=to_avoid,
        first_week=first_week(items, begin_with, on, knowledge),
        this_week=begin_with,
        calendar=()
        if stopped
        else season_calendar(catalogue, assessment, profile, moment, found_flags, person, frozenset(i.id for i in items), pointed),
        next_assessments=tuple(_months_later(on, m) for m in REASSESS_MONTHS),
        unknowns=facts.unknowns,
        complaints=complaints,
        programmes=tuple(p.as_plan(catalogue.advice) for p in programmes),
        long_summer=damp,
        review_reasons=_review_reasons(assessment, profile, facts, found_flags),
        engine_version=engine_version,
        knowledge_version=knowledge.digest,
    )


def _patterns(catalogue: Catalogue, assessment: Assessment, profile: Profile, complaints: tuple[str, ...]) -> dict[str, PatternCandidate]:
    """Complaint -> the pattern to which the person's answers point, where they point to one."""
    register = catalogue.knowledge.complaints
    found = (candidate_of(register[c], profile.complaint_answers.get(c, {}), assessment) for c in complaints)
    return {candidate.complaint: candidate for candidate in found if candidate}


def _sealed(**content: Any) -> Plan:
    if set(content) != {f.name for f in fields(Plan)} - {"fingerprint"}:
        raise TypeError("the fingerprint covers every field of a plan, so each must be given")
    return Plan(**content, fingerprint=fingerprint_of(content))


def _item(catalogue: Catalogue, person: Person, found: Match, piece: int) -> PlanItem:
    shelf = catalogue.advice
    id_ = shelf.ids[piece]
    return PlanItem(
        id_,
        id_.split(".", 1)[0],
        int(found.points[piece]),
        reasons_of(shelf, piece, person, found, catalogue),
        catalogue.uses[id_],
        cautions_of(shelf, piece, person),
    )


def _excluded(catalogue: Catalogue, person: Person, found: Match, chosen: list[int], flags: Triage) -> tuple[Excluded, ...]:
    """Of each domain the strongest that were rejected, where they would have ranked with the chosen."""
    if flags.stopped == "everything":
        return ()
    shelf, shown = catalogue.advice, []
    for d, domain in enumerate(DOMAINS):
        own = [int(found.points[p]) for p in chosen if p in shelf.of_domain(d)]
        bar = min(own, default=1)
        for p in [int(p) for p in found.rejected[d] if p >= 0 and found.points[p] >= bar][:REJECTED_SHOWN]:
            rule, certain = rejected_by(shelf, p, person, catalogue)
            shown.append(Excluded(shelf.ids[p], domain, int(found.points[p]), rule, certain))
    return tuple(shown)


def _avoid(catalogue: Catalogue, person: Person) -> tuple[Caution, ...]:
    """Safety rules that certainly hold for this person in particular: blocks first, then limits, then warnings.

    Left out are pieces' own rules, and rules for everybody: those only matter where a piece touches them, and stand there.
    """
    order = ("block", "limit", "warn")
    hits = [r for i, r in enumerate(catalogue.rules.entries) if bit(person.certain, i)]
    own = [r for r in hits if r.id in catalogue.knowledge.safety and is_personal(r.when)]
    return tuple(Caution(r.id, r.level, True) for r in sorted(own, key=lambda r: (order.index(r.level), r.id)))


def is_personal(when: When) -> bool:
    """Whether a condition is about somebody in particular, not about everybody of a sex or in a season."""
    return any(not fact.startswith(("sex:", "season:")) for fact in (*when.any, *when.all))


def _review_reasons(assessment: Assessment, profile: Profile, facts: Facts, flags: Triage) -> tuple[Coded, ...]:
    reasons = list(assessment.review_reasons) + list(facts.review_reasons)
    if flags.present:
        reasons.append(Coded("red_flag", {"urgency": flags.present[0].urgency, "count": len(flags.present)}))
    if profile.complaints and profile.complaints.words:
        reasons.append(Coded("unregistered_complaint", {"count": len(profile.complaints.words)}))
    return tuple(reasons)


def _months_later(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
