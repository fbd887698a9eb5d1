"""Small random knowledge bases and people for the planner's tests: real shapes, invented content, one injected random generator."""

from __future__ import annotations

import random
from datetime import date
from types import MappingProxyType

from knowledge_base import KnowledgeBase
from knowledge_base import model as kb
from tcm_engine.model import CONSTITUTIONS, Assessment, Coded, Listed, Place, Profile, ScaleResult
from tcm_engine.planning.programmes import SLOT_DOMAINS
from tcm_engine.planning.solar_terms import TERMS, season_of

CITES = [{"source": "project", "locator": "test"}]
GROUND = {"cites": CITES, "grade": "project_decision", "review": {"status": "unreviewed", "on": "2026-11-23"}, "decision": "test"}
WORDS = {"zh": "词", "en": "word"}
CONDITIONS, MEDICINES, ALLERGENS = ("gout", "diabetes"), ("anticoagulant", "warfarin", "aspirin"), ("egg", "milk")
COMPLAINTS, PREFERENCES = ("insomnia", "constipation"), ("vegetarian",)
ZONES, PATTERNS = ("east", "north"), ("hot", "cold")
FACTS = (
    ["pregnant", "lactating", "trimester:1", "age:65_plus", "sex:female", "season:winter"]
    + [f"condition:{c}" for c in CONDITIONS]
    + [f"medicine:{c}" for c in MEDICINES]
    + [f"allergy:{c}" for c in ALLERGENS]
)


def _named(cls, code, **more):
    return cls.model_validate({"code": code, "name": WORDS, **more, **GROUND})


def _register(entries, key=lambda e: str(e.code)):
    return MappingProxyType({key(e): e for e in sorted(entries, key=key)})


def world(seed: int, foods: int = 25, pieces: int = 90, rules: int = 70) -> KnowledgeBase:
    """A knowledge base with random benefits, rules and uses. More than 64 rules, so that rule words are really several."""
    rng = random.Random(seed)
    made_foods = [_food(rng, f"food_{i}") for i in range(foods)]
    names = [f.code for f in made_foods]
    advice = [_advice(rng, rng.choice(list(kb.Domain)).value, i, names) for i in range(pieces)]
    seasons = [kb.SeasonEntry.model_validate({"code": s.value, "name": WORDS, "principle": WORDS, **GROUND}) for s in kb.Season]
    terms = [_term(i, code) for i, code in enumerate(TERMS)]
    empty = MappingProxyType({})
    return KnowledgeBase(
        sources=empty,
        constitutions=empty,
        tags=empty,
        points=empty,
        movements=empty,
        techniques=empty,
        zones=_register([_named(kb.Zone, c, climate=WORDS, damp_terms=["xiaoshu", "dashu"] if c == "east" else []) for c in ZONES]),
        season_needs=empty,
        regulated=empty,
        instruments=empty,
        conditions=_register([_named(kb.Condition, c) for c in CONDITIONS]),
        medicines=_register([_named(kb.Medicine, c, **({"member_of": ["anticoagulant"]} if c == "warfarin" else {})) for c in MEDICINES]),
        allergens=_register([_named(kb.Allergen, c) for c in ALLERGENS]),
        preferences=_register([_named(kb.Preference, "vegetarian", avoids=["animal:meat"], favours=["animal:fungus"])]),
        foods=_register(made_foods),
        seasons=_register(seasons),
        solar_terms=_register(terms),
        complaints=_register([_complaint(rng, c, advice) for c in COMPLAINTS]),
        red_flags=_register(_flags()),
        safety=_register([_rule(rng, i, names) for i in range(rules)], key=lambda r: r.id),
        advice=_register(advice, key=lambda a: a.id),
        digest=f"world-{seed}",
    )


def _levels(rng, names, low=-3, high=3, most=4):
    return {n: rng.randint(low, high) for n in rng.sample(list(names), rng.randint(0, min(most, len(names))))}


def _food(rng, code):
    return kb.Food.model_validate(
        {
            "code": code,
            "name": WORDS,
            "kind": "ordinary",
            "nature": rng.choice(["cold", "neutral", "hot"]),
            "flavours": ["sweet"],
            "benefit": _levels(rng, CONSTITUTIONS),
            "animal": rng.choice(["plant", "meat", "fungus"]),
            "purine": rng.choice(["low", "high"]),
            "sugar": "low",
            "allergens": rng.choice([[], [], ["egg"], ["milk"]]),
            **GROUND,
        }
    )


def _advice(rng, domain, number, foods):
    return kb.Advice.model_validate(
        {
            "id": f"{domain}.piece_{number}",
            "domain": domain,
            "title": WORDS,
            "what": WORDS,
            "amount": WORDS,
            "frequency": WORDS,
            "duration": WORDS,
            "stop": WORDS,
            "why": WORDS,
            "times_per_week": rng.randint(1, 14),
            "effort": rng.randint(1, 3),
            "benefit": _levels(rng, CONSTITUTIONS, most=6),
            "seasons": _levels(rng, [s.value for s in kb.Season], -2, 3, 2),
            "solar_terms": _levels(rng, TERMS, -2, 3, 6),
            "complaints": _levels(rng, COMPLAINTS, 1, 3, 1),
            "patterns": _levels(rng, PATTERNS, 1, 3, 1),
            "long_summer": rng.choice([0, 0, 0, 2, -2]),
            "zones": rng.choice([[], [], [], [], ["east"], ["north"]]),
            "uses": {"foods": rng.sample(foods, rng.randint(0, 2))},
            "contraindications": [{"when": {"any": [rng.choice(FACTS)]}, "level": "block", "text": WORDS, **GROUND}]
            if rng.random() < 0.1
            else [],
            **GROUND,
        }
    )


