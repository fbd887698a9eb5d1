"""What the sweeps share: the cases, and what a plan must not show, read by plain loops from the knowledge (`tests/naive_planning.py`)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from knowledge_base import load
from tcm_engine.model import Assessment, Listed, Plan, Profile
from tcm_engine.planning import compile_catalogue, make_plan
from tcm_engine.planning.programmes import SLOT_DOMAINS
from tcm_engine.planning.selection import EXTRA_FOR_COMPLAINTS, LEAST
from tests import naive_planning as naive
from tests.planning.people import ON, people, verdicts


@cache
def catalogue():
    return compile_catalogue(load())


def piece_of(id_: str):
    return catalogue().knowledge.advice[id_]


@cache
def somebody(who: str) -> Profile:
    return people()[who]


@cache
def forbidden(who: str, season: str) -> frozenset[str]:
    """Features that a block rule forbids to this person, by plain loops."""
    knowledge, profile = catalogue().knowledge, somebody(who)
    holding = [
        rule
        for rule in knowledge.safety.values()
        if rule.level == "block" and naive.holds(rule.when, True, profile, ON[season], season, knowledge) != "no"
    ]
    return frozenset(feature for rule in holding for feature in rule.features)


@cache
def own_features(id_: str) -> frozenset[str]:
    return frozenset(naive.features(piece_of(id_), catalogue().knowledge))


@cache
def forbids_itself(id_: str, who: str, season: str) -> bool:
    """Whether one of a piece's own contraindications holds for this person."""
    knowledge, profile = catalogue().knowledge, somebody(who)
    return any(
        rule.level == "block" and naive.holds(rule.when, True, profile, ON[season], season, knowledge) != "no"
        for rule in piece_of(id_).contraindications
    )


def shown_in(plan: Plan) -> set[tuple[str, str]]:
    """Ids of all pieces that a plan shows, each with the season in which it is done."""
    now = {i.id for i in plan.items} | {i for d in plan.first_week for i in d.item_ids} | set(plan.this_week)
    now |= {step.item_id for programme in plan.programmes for step in programme.steps}
    return {(id_, plan.season) for id_ in now} | {(id_, term.season) for term in plan.calendar for id_ in term.item_ids}


@cache
def results() -> tuple[Assessment, ...]:
    """No biased type, each alone, and every pair of which at least one is `yes`."""
    return tuple(r for r in verdicts(most=2) if [s.verdict for s in r.scores[1:]].count("tendency") < 2)


@cache
def vetoed(id_: str, result: int) -> frozenset[str]:
    return frozenset(naive.vetoes(piece_of(id_), results()[result], catalogue().knowledge))


@dataclass(frozen=True, slots=True)
class Case:
    """One person with one complaint on one day. Where they live and which pattern their answers point to is drawn, the same each time."""

    complaint: str
    who: str
    season: str
    result: int
    """Of `results`."""

    def profile(self) -> Profile:
        drawn = random.Random(f"{self.complaint}/{self.who}/{self.season}/{self.result}")
        knowledge, person = catalogue().knowledge, somebody(self.who)
        complaint = knowledge.complaints[self.complaint]
        zone = drawn.choice([None, *sorted(knowledge.zones)])
        pattern = drawn.choice([None, *(p.code for p in complaint.patterns)])
        answers = {q.code: pattern in q.speaks_for for q in complaint.questions} if pattern else {}
        return replace(
            person,
            complaints=Listed((self.complaint,)),
            complaint_answers={self.complaint: answers},
            place=replace(person.place, zone=zone),
        )

    def plan(self) -> Plan:
        return make_plan(catalogue(), results()[self.result], self.profile(), ON[self.season], "test")


def may_have(who: str, complaint: str) -> bool:
    """Women's complaints are not asked of men."""
    return not (somebody(who).sex == "male" and catalogue().knowledge.complaints[complaint].women_only)


def every_case(complaint: str, who: str, season: str) -> Iterator[Case]:
    return (Case(complaint, who, season, result) for result in range(len(results())))


def in_turn(complaint: str) -> Iterator[Case]:
    """Every result once; people in an order drawn for the complaint, so that each comes up three times or more, in other seasons."""
    names, seasons = [who for who in people() if may_have(who, complaint)], sorted(ON)
    random.Random(complaint).shuffle(names)
    for result in range(len(results())):
        round_, turn = divmod(result, len(names))
        yield Case(complaint, names[turn], seasons[(round_ + turn) % len(seasons)], result)


def faults(case: Case, plan: Plan) -> Iterator[tuple[str, str]]:
    """(kind, what and where) of everything that is wrong with a plan."""
    profile = case.profile()
    for id_, season in sorted(shown_in(plan)):
        if wrong := own_features(id_) & forbidden(case.who, season):
            yield "forbidden", f"{id_} {sorted(wrong)}"
        if forbids_itself(id_, case.who, season):
            yield "forbidden by itself", id_
        if wrong := vetoed(id_, case.result):
            yield "harms a type", f"{id_} {sorted(wrong)}"
        if naive.elsewhere(piece_of(id_), profile):
            yield "for another zone", id_
    for note in plan.foods_to_choose:
        food = {f"food:{note.code}"} | {f"allergen:{a}" for a in catalogue().knowledge.foods[note.code].allergens}
        if food & forbidden(case.who, case.season):
            yield "forbidden food", note.code
    yield from _out_of_season(plan, profile)
    yield from _programme(case, plan)


def _out_of_season(plan: Plan, profile: Profile) -> Iterator[tuple[str, str]]:
    """In programmes and calendar never; as an item only where a domain would have fewer than two pieces."""
    zone = catalogue().knowledge.zones.get(profile.place.zone)
    damp = frozenset(zone.damp_terms) if zone else frozenset()
    out = {i.id for i in plan.items if naive.out_of_season(piece_of(i.id), plan.season, plan.term, plan.term in damp)}
    of_programmes = {s.item_id for p in plan.programmes for s in p.steps}
    yield from (("programme out of season", id_) for id_ in sorted(out & of_programmes))
    counts = Counter(i.domain for i in plan.items)
    for id_ in sorted(out):
        if counts[piece_of(id_).domain] > LEAST + EXTRA_FOR_COMPLAINTS:
            yield "item out of season", id_
    for period in plan.calendar:
        for id_ in period.item_ids:
            if naive.out_of_season(piece_of(id_), period.season, period.term, period.term in damp):
                yield "calendar out of season", f"{id_} {period.term}"


def fillers(plan: Plan) -> int:
    """Items that the season or the term itself speaks against, there because their domain would stay nearly empty."""
    return sum(naive.out_of_season(piece_of(i.id), plan.season, plan.term) for i in plan.items)


def _programme(case: Case, plan: Plan) -> Iterator[tuple[str, str]]:
    """Every step of the complaint's programme is filled with an item of the plan that fits the slot, or its slot is said to be empty."""
    made = [p for p in plan.programmes if p.complaint == case.complaint]
    if len(made) != 1 or len(plan.programmes) != 1:
        yield "programme missing", case.complaint
        return
    items = {i.id for i in plan.items}
    steps, wanted = (
        Counter(s.slot for s in made[0].steps),
        Counter(s.slot for s in catalogue().knowledge.complaints[case.complaint].programme.steps),
    )
    for slot in wanted:
        if steps[slot] != wanted[slot] and slot not in made[0].unfilled:
            yield "slot empty without a word", slot
    for step in made[0].steps:
        if step.item_id not in items:
            yield "step is no item", step.item_id
        if piece_of(step.item_id).domain not in SLOT_DOMAINS[step.slot]:
            yield "step in a wrong slot", step.item_id
