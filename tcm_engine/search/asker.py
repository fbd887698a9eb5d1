"""Who asks: what the question names, beside what is known of the person. The planner's own facts, nothing guessed.

Of a bare question only what it names counts: the rest is not known, and the answer says so. Where a person is given, what is not known of
them counts as it does in a plan, and what the question names is added.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from tcm_engine.model import Assessment, Listed, Profile
from tcm_engine.planning import Catalogue, Facts, Person, facts_of, is_long_summer, noon, period_at, person_of, season_of, supposed

from .reading import Named

_LISTS = ("conditions", "medicines", "allergies")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known beside the question: a profile, an assessment, both or neither."""

    profile: Profile | None = None
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    person: Person
    types: tuple[str, ...]
    """Types that are `yes`, then tendencies."""
    complaints: tuple[str, ...]
    known: bool
    """Whether anything is known by which a thing can be judged."""
    unknowns: tuple[str, ...]
    """What is not known of the person and could matter, in a fixed order."""
    term: str
    season: str
    long_summer: bool


def asker_of(catalogue: Catalogue, named: Named, given: Given, on: date) -> Asker:
    """The person of a question on a day."""
    place = (given.profile or Profile()).place
    term = period_at(noon(on, place.tz), place.hemisphere).term
    season = season_of(term)
    asked = _profile(named, on)
    facts = _named_facts(asked, on, season, catalogue)
    if given.profile:
        facts = _joined(facts_of(given.profile, on, season, catalogue.knowledge), facts)
    base = given.profile or asked
    said = tuple(dict.fromkeys((*named.complaints, *(base.complaints.codes if base.complaints else ()))))
    assessment = _assessment(named.constitutions, given.assessment)
    profile = replace(base, complaints=Listed(said))
    person = person_of(catalogue, assessment, profile, facts, ())
    types = tuple(s.constitution for v in ("yes", "basically", "tendency") for s in assessment.scores if s.verdict == v)
    known = named.of_the_person() or given.profile is not None or bool(types)
    unknowns = facts.unknowns if given.profile else _not_named(named)
    if not types:
        unknowns = ("constitution", *unknowns)
    damp = is_long_summer(term, catalogue.zone_of(place), place.humidity_percent)
    return Asker(person, types, said, known, unknowns, term, season, damp)


def _profile(named: Named, on: date) -> Profile:
    """What the question names; everything else as if it were not so, for `_named_facts` to leave out."""
    trimesters = [int(fact[-1]) for fact in named.facts if fact.startswith("trimester_")]
    expecting, lactating = "pregnant" in named.facts, "lactating" in named.facts
    born = None if named.age is None else on.replace(year=on.year - named.age, day=min(on.day, 28))
    return Profile(
        sex="female" if expecting or lactating else None,
        birth_date=born,
        pregnant=expecting,
        trimester=trimesters[0] if trimesters else None,
        lactating=lactating,
        conditions=Listed(named.conditions),
        medicines=Listed(named.medicines),
        allergies=Listed(named.allergies),
        complaints=Listed(named.complaints),
        red_flags=MappingProxyType({}),
        preferences=Listed(),
    )


def _named_facts(asked: Profile, on: date, season: str, catalogue: Catalogue) -> Facts:
    """What is certain; of what may be, only the stage of a pregnancy that is named."""
    facts = facts_of(asked, on, season, catalogue.knowledge)
    return replace(facts, maybe=frozenset(fact for fact in facts.maybe if fact.startswith("trimester:") and asked.pregnant))


def _joined(known: Facts, named: Facts) -> Facts:
    yes = known.yes | named.yes
    return replace(known, yes=yes, maybe=(known.maybe | named.maybe) - yes)


def _not_named(named: Named) -> tuple[str, ...]:
    asked = [name for name in _LISTS if not getattr(named, name)]
    return (*(() if "pregnant" in named.facts else ("pregnant",)), *asked, *(() if named.age is not None else ("age",)))


def _assessment(types: tuple[str, ...], given: Assessment | None) -> Assessment:
    """The person's scores with the types that the question names as `yes`."""
    if given is not None:
        scores = tuple(replace(s, verdict="yes") if s.constitution in types else s for s in given.scores)
        return replace(given, scores=scores)
    return supposed(types)
