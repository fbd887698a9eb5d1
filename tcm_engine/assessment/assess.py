"""One answered sheet -> one assessment; and a long-form sheet scored again under the short form it contains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from ..model import CONSTITUTIONS, VERDICT_CODES, Assessment, InvalidInput, Profile, ScaleResult, Sex
from .batch_scores import conclude_sheets, score_sheets
from .conclusion import conclusion_of, primary_of, sheet_reasons, sitting_reasons, types_in
from .form import SEX_CODES, Form, shown_score
from .margin import Sums, margin_steps
from .sheet import age_faults, read_sheet
from .uncertainty import chances_of_another_verdict, interval


def assess(
    form: Form,
    answers: Mapping[str, Any],
    *,
    sex: Sex | None = None,
    assessed_on: date,
    birth_date: date | None = None,
    answered_in_s: float | None = None,
    engine_version: str = "",
    knowledge_version: str = "",
) -> Assessment:
    """Score one sheet.

    answers: item key (or key of a measured number) -> number; an item of the other sex is absent or None. Raises InvalidInput with
    every fault: of the answers at `$.answers.KEY`, of the person at `$.person.FIELD`.
    """
    faults = age_faults(form, birth_date, assessed_on)
    read: Mapping[str, int] = {}
    try:
        read = read_sheet(form, answers, sex)
    except InvalidInput as invalid:
        faults += invalid.faults
    if faults:
        raise InvalidInput(faults)
    sheet = np.array([[read.get(key, 0)] for key in form.keys], np.uint8)
    sexes = np.array([SEX_CODES[sex]], np.uint8)
    scores = score_sheets(form, sheet, sexes)
    concluded = conclude_sheets(form, sheet, sexes, scores)
    conclusion = conclusion_of(concluded, scores.verdict)
    age = Profile(birth_date=birth_date).age_on(assessed_on)
    scored = {key: value for key, value in read.items() if form.asked(key, sex)}
    primary = primary_of(conclusion)
    return Assessment(
        instrument=form.code,
        edition=str(form.instrument.edition),
        answers=read,
        sex=sex,
        assessed_on=assessed_on,
        scores=_results(form, scored, sex, scores.raw[:, 0], scores.verdict[:, 0]),
        primary=primary,
        accompanying=tuple(c for c in types_in(conclusion, "constitutions") if c != primary),
        tendencies=types_in(conclusion, "tendencies"),
        conclusion=conclusion,
        review_reasons=(*sheet_reasons(int(concluded.reasons[0]), conclusion), *sitting_reasons(form, len(scored), age, answered_in_s)),
        engine_version=engine_version,
        knowledge_version=knowledge_version,
    )


def rescore(assessment: Assessment, form: Form, target: Form, *, engine_version: str = "", knowledge_version: str = "") -> Assessment:
    """The assessment of a sheet of `form` under `target`, whose items are all among it: exact, with the same answers.

    Not the same as having asked the shorter form: people answer in a context. What only the sitting knew (age, time taken) is not
    judged again. Raises ValueError where `form` does not contain `target`.
    """
    if form.instrument.contains != target.code or assessment.instrument != form.code:
        raise ValueError(f"a sheet of {assessment.instrument} cannot be scored under {target.code}")
    answers = {key: value for key, value in assessment.answers.items() if key in target.items}
    return assess(
        target,
        answers,
        sex=assessment.sex,
        assessed_on=assessment.assessed_on,
        engine_version=engine_version,
        knowledge_version=knowledge_version,
    )


def _results(form: Form, scored: Mapping[str, int], sex: Sex | None, raw: np.ndarray, verdict: np.ndarray) -> tuple[ScaleResult, ...]:
    verdicts, kind = verdict.tolist(), form.instrument.rule.kind
    sums = _sums(form, scored, sex, raw.tolist())
    raws = [least if least == most else None for least, most in zip(sums.least, sums.most, strict=True)]
    margins = margin_steps(form, scored, sums, verdicts)
    chances = chances_of_another_verdict(form, raws, verdicts)
    return tuple(
        ScaleResult(
            constitution=CONSTITUTIONS[s],
            raw=known,
            items=scale.items,
            score=None if known is None else shown_score(kind, scale.items, known),
            verdict=VERDICT_CODES[verdicts[s]],
            margin_steps=margins[s],
            standard_error=scale.standard_error,
            interval=None if known is None else interval(form, s, known),
            chance_of_another_verdict=chances[s],
        )
        for s, (scale, known) in enumerate(zip(form.scales, raws, strict=True))
    )


def _sums(form: Form, scored: Mapping[str, int], sex: Sex | None, raws: Sequence[int]) -> Sums:
    """`raws` are the kernel's; a scale with an item that may or may not belong to it has none, and is summed here."""
    least, most = list(raws), list(raws)
    for s, scale in enumerate(form.scales):
        if sex is None and scale.open_range != (0, 0):
            known = sum(6 - scored[key] if reverse else scored[key] for key, reverse in scale.members.items() if key in scored)
            least[s], most[s] = known + scale.open_range[0], known + scale.open_range[1]
    return Sums(least, most)
