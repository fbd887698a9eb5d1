"""Instruments: nine scales in full, cut-offs that make sense, measured bands without gaps, and a form that really contains another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ..base import Found
from ..model import Constitution, Instrument, Item
from ..problem import Problem

MOST_ITEMS = 8
"""A raw sum must fit the kernel's table of 64 and a byte: at most 8 items of 5."""


def problems(file: str, form: Instrument) -> Iterator[Problem]:
    """All that is wrong with one instrument in itself."""
    for check in (_keys, _scales, _sexes, _cut_offs, _reliability, _measures):
        yield from check(file, form)


def _keys(file: str, form: Instrument) -> Iterator[Problem]:
    keys = [item.key for item in form.items] + [item.measure.key for item in form.items if item.measure]
    for key, times in Counter(keys).items():
        if times > 1:
            yield Problem(file, "$.items", f"the key {key} is used {times} times; each answer needs its own")


def _scales(file: str, form: Instrument) -> Iterator[Problem]:
    for constitution in Constitution:
        count = sum(item.sex != "male" for item in form.items for member in item.scales if member.constitution == constitution)
        if not 1 <= count <= MOST_ITEMS:
            yield Problem(file, "$.items", f"{constitution} has {count} scored items; there must be 1 to {MOST_ITEMS}")
    for item in form.items:
        if len({member.constitution for member in item.scales}) < len(item.scales):
            yield Problem(file, f"$.items.{item.key}", "counts twice in one scale")
        for member in item.scales:
            if member.reverse and member.constitution != Constitution.BALANCED:
                yield Problem(file, f"$.items.{item.key}", f"is reversed in {member.constitution}; only balanced reverses items")


def _sexes(file: str, form: Instrument) -> Iterator[Problem]:
    """An item for one sex has a counterpart for the other in the same scale, so that the scale has one length."""
    limited = [item for item in form.items if item.sex]
    for constitution in Constitution:
        count = Counter(item.sex for item in limited for member in item.scales if member.constitution == constitution)
        if count["female"] != count["male"]:
            yield Problem(file, "$.items", f"{constitution} asks {count['female']} items of women and {count['male']} of men; give as many")
    for item in limited:
        if any(member.constitution == Constitution.BALANCED for member in item.scales):
            yield Problem(file, f"$.items.{item.key}", "is asked of one sex but counts in balanced; only biased scales may have such items")


def _cut_offs(file: str, form: Instrument) -> Iterator[Problem]:
    rule = form.rule
    if not 0 < rule.tendency_at < rule.yes_at:
        yield Problem(file, "$.rule", f"tendency begins at {rule.tendency_at} and yes at {rule.yes_at}; tendency must come first")
    if not rule.balanced_yes_below <= rule.balanced_basically_below:
        yield Problem(file, "$.rule", "balanced is `yes` below a higher score than `basically`; exchange them")
    if rule.kind == "transformed" and max(rule.yes_at, rule.balanced_at) > 100:
        yield Problem(file, "$.rule", "a transformed score never exceeds 100; lower the cut-off")


def _reliability(file: str, form: Instrument) -> Iterator[Problem]:
    given = Counter(entry.constitution for entry in form.reliability)
    for constitution in Constitution:
        if given[constitution] != 1:
            yield Problem(file, "$.reliability", f"{constitution} has {given[constitution]} standard errors; there must be one")


def _measures(file: str, form: Instrument) -> Iterator[Problem]:
    for item in form.items:
        if item.measure:
            yield from _bands(file, item)


def _bands(file: str, item: Item) -> Iterator[Problem]:
    bands, path = item.measure.bands, f"$.items.{item.key}.measure.bands"  # type: ignore[union-attr]  # a caller has looked
    if [band.answer for band in bands] != [1, 2, 3, 4, 5]:
        yield Problem(file, path, "the bands answer 1 to 5 in this order")
    if bands[0].low is not None or bands[-1].high is not None:
        yield Problem(file, path, "the first band is open below and the last above")
    for lower, upper in pairwise(bands):
        if lower.high is None or lower.high != upper.low:
            yield Problem(
                file, path, f"band {lower.answer} ends at {lower.high} and band {upper.answer} begins at {upper.low}; close the gap"
            )
    begins = [band.low for band in bands[1:] if band.low is not None]
    if begins != sorted(set(begins)):
        yield Problem(file, path, "the bands do not rise")


def _each(found: Found) -> Iterator[Problem]:
    for file, form in found["instruments"].values():
        yield from problems(file, form)


def _contained(found: Found) -> Iterator[Problem]:
    """`contains` holds: every item of the other form is here, in the same scales, with the same answers and the same rule."""
    forms = found["instruments"]
    for file, form in forms.values():
        if not form.contains:
            continue
        if form.contains not in forms:
            yield Problem(file, "$.contains", f"{form.contains} is not in the register instruments")
            continue
        inner, items = forms[form.contains][1], {item.key: item for item in form.items}
        for item in inner.items:
            outer = items.get(item.key)
            if outer is None or not _meaning(item) <= _meaning(outer):
                yield Problem(file, "$.contains", f"{item.key} of {form.contains} is not here with the same scales and sex")
        if (inner.anchors, inner.recall) != (form.anchors, form.recall):
            yield Problem(file, "$.contains", f"{form.contains} has other answers or another time to recall")


def _meaning(item: Item) -> frozenset[tuple]:
    return frozenset((member.constitution, member.reverse, item.sex) for member in item.scales)


CHECKS = (_each, _contained)
