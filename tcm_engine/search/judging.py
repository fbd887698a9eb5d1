"""Whether a food, a point or a piece fits who asks, with every reason: the planner's own rules, vetoes and admission."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from tcm_engine.model import CONSTITUTIONS, Caution
from tcm_engine.planning import EVERYWHERE, Catalogue, Match, Rule, Shelf, holding, is_personal, match, rejected_by

from .asker import Asker

Verdict = Literal["fits", "careful", "not_for", "open"]
_PRESSING = ("technique:acupressure", "domain:acupoint")
"""What pressing a point is, beside the point itself."""
_FITS, _VETO, _VETO_TENDENCY = 2, -2, -3


@dataclass(frozen=True, slots=True)
class Because:
    """One reason, in codes."""

    kind: Literal["rule", "type", "complaint", "season", "preference"]
    """`type`: the level of a type; `complaint`: a piece serves it; `season`: wrong for this time of year."""
    code: str
    """Id of the rule, or code of the type, complaint, season or preference."""
    level: int = 0
    caution: Caution | None = None
    """Of a rule: its level, and whether it certainly holds."""
    personal: bool = True
    """False for a rule that holds for everybody."""
    food: str = ""
    """Of a piece that does not suit a type: the food in it that does not."""


@dataclass(frozen=True, slots=True)
class Judgement:
    kind: Literal["food", "point", "advice"]
    id: str
    verdict: Verdict
    """`open`: nothing is known of who asks, so the reasons say whom it suits and whom not."""
    reasons: tuple[Because, ...]
    """What speaks against it first."""
    asked_for: bool
    """Whether the question names it."""


class Judge:
    """One person's judgements; made anew for each question."""

    def __init__(self, catalogue: Catalogue, asker: Asker):
        self._catalogue, self._asker = catalogue, asker
        self._rules = holding(asker.person, catalogue)
        # What grows elsewhere may be asked about too: the climate zone closes nothing here.
        everywhere = replace(asker.person, arrays=asker.person.arrays._replace(zone=np.uint64(EVERYWHERE)))
        moment = (everywhere, asker.season, asker.term, asker.long_summer)
        self._foods, self._advice = match(catalogue.foods, *moment), match(catalogue.advice, *moment)

    def point(self, code: str, asked_for: bool) -> Judgement:
        reasons = self._of_rules(frozenset({f"point:{code}", *_PRESSING}))
        return Judgement("point", code, self._verdict(reasons), reasons, asked_for)

    def food(self, code: str, asked_for: bool) -> Judgement:
        return self._piece("food", self._catalogue.foods, self._foods, code, asked_for)

    def advice(self, id_: str, asked_for: bool) -> Judgement:
        return self._piece("advice", self._catalogue.advice, self._advice, id_, asked_for)

    def _piece(self, kind: Literal["food", "advice"], shelf: Shelf, found: Match, id_: str, asked_for: bool) -> Judgement:
        place = shelf.index[id_]
        rules = self._of_rules(shelf.features[place])
        types = self._of_types(kind, shelf, place)
        reasons = [*rules, *[b for b in types if b.level < 0], *self._of_season(kind, found, place)]
        closed = not found.open_pieces[place]
        if closed and not any(_forbids(b) for b in (*rules, *types)):
            rule, _ = rejected_by(shelf, place, self._asker.person, self._catalogue)
            reasons.append(Because("preference", rule.partition(".")[2], -1))
        reasons += [*[b for b in types if b.level > 0], *self._of_complaints(kind, id_)]
        return Judgement(kind, id_, "not_for" if closed else self._verdict(tuple(reasons)), tuple(reasons), asked_for)

    def _of_rules(self, features: frozenset[str]) -> tuple[Because, ...]:
        """Rules that name a feature: blocks first, then limits, then warnings; those that certainly hold before those that may."""
        hits = [(rule, caution) for rule, caution in self._rules if not rule.features.isdisjoint(features)]
        return tuple(Because("rule", rule.id, -1, caution, is_personal(rule.when)) for rule, caution in sorted(hits, key=_weight))

    def _of_types(self, kind: str, shelf: Shelf, place: int) -> list[Because]:
        """Levels of the person's types; where no type is known, of every type that it suits well or harms."""
        levels = {c: int(shelf.arrays.benefit[n, place]) for n, c in enumerate(CONSTITUTIONS)}
        harmful = self._harmful_foods(shelf.ids[place]) if kind == "advice" else {}
        shown = self._asker.types or tuple(c for c in CONSTITUTIONS if not self._asker.known and abs(levels[c]) >= _FITS)
        found = [Because("type", c, levels[c]) for c in shown if levels[c]]
        found += [Because("type", c, level, food=food) for c in self._asker.types for food, level in harmful.get(c, {}).items()]
        return found

    def _harmful_foods(self, id_: str) -> dict[str, dict[str, int]]:
        """Type -> the foods of a piece that harm it: they veto the piece, whatever the piece itself says."""
        foods = self._catalogue.knowledge.foods
        own = [foods[code] for code in self._catalogue.knowledge.advice[id_].foods()]
        return {str(c): {f.code: f.benefit[c] for f in own if f.benefit.get(c, 0) <= _VETO} for f in own for c in f.benefit}

    def _of_season(self, kind: str, found: Match, place: int) -> list[Because]:
        if kind != "advice" or found.in_season[place]:
            return []
        return [Because("season", found.term, -1)]

    def _of_complaints(self, kind: str, id_: str) -> list[Because]:
        if kind != "advice":
            return []
        serves = self._catalogue.knowledge.advice[id_].complaints
        return [Because("complaint", code, serves[code]) for code in self._asker.complaints if code in serves]

    def _verdict(self, reasons: tuple[Because, ...]) -> Verdict:
        if any(b.caution and b.caution.level == "block" for b in reasons):
            return "not_for"
        if not self._asker.known:
            return "careful" if any(b.caution and _weighs(b) for b in reasons) else "open"
        return "careful" if any(b.level < 0 and _weighs(b) for b in reasons) else "fits"


def _forbids(reason: Because) -> bool:
    return bool(reason.caution and reason.caution.level == "block") or (reason.kind == "type" and reason.level <= _VETO)


def _weighs(reason: Because) -> bool:
    """A warning to everybody is told and changes no verdict."""
    return reason.personal or not reason.caution or reason.caution.level != "warn"


def _weight(hit: tuple[Rule, Caution]) -> tuple[int, bool, str]:
    rule, caution = hit
    return ("block", "limit", "warn").index(caution.level), not caution.certain, rule.id
