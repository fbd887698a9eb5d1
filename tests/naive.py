"""The standards' scoring, written from their text: plain loops, one person at a time. Tests hold the kernels against it.

Sources: ZYYXH/T 157-2009 and GB/T 46939-2025, formula, reversal and judgement; the record form of the national service for older
people, annex 2. What the standards do not say (sex not given, order of types, ties) is written from docs/decisions/0012.
"""

from __future__ import annotations

import functools
import itertools
from fractions import Fraction

BALANCED = "balanced"
ORDER = (
    "balanced",
    "qi_deficiency",
    "yang_deficiency",
    "yin_deficiency",
    "phlegm_dampness",
    "damp_heat",
    "blood_stasis",
    "qi_stagnation",
    "special_diathesis",
)


def raw_sums(instrument, answers, sex):
    """Constitution -> sum of the item scores of those items that this person answers; reversed items count 6 minus the answer."""
    sums = dict.fromkeys(ORDER, 0)
    for item in instrument.items:
        if item.sex is None or item.sex == sex:
            for member in item.scales:
                sums[member.constitution] += 6 - answers[item.key] if member.reverse else answers[item.key]
    return sums


@functools.cache
def item_count(code, constitution):
    """How many items of a scale one person answers, counted in the standards' tables."""
    counts = {
        "zyyxh_t157_2009": (8, 8, 7, 8, 8, 6, 7, 7, 7),
        "gbt_46939_2025": (4, 3, 3, 3, 3, 3, 3, 3, 4),
        "elderly_33": (5, 4, 4, 4, 4, 4, 4, 4, 4),
    }
    return counts[code][ORDER.index(constitution)]


def score(instrument, constitution, raw):
    """[(raw - items) / (items x 4)] x 100, exactly; the raw sum itself on the form for older people."""
    if instrument.rule.kind == "raw_sum":
        return Fraction(raw)
    items = item_count(instrument.code, constitution)
    return Fraction(raw - items, items * 4) * 100


def judge(scores, elderly=False):
    """Constitution -> verdict, from the nine scores (transformed, or raw sums of the form for older people)."""
    yes, tendency, balanced = (11, 9, 17) if elderly else (40, 30, 60)
    verdicts = {}
    for constitution in ORDER[1:]:
        if scores[constitution] >= yes:
            verdicts[constitution] = "yes"
        elif scores[constitution] >= tendency:
            verdicts[constitution] = "tendency"
        else:
            verdicts[constitution] = "no"
    others = [scores[constitution] for constitution in ORDER[1:]]
    if scores[BALANCED] >= balanced and all(other < tendency for other in others):
        verdicts[BALANCED] = "yes"
    elif scores[BALANCED] >= balanced and all(other < yes for other in others):
        verdicts[BALANCED] = "basically"
    else:
        verdicts[BALANCED] = "no"
    return verdicts


def assess(instrument, answers, sex):
    """Constitution -> (raw sum or None, verdict). Without the sex, every sheet that the person might have handed in is judged."""
    elderly = instrument.rule.kind == "raw_sum"
    limited = [item.key for item in instrument.items if item.sex is not None]
    if sex is not None or not limited:
        raws = raw_sums(instrument, answers, sex)
        verdicts = judge({c: score(instrument, c, raw) for c, raw in raws.items()}, elderly)
        return {c: (raws[c], verdicts[c]) for c in ORDER}
    possible = []
    for possible_sex in ("female", "male"):
        own = [item.key for item in instrument.items if item.sex == possible_sex]
        for values in itertools.product(range(1, 6), repeat=len(own)):
            possible.append(assess(instrument, {**answers, **dict(zip(own, values, strict=False))}, possible_sex))
    result = {}
    for constitution in ORDER:
        raws = {sheet[constitution][0] for sheet in possible}
        verdicts = {sheet[constitution][1] for sheet in possible}
        result[constitution] = (raws.pop() if len(raws) == 1 else None, verdicts.pop() if len(verdicts) == 1 else "undetermined")
    return result


def status(instrument, answers, sex):
    """Names of what is wrong with a sheet that may hold anything: missing, out of range, wrong sex."""
    wrong = set()
    for item in instrument.items:
        value = answers.get(item.key, 0)
        if value > 5:
            wrong.add("out_of_range")
        if item.sex is None or item.sex == sex:
            if value == 0:
                wrong.add("missing")
        elif sex is not None and value != 0:
            wrong.add("wrong_sex")
    return wrong


def conclude(instrument, answers, sex):
    """(kind, `yes` types in order, tendencies in order) where the sex is known: highest score first, ties in the standard's order."""
    judged = assess(instrument, answers, sex)

    def height(constitution):
        return -score(instrument, constitution, judged[constitution][0])

    yes = sorted((c for c in ORDER[1:] if judged[c][1] == "yes"), key=height)
    tendencies = sorted((c for c in ORDER[1:] if judged[c][1] == "tendency"), key=height)
    if judged[BALANCED][1] in ("yes", "basically"):
        kind = "balanced" if judged[BALANCED][1] == "yes" else "basically_balanced"
    elif len(yes) == 1:
        kind = "single"
    elif yes:
        kind = "tied" if height(yes[0]) == height(yes[1]) else "combined"
    else:
        kind = "tendencies_only" if tendencies else "undetermined"
    return kind, yes, tendencies


def margin(instrument, answers, sex, constitution, most=12):
    """Least number of one-step changes after which this verdict is another one: every sheet within so many steps is judged."""
    verdict = assess(instrument, answers, sex)[constitution][1]
    keys = [item.key for item in instrument.items if item.sex is None or item.sex == sex]
    reached = {tuple(answers[key] for key in keys)}
    for steps in range(1, most + 1):
        further = set()
        for sheet in reached:
            for place in range(len(sheet)):
                for moved in (sheet[place] - 1, sheet[place] + 1):
                    if 1 <= moved <= 5:
                        further.add((*sheet[:place], moved, *sheet[place + 1 :]))
        reached = further
        for sheet in reached:
            if assess(instrument, dict(zip(keys, sheet, strict=False)), sex)[constitution][1] != verdict:
                return steps
    return None
