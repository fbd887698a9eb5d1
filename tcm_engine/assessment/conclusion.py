"""The conclusion and the review reasons of one sheet, in codes.

Conclusions (`Coded.code`; every parameter is a tuple of constitution codes and is there even when empty):
    balanced            constitutions = (balanced,)
    basically_balanced  constitutions = (balanced,), tendencies
    single              constitutions = the one type, tendencies
    combined            constitutions = the primary type, then the accompanying ones, highest score first; tendencies
    tied                constitutions = all `yes` types, highest first; leading = those with the same highest score; tendencies
    leading_unknown     constitutions = all `yes` types; without the sex it cannot be said which of them, or an undetermined one, leads
    tendencies_only     tendencies, highest score first
    undetermined        nothing applies, or nothing can be said without the sex; tendencies
All carry `undetermined`: types that cannot be judged without the sex.

Review reasons: `equal_top_scores` (constitutions), `contradictory_types` (constitutions), `nothing_applies`, `sex_missing` (undetermined),
`sex_item_without_sex`, `straight_lining`, `answered_too_fast` (seconds, items), `below_intended_age` (age, intended_age).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from ..kernels import concluding as k
from ..model import CONSTITUTIONS, Coded
from .form import Form

KINDS: tuple[str, ...] = (
    "",
    "balanced",
    "basically_balanced",
    "single",
    "combined",
    "tied",
    "leading_unknown",
    "tendencies_only",
    "undetermined",
)
"""Code of a conclusion; index = the byte that the kernel writes."""
REASONS: Mapping[int, str] = MappingProxyType(
    {
        k.EQUAL_TOP: "equal_top_scores",
        k.CONTRADICTORY: "contradictory_types",
        k.NOTHING_APPLIES: "nothing_applies",
        k.SEX_MISSING: "sex_missing",
        k.SEX_ITEM_WITHOUT_SEX: "sex_item_without_sex",
        k.STRAIGHT_LINING: "straight_lining",
    }
)
"""Bit that the kernel sets -> code of the review reason, in the order in which they are told."""
LEAST_SECONDS_PER_ITEM = 1
"""Faster than one second a question is too fast to have been read (docs/decisions/0012)."""


def conclusion_of(conclusions: k.Conclusions, verdicts: np.ndarray, person: int = 0) -> Coded:
    """The conclusion of one person of a batch; verdicts: uint8 [9, N]."""
    names = [CONSTITUTIONS[i] for i in conclusions.ranked[:, person] if i < 9]
    kind, yes = KINDS[conclusions.kind[person]], int(conclusions.yes[person])
    params: dict[str, str | int | float | tuple[str, ...]] = {
        "constitutions": CONSTITUTIONS[:1] if kind in ("balanced", "basically_balanced") else tuple(names[:yes]),
        "tendencies": tuple(names[yes : yes + int(conclusions.tendencies[person])]),
        "undetermined": tuple(c for c, verdict in zip(CONSTITUTIONS, verdicts[:, person], strict=False) if verdict == 4),
    }
    if kind == "tied":
        params["leading"] = tuple(names[: int(conclusions.leading[person])])
    return Coded(kind, MappingProxyType(params))


def sheet_reasons(bits: int, conclusion: Coded) -> list[Coded]:
    """The review reasons that come from the sheet itself."""
    said = conclusion.params
    params: Mapping[str, Mapping[str, str | int | float | tuple[str, ...]]] = {
        "equal_top_scores": {"constitutions": said.get("leading", ())},
        "contradictory_types": {"constitutions": ("yang_deficiency", "yin_deficiency")},
        "sex_missing": {"undetermined": said["undetermined"]},
    }
    return [Coded(code, MappingProxyType(params.get(code, {}))) for bit, code in REASONS.items() if bits & bit]


def sitting_reasons(form: Form, answered: int, age: int | None, answered_in_s: float | None) -> list[Coded]:
    """The review reasons that come from how and by whom the sheet was answered. `answered`: number of answers."""
    found = []
    if answered_in_s is not None and answered_in_s < LEAST_SECONDS_PER_ITEM * answered:
        found.append(Coded("answered_too_fast", MappingProxyType({"seconds": answered_in_s, "items": answered})))
    if age is not None and age < form.instrument.intended_age:
        found.append(Coded("below_intended_age", MappingProxyType({"age": age, "intended_age": form.instrument.intended_age})))
    return found


def types_in(conclusion: Coded, list_: str) -> tuple[str, ...]:
    """One of the conclusion's lists of constitutions; empty where it has none."""
    found = conclusion.params.get(list_, ())
    return found if isinstance(found, tuple) else ()


def primary_of(conclusion: Coded) -> str | None:
    """The leading type, where one can be named."""
    named = conclusion.code in ("balanced", "basically_balanced", "single", "combined")
    return types_in(conclusion, "constitutions")[0] if named else None
