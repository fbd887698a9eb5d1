"""The result strip's numbers: cut-offs and axis from the instrument, rows sorted."""

from __future__ import annotations

from knowledge_base.model import Instrument
from tcm_engine.model import CONSTITUTIONS, Assessment, ScaleResult

from . import format, words
from .strip import CutOff, Strip, StripRow
from .telling import Telling


def present_strip(assessment: Assessment, instrument: Instrument, tell: Telling, finding: str) -> Strip:
    biased = sorted(assessment.scores[1:], key=lambda s: (-(s.score if s.score is not None else -1.0), CONSTITUTIONS.index(s.constitution)))
    rule, t = instrument.rule, tell.t
    rows = tuple(_row(s, tell) for s in biased)
    apart = _row(assessment.scores[0], tell)
    low, high = axis(instrument, biased[0].items)
    apart_low, apart_high = axis(instrument, assessment.scores[0].items)
    return Strip(
        finding=finding,
        low=low,
        high=high,
        unit_words=t("{low} to {high} points; the higher, the more marked", low=int(low), high=int(high)),
        legend=t("Pale bar: where two of three repeated sittings would fall"),
        cut_offs=(
            CutOff(rule.tendency_at, t("tendency from {n}", n=rule.tendency_at), solid=False),
            CutOff(rule.yes_at, t("yes from {n}", n=rule.yes_at), solid=True),
        ),
        rows=rows,
        apart=apart,
        apart_words=t("Balanced type (here higher is better)"),
        apart_low=apart_low,
        apart_high=apart_high,
        apart_cut_offs=(CutOff(rule.balanced_at, t("from {n}", n=rule.balanced_at), solid=True),),
        text=format.joined([f"{row.name} {row.value_text} {row.word}".replace("  ", " ") for row in (*rows, apart)], tell.lang),
    )


def axis(instrument: Instrument, items: int) -> tuple[float, float]:
    """Ends of the score's axis: 0 to 100, or the least and greatest raw sum of so many items."""
    return (0.0, 100.0) if instrument.rule.kind == "transformed" else (float(items), float(5 * items))


def _row(scale: ScaleResult, tell: Telling) -> StripRow:
    entry = tell.knowledge.constitutions[scale.constitution]
    low, high = scale.interval or (None, None)
    return StripRow(
        code=scale.constitution,
        name=tell.say(entry.short),
        word=tell.coded(words.VERDICT, scale.verdict),
        value=scale.score,
        value_text="" if scale.score is None else str(half_up(scale.score)),
        low=low,
        high=high,
        strong=scale.verdict in ("yes", "basically"),
    )


def half_up(value: float) -> int:
    """The nearest whole number, halves upwards: 62.5 is 63."""
    return int(value + 0.5)
