"""An instrument compiled for scoring: item order, scale lengths, cut-offs as whole raw sums. Made once, then shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType

import numpy as np

from knowledge_base.model import Instrument, Item, Measure

from ..kernels.scoring import FEMALE, MALE, FormArrays
from ..model import CONSTITUTIONS, Sex

SEX_CODES: Mapping[Sex | None, int] = MappingProxyType({None: 0, "female": FEMALE, "male": MALE})


@dataclass(frozen=True, slots=True)
class Scale:
    """One of the nine sub-scales. Raw sums run from `items` to 5 times `items`."""

    constitution: str
    items: int
    """Number of items that are scored for one person."""
    members: Mapping[str, bool]
    """Item key -> whether it is reversed here."""
    bounds: tuple[int, int, int, int]
    """Whole raw sums: first that is `yes` (balanced: reaches its cut-off), first `tendency`, first that keeps balanced from `yes`, first
    that keeps it from `basically`."""
    open_range: tuple[int, int]
    """What the answers to sex-limited items may add while the sex is not given: least, most. (0, 0) where none is limited."""
    standard_error: float


@dataclass(frozen=True, slots=True)
class Form:
    """An instrument, ready to score."""

    instrument: Instrument
    keys: tuple[str, ...]
    """Item keys in the instrument's order: the order of the columns in `score_batch`."""
    items: Mapping[str, Item]
    measures: Mapping[str, str]
    """Key of a measured number -> key of the item that it answers."""
    scales: tuple[Scale, ...]
    """Nine, in the standard's order."""
    shared: tuple[str, ...]
    """Keys of the items that count in more than one biased scale."""
    arrays: FormArrays

    @property
    def code(self) -> str:
        return str(self.instrument.code)

    def score(self, scale: int, raw: int) -> Fraction:
        """The score of a raw sum in the instrument's unit, exactly."""
        return exact_score(self.instrument.rule.kind, self.scales[scale].items, raw)

    def measure(self, key: str) -> Measure:
        """The measured number of this key. Raises KeyError where the form has none."""
        measure = self.items[self.measures[key]].measure
        if measure is None:
            raise KeyError(key)
        return measure

    def asked(self, key: str, sex: Sex | None) -> bool:
        """Whether the item must be answered by a person of this sex; a sex-limited one is not asked while the sex is not known."""
        limited = self.items[key].sex
        return limited is None or limited == sex


@cache
def shown_score(kind: str, items: int, raw: int) -> float:
    """The same to show; no verdict is decided on it."""
    return float(exact_score(kind, items, raw))


@cache
def exact_score(kind: str, items: int, raw: int) -> Fraction:
    """The score of a raw sum over so many items. Remembered: there are few raw sums, and every request asks for them."""
    return Fraction(raw) if kind == "raw_sum" else Fraction((raw - items) * 100, items * 4)


def compile_form(instrument: Instrument) -> Form:
    """The instrument as arrays and exact cut-offs."""
    scales = tuple(_scale(instrument, code) for code in CONSTITUTIONS)
    items = {item.key: item for item in instrument.items}
    return Form(
        instrument=instrument,
        keys=tuple(items),
        items=MappingProxyType(items),
        measures=MappingProxyType({item.measure.key: item.key for item in instrument.items if item.measure}),
        scales=scales,
        shared=tuple(key for key in items if sum(key in scale.members for scale in scales[1:]) > 1),
        arrays=_arrays(instrument, scales),
    )


def _scale(instrument: Instrument, code: str) -> Scale:
    members = {item.key: m.reverse for item in instrument.items for m in item.scales if m.constitution == code}
    limited = {sex: sum(item.sex == sex for item in instrument.items if item.key in members) for sex in ("female", "male")}
    items = len(members) - limited["male"]
    rule = instrument.rule
    own = (
        (rule.balanced_at,) * 4
        if code == CONSTITUTIONS[0]
        else (rule.yes_at, rule.tendency_at, rule.balanced_yes_below, rule.balanced_basically_below)
    )
    yes, tendency, keeps_from_yes, keeps_from_basically = (_first_raw_at(rule.kind, threshold, items) for threshold in own)
    return Scale(
        constitution=code,
        items=items,
        members=MappingProxyType(members),
        bounds=(yes, tendency, keeps_from_yes, keeps_from_basically),
        open_range=(limited["female"], 5 * limited["female"]),
        standard_error=next(r.standard_error for r in instrument.reliability if r.constitution == code),
    )


def _first_raw_at(kind: str, threshold: int, items: int) -> int:
    """The least raw sum whose score is at least `threshold`; `transformed`: (raw - items) * 100 >= threshold * 4 * items."""
    if kind == "raw_sum":
        return threshold
    return next(raw for raw in range(items, 5 * items + 2) if (raw - items) * 100 >= threshold * 4 * items or raw > 5 * items)


def _arrays(instrument: Instrument, scales: tuple[Scale, ...]) -> FormArrays:
    members = [item.scales for item in instrument.items]
    flat = [member for group in members for member in group]
    return FormArrays(
        item_sex=np.array([SEX_CODES[item.sex] for item in instrument.items], np.uint8),
        member_first=np.cumsum([0, *map(len, members)]).astype(np.int64),
        member_scale=np.array([CONSTITUTIONS.index(member.constitution) for member in flat], np.uint8),
        member_reverse=np.array([member.reverse for member in flat], np.uint8),
        bounds=np.array([(*scale.bounds, *scale.open_range) for scale in scales], np.uint8).T.copy(),
    )
