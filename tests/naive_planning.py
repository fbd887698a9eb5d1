"""Naive twins of the planner's matching, in plain loops over the knowledge itself, written from the design's section 5."""

from __future__ import annotations

from datetime import date

from tcm_engine.model import Profile


def truth(fact: str, profile: Profile, on: date, season: str, knowledge) -> str:
    """`yes`, `no` or `unknown`."""
    age = profile.age_on(on)
    kind, _, code = fact.partition(":")
    if kind in ("pregnant", "lactating", "trimester"):
        possible = profile.sex != "male" and (age is None or 12 <= age <= 55)
        if kind == "trimester":
            if profile.pregnant and profile.trimester:
                return "yes" if int(code) == profile.trimester else "no"
            return "unknown" if profile.pregnant or (profile.pregnant is None and possible) else "no"
        answer = getattr(profile, kind)
        if answer is None:
            return "unknown" if possible else "no"
        return "yes" if answer else "no"
    if kind == "age":
        low, high = {"under_18": (0, 17), "65_plus": (65, 200), "80_plus": (80, 200)}[code]
        return "unknown" if age is None else "yes" if low <= age <= high else "no"
    if kind == "sex":
        return "unknown" if profile.sex is None else "yes" if profile.sex == code else "no"
    if kind == "season":
        return "yes" if code == season else "no"
    field, register = {
        "condition": ("conditions", "conditions"),
        "medicine": ("medicines", "medicines"),
        "allergy": ("allergies", "allergens"),
    }[kind]
    given = getattr(profile, field)
    if given is None:
        return "unknown"
    for own in given.codes:
        if code == own or code in getattr(knowledge, register)[own].member_of:
            return "yes"
    return "unknown" if given.words else "no"


def holds(rule_when, counts_unknown: bool, profile, on, season, knowledge) -> str:
    """`certain`, `by_unknown` or `no`."""
    any_of = [truth(f, profile, on, season, knowledge) for f in rule_when.any]
    all_of = [truth(f, profile, on, season, knowledge) for f in rule_when.all]
    if (not any_of or "yes" in any_of) and all(t == "yes" for t in all_of):
        return "certain"
    if counts_unknown and (not any_of or "yes" in any_of or "unknown" in any_of) and "no" not in all_of:
        return "by_unknown"
    return "no"


def features(piece, knowledge) -> set[str]:
    found = {f"advice:{piece.id}", f"domain:{piece.domain}"} | {f"tag:{t}" for t in piece.tags}
    for code in piece.foods():
        food = knowledge.foods[code]
        found |= {
            f"food:{code}",
            f"nature:{food.nature}",
            f"kind:{food.kind}",
            f"animal:{food.animal}",
            f"purine:{food.purine}",
            f"sugar:{food.sugar}",
        }
        found |= {f"allergen:{a}" for a in food.allergens} | {f"tag:{t}" for t in food.tags}
    for code in piece.uses.points:
        found.add(f"point:{code}")
    for code in piece.uses.techniques:
        found.add(f"technique:{code}")
    for code in piece.uses.movements:
        movement = knowledge.movements[code]
        found |= {f"movement:{code}", f"intensity:{movement.intensity}"} | {f"tag:{t}" for t in movement.tags}
    return found


def blocking_rules(piece, profile, on, season, knowledge) -> set[str]:
    """Ids of every block rule that forbids this piece to this person."""
    own, found = features(piece, knowledge), set()
    for rule in knowledge.safety.values():
        if rule.level == "block" and set(rule.features) & own and holds(rule.when, True, profile, on, season, knowledge) != "no":
            found.add(rule.id)
    for number, rule in enumerate(piece.contraindications, 1):
        if rule.level == "block" and holds(rule.when, True, profile, on, season, knowledge) != "no":
            found.add(f"{piece.id}.contraindication_{number}")
    return found


def cautions(piece, profile, on, season, knowledge) -> set[str]:
    """Ids of every limit and warning that holds for this person, or may hold, and names the piece."""
    own, found = features(piece, knowledge), set()
    for rule in knowledge.safety.values():
        if (
            rule.level != "block"
            and set(rule.features) & own
            and holds(rule.when, rule.unknown_counts, profile, on, season, knowledge) != "no"
        ):
            found.add(rule.id)
    for number, rule in enumerate(piece.contraindications, 1):
        if rule.level != "block" and holds(rule.when, True, profile, on, season, knowledge) != "no":
            found.add(f"{piece.id}.contraindication_{number}")
    return found


def vetoes(piece, assessment, knowledge) -> set[str]:
    """Types that the piece itself, or a food in it, harms too much."""
    found = set()
    for scale in assessment.scores[1:]:
        levels = [piece.benefit.get(scale.constitution, 0)]
        levels += [knowledge.foods[code].benefit.get(scale.constitution, 0) for code in piece.foods()]
        level = min(levels)
        if (scale.verdict == "yes" and level <= -2) or (scale.verdict == "tendency" and level <= -3):
            found.add(f"veto.{scale.constitution}")
    return found


def unwanted(piece, profile, knowledge) -> set[str]:
    if not profile.preferences:
        return set()
    own = features(piece, knowledge)
    return {f"preference.{p}" for p in profile.preferences.codes if set(knowledge.preferences[p].avoids) & own}


def elsewhere(piece, profile) -> bool:
    """Whether a piece is for other climate zones than the person's."""
    return bool(piece.zones) and profile.place.zone not in piece.zones


def out_of_season(piece, season: str, term: str, damp=False) -> bool:
    """Whether the season, with damp heat weighed against it, or the solar term alone speaks against a piece."""
    level = piece.seasons.get(season, 0) + (min(piece.long_summer, 0) if damp else 0)
    return level < 0 or piece.solar_terms.get(term, 0) < 0


def points(piece, assessment, profile, season: str, term: str, stopped, knowledge, patterns=(), damp=False) -> int:
    """Rank points: severity-weighted benefit, complaints, season, preferences, effort, with the weights that the planner documents."""
    weights = {}
    for scale in assessment.scores:
        percent = 0 if scale.raw is None else 100 * (scale.raw - scale.items) // (4 * scale.items)
        if scale.constitution == "balanced":
            weights["balanced"] = {"yes": 4, "basically": 3}.get(scale.verdict, 0)
        elif scale.verdict == "yes":
            weights[scale.constitution] = min(8, 4 + max(0, percent - 40) // 15)
        else:
            weights[scale.constitution] = 2 if scale.verdict == "tendency" else 0
    if not any(weights.values()):
        for scale in assessment.scores[1:]:
            weights[scale.constitution] = 0 if scale.raw is None else (100 * (scale.raw - scale.items) // (4 * scale.items)) // 10
        weights["balanced"] = 2
    total = sum(weights[c] * piece.benefit.get(c, 0) for c in weights)
    for complaint in profile.complaints.codes if profile.complaints else ():
        if complaint not in stopped:
            total += 3 * piece.complaints.get(complaint, 0)
    total += sum(3 * piece.patterns.get(code, 0) for code in patterns)
    total += (piece.long_summer if damp else 0) + (2 if piece.zones else 0)
    total += piece.seasons.get(season, 0) + piece.solar_terms.get(term, 0) - 2 * (piece.effort - 1)
    if profile.preferences and any(set(knowledge.preferences[p].favours) & features(piece, knowledge) for p in profile.preferences.codes):
        total += 2
    return total
