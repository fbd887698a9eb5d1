"""Rules and red flags that can be followed: a dose where something is limited, an action and a time where help is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base import Found
from ..problem import Problem
from .walk import entries

DOSE = re.compile(r"[0-9]|一[次天日周份杯碗小]|半[杯碗份]|每[天日周次餐]|不超过|以内|以下|间隔|温度|小口|慢|分钟|先|少|轻|坐着|改")
"""What makes a limit one: a number, a bound, a pace, a way to do it instead."""
ACTION = re.compile("拨打|去|就医|急诊|看医生|联系|预约|前往|送医")
TIME = re.compile("立即|马上|当天|24小时|小时内|[0-9]+天|[0-9]+周|周内|天内|月内")
PERHAPS = re.compile("可能|建议|也许|大概|最好|或许")
PREGNANCY = frozenset(["pregnant", "trimester:1", "trimester:2", "trimester:3"])
SAYS_PREGNANCY = re.compile("孕")


def _levels(found: Found) -> Iterator[Problem]:
    for _, key, file, rule in entries(found, "safety"):
        if rule.level == "block" and not rule.unknown_counts:
            yield Problem(file, f"{key}.unknown_counts", "a block always counts what is not known; only limit and warn may say false")
        if not rule.when.any and not rule.when.all:
            yield Problem(file, f"{key}.when", "names no fact; a rule says for whom it holds")
        if rule.level == "limit" and not DOSE.search(rule.text.zh):
            yield Problem(file, f"{key}.text", "a limit says how much, how often or how; give the number or the bound")


def _twins(found: Found) -> Iterator[Problem]:
    """Two rules with the same facts, features and level are one rule written twice."""
    seen: dict[tuple, str] = {}
    for _, key, file, rule in entries(found, "safety"):
        same = (rule.level, frozenset(rule.when.any), frozenset(rule.when.all), frozenset(rule.features))
        if same in seen:
            yield Problem(file, key, f"says the same as {seen[same]}; keep one")
        seen.setdefault(same, key)


def _red_flags(found: Found) -> Iterator[Problem]:
    for _, key, file, flag in entries(found, "red_flags"):
        if not ACTION.search(flag.action.zh):
            yield Problem(file, f"{key}.action", f"「{flag.action.zh[:20]}」 names no action; say whom to call or where to go")
        if not TIME.search(flag.action.zh):
            yield Problem(file, f"{key}.action", f"「{flag.action.zh[:20]}」 names no time; say at once, within 24 hours, within 2 weeks")
        if hit := PERHAPS.search(flag.sign.zh + flag.action.zh):
            yield Problem(file, key, f"「{hit[0]}」 weakens a warning sign; say it plainly")
        if flag.urgency == "emergency" and "120" not in flag.action.zh and "急诊" not in flag.action.zh:
            yield Problem(file, f"{key}.action", "an emergency names 120 or the emergency department")


def _points_in_pregnancy(found: Found) -> Iterator[Problem]:
    """Who reads a point's card alone must find there what the rules know."""
    blocked = {
        feature.removeprefix("point:")
        for _, _, _, rule in entries(found, "safety")
        if rule.level == "block" and PREGNANCY & {*rule.when.any, *rule.when.all}
        for feature in rule.features
        if feature.startswith("point:")
    }
    for _, code, file, point in entries(found, "points"):
        if code in blocked and not any(SAYS_PREGNANCY.search(caution.zh) for caution in point.cautions):
            yield Problem(file, "$.cautions", f"{code} is blocked in pregnancy, but its cautions do not say so; add the words")


CHECKS = (_levels, _twins, _red_flags, _points_in_pregnancy)