def _rule(rng, number, foods):
    features = [f"food:{rng.choice(foods)}", rng.choice(["animal:meat", "purine:high", "nature:hot", "allergen:egg", "domain:music"])]
    when = {"any": rng.sample(FACTS, rng.randint(0, 2)), "all": rng.sample(FACTS, rng.randint(0, 2))}
    if not when["any"] and not when["all"]:
        when["any"] = ["pregnant"]
    return kb.SafetyRule.model_validate(
        {
            "id": f"rule.number_{number}",
            "when": when,
            "features": [rng.choice(features)],
            "level": rng.choice(["block", "block", "limit", "warn"]),
            "unknown_counts": rng.random() < 0.5,
            "text": WORDS,
            **GROUND,
        }
    )


def _term(index, code):
    return kb.SolarTerm.model_validate(
        {
            "code": code,
            "order": index + 1,
            "longitude": (315 + 15 * index) % 360,
            "name": WORDS,
            "season": season_of(code),
            "theme": WORDS,
            "changes": [{"domain": "diet", "text": WORDS, **GROUND}],
            **GROUND,
        }
    )


def _complaint(rng, code, pieces):
    """With two patterns, two questions and a programme of four pieces for each of four slots."""
    words = {"name": WORDS, "in_plain_words": WORDS, "expect": WORDS, "works_if": WORDS}
    patterns = [{"code": p, "name": WORDS, "shows": WORDS, "leans_to": ["damp_heat"] if p == "hot" else [], **GROUND} for p in PATTERNS]
    questions = [
        {"code": "thirsty", "ask": WORDS, "speaks_for": {"hot": 2}},
        {"code": "chilly", "ask": WORDS, "speaks_for": {"cold": 3, "hot": 1}},
    ]
    own = {slot: [p.id for p in pieces if p.domain in domains] for slot, domains in SLOT_DOMAINS.items()}
    steps = [
        {"slot": slot, "from_week": week, "pieces": rng.sample(ids, min(4, len(ids)))} for week, (slot, ids) in enumerate(own.items(), 1)
    ]
    programme = {"weeks": [WORDS] * 4, "steps": steps, **GROUND}
    return kb.Complaint.model_validate(
        {"code": code, **words, "patterns": patterns, "questions": questions, "programme": programme, **GROUND}
    )


def _flags():
    rows = [("chest_pain", [], "emergency"), ("blood_in_stool", ["constipation"], "within_2_weeks"), ("no_sleep", ["insomnia"], "soon")]
    return [
        kb.RedFlag.model_validate({"code": c, "complaints": list(cs), "sign": WORDS, "urgency": u, "action": WORDS, **GROUND})
        for c, cs, u in rows
    ]


def assessment(verdicts: dict[str, str], raws: dict[str, int] | None = None) -> Assessment:
    """An assessment with these verdicts (others `no`) on scales of eight items; raw sums follow the verdict unless given."""
    usual = {"yes": 24, "tendency": 18, "no": 12, "basically": 30, "undetermined": None}
    rows = []
    for code in CONSTITUTIONS:
        verdict = verdicts.get(code, "no")
        raw = (raws or {}).get(code, usual[verdict])
        rows.append(ScaleResult(code, raw, 8, None if raw is None else (raw - 8) / 32 * 100, verdict, 1, 8.0, None, None))
    yes = [c for c in CONSTITUTIONS if verdicts.get(c) == "yes"]
    return Assessment(
        "test",
        "test",
        MappingProxyType({}),
        None,
        date(2026, 11, 23),
        tuple(rows),
        yes[0] if yes else None,
        tuple(yes[1:]),
        tuple(c for c in CONSTITUTIONS if verdicts.get(c) == "tendency"),
        Coded("test"),
        (),
        "test",
        "test",
    )


def person(seed: int) -> Profile:
    """A random person, much of it not known."""
    rng = random.Random(seed)

    def maybe(names, words=True):
        kind = rng.random()
        if kind < 0.3:
            return None
        codes = tuple(rng.sample(names, rng.randint(0, min(2, len(names)))))
        return Listed(codes, ("something",) if words and kind > 0.85 else ())

    return Profile(
        sex=rng.choice(["female", "male", None]),
        birth_date=rng.choice([None, date(1990, 5, 1), date(1950, 2, 28), date(2000, 2, 29)]),
        pregnant=rng.choice([True, False, None]),
        trimester=rng.choice([None, 1]),
        lactating=rng.choice([True, False, None]),
        conditions=maybe(CONDITIONS),
        medicines=maybe(MEDICINES),
        allergies=maybe(ALLERGENS),
        complaints=maybe(COMPLAINTS),
        red_flags=MappingProxyType({"blood_in_stool": True} if rng.random() < 0.1 else {}),
        place=Place(rng.choice([None, *ZONES]), hemisphere=rng.choice(["north", "north", "south"])),
        preferences=maybe(PREFERENCES, words=False),
    )
