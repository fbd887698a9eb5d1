"""Safety in words: red flags, rules that hold, pieces that were left out, questions that were not answered."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge_base import KnowledgeBase
from knowledge_base.model import Contraindication, RedFlag, Statement
from tcm_engine.model import Caution, Excluded, Plan

from . import words
from .item_view import CautionView
from .plan_view import FlagView, LeftOut
from .telling import Telling

URGENCIES = tuple(words.URGENCY)
SEE_A_DOCTOR = 4
LEFT_OUT = 8


def flag_view(code: str, tell: Telling) -> FlagView:
    flag: RedFlag = tell.knowledge.red_flags[code]
    return FlagView(
        code=code,
        urgency=flag.urgency,
        urgency_word=tell.coded(words.URGENCY, flag.urgency),
        sign=tell.say(flag.sign),
        action=tell.say(flag.action),
        evidence=tell.cite(flag),
    )


def flag_views(codes: Iterable[str], tell: Telling) -> tuple[FlagView, ...]:
    """Most urgent first, then as the register orders them."""
    return most_urgent_first(flag_view(code, tell) for code in codes)


def most_urgent_first(flags: Iterable[FlagView]) -> tuple[FlagView, ...]:
    return tuple(sorted(flags, key=lambda flag: URGENCIES.index(flag.urgency)))


def see_a_doctor(plan: Plan, tell: Telling) -> tuple[FlagView, ...]:
    """The cover's box: of the signs that nobody denied, the most urgent; those of the person's complaints first."""
    flags, mine = tell.knowledge.red_flags, set(plan.complaints)
    codes = sorted(
        plan.triage.not_asked or plan.triage.concerning or flags,
        key=lambda c: (URGENCIES.index(flags[c].urgency), not mine & set(flags[c].complaints), bool(flags[c].complaints), c),
    )
    return tuple(flag_view(code, tell) for code in codes[:SEE_A_DOCTOR])


def stopped_text(plan: Plan, tell: Telling) -> str:
    if plan.triage.stopped == "everything":
        return tell.t("Because of this sign the plan is held back altogether. Act on it first; a plan can wait.")
    if plan.triage.stopped == "complaints":
        names = [tell.say(tell.knowledge.complaints[c].name) for c in plan.triage.stopped_complaints if c in tell.knowledge.complaints]
        if not names:
            return tell.t("Have this sign looked at first.")
        return tell.t("Nothing in this plan is meant for {complaints}: have it looked at first.", complaints=tell.list(names))
    return ""


def caution_view(caution: Caution, tell: Telling) -> CautionView:
    statement, text = _rule(caution.rule, tell)
    return CautionView(
        level=caution.level,
        level_word=tell.coded(words.LEVEL, caution.level, ""),
        text=text,
        unsure="" if caution.certain else tell.t("counted as a precaution, because you did not say whether it concerns you"),
        evidence=tell.cite(statement) if statement is not None else None,
    )


def left_out(plan: Plan, tell: Telling) -> tuple[LeftOut, ...]:
    """The strongest rejected pieces, one per piece."""
    strongest: dict[str, Excluded] = {}
    for excluded in sorted(plan.excluded, key=lambda e: -e.rank_points):
        strongest.setdefault(excluded.id, excluded)
    return tuple(_left_out(e, tell) for e in list(strongest.values())[:LEFT_OUT])


def _left_out(excluded: Excluded, tell: Telling) -> LeftOut:
    _, why = _rule(excluded.rule, tell)
    return LeftOut(
        id=excluded.id,
        title=tell.say(tell.knowledge.advice[excluded.id].title),
        domain_name=tell.coded(words.DOMAIN, excluded.domain),
        rule=excluded.rule,
        why=why,
        unsure="" if excluded.certain else tell.t("counted as a precaution, because you did not say whether it concerns you"),
    )


def _rule(rule: str, tell: Telling) -> tuple[Statement | None, str]:
    """(statement, words) of a safety rule, a veto, a preference, a red flag, or a piece's own contraindication."""
    kb = tell.knowledge
    kind, _, code = rule.partition(".")
    if rule in kb.safety:
        return kb.safety[rule], tell.say(kb.safety[rule].text)
    if kind == "veto" and code in kb.constitutions:
        return None, tell.t("does not suit {type}, which shows in your result", type=tell.say(kb.constitutions[code].name))
    if kind == "preference" and code in kb.preferences:
        return None, tell.t("does not fit your preference: {name}", name=tell.say(kb.preferences[code].name))
    if kind == "triage" and code in kb.red_flags:
        return kb.red_flags[code], tell.t("first have this looked at: {sign}", sign=tell.say(kb.red_flags[code].sign))
    own = _own_contraindication(rule, kb)
    return (own, tell.say(own.text)) if own else (None, tell.t("a safety limit of this piece itself"))


def _own_contraindication(rule: str, kb: KnowledgeBase) -> Contraindication | None:
    """`ADVICE.contraindication_N`: the N-th contraindication of the piece, counted from 1."""
    advice_id, _, number = rule.rpartition(".contraindication_")
    advice = kb.advice.get(advice_id)
    if advice is None or not number.isdigit() or not 1 <= int(number) <= len(advice.contraindications):
        return None
    return advice.contraindications[int(number) - 1]


def unknowns(plan: Plan, tell: Telling) -> tuple[str, ...]:
    lines = (tell.coded(words.UNKNOWN, code.partition(":")[0]) for code in plan.unknowns)
    return tuple(dict.fromkeys(lines))
