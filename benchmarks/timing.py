"""Fair timing: contestants take turns, so that a noisy minute hits them all; medians are compared, noise is shown."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one contestant."""

    median: float
    noise: float
    """Half the distance between the quartiles, as a share of the median."""
    repeats: int


@dataclass(frozen=True, slots=True)
class Goal:
    """What a ratio should be."""

    words: str
    most: float | None = None
    least: float | None = None
    under_s: float | None = None
    """Seconds, where the goal is a time and no ratio."""
    of: str = ""
    """The contestant that the ratio is taken to; the race's base unless told."""

    def met(self, ratio: float, seconds: float) -> bool:
        limits = ((ratio, self.most), (seconds, self.under_s))
        return (self.least is None or ratio >= self.least) and all(limit is None or value <= limit for value, limit in limits)


@dataclass(frozen=True, slots=True)
class Race:
    """One thing that was measured, against whom."""

    title: str
    timings: Mapping[str, Timing]
    base: str
    """The contestant that the others are divided by."""
    goals: Mapping[str, Goal]
    """Contestant -> what its ratio should be."""

    def ratio(self, contestant: str, to: str = "") -> float:
        return self.timings[contestant].median / self.timings[to or self.base].median


def race(
    title: str,
    contestants: Mapping[str, Callable[[], object]],
    *,
    base: str,
    repeats: int = 9,
    slow: Mapping[str, int] | None = None,
    goals: Mapping[str, Goal] | None = None,
    clock: Callable[[], float] = perf_counter,
) -> Race:
    """Run every contestant once unmeasured, then in turns `repeats` times.

    slow: fewer turns for these contestants. clock: what is counted; the wall's seconds unless told.
    """
    turns = {name: (slow or {}).get(name, repeats) for name in contestants}
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for name, run in contestants.items():
        if turns[name] > 1:
            run()
    for turn in range(max(turns.values())):
        for name, run in contestants.items():
            if turn < turns[name]:
                seconds[name].append(_once(run, clock))
    return Race(title, {name: _timing(times) for name, times in seconds.items()}, base, goals or {})


def table(race: Race) -> str:
    """The race as lines of text: median, ratio to the base, noise, goal and whether it was met."""
    lines = [race.title]
    for name, timing in sorted(race.timings.items(), key=lambda entry: entry[1].median):
        goal = _judged(race, name)
        lines.append(f"  {name:<44} {_seconds(timing.median):>10} {race.ratio(name):>10.2f} x  ±{timing.noise:>4.0%}  {goal}")
    return "\n".join(lines)


def _judged(race: Race, name: str) -> str:
    goal = race.goals.get(name)
    return f"{goal.words}: {'met' if goal.met(race.ratio(name, goal.of), race.timings[name].median) else 'missed'}" if goal else ""


def _once(run: Callable[[], object], clock: Callable[[], float]) -> float:
    gc.collect()
    start = clock()
    run()
    return clock() - start


def _timing(times: list[float]) -> Timing:
    middle = median(times)
    low, _, high = quantiles(times, n=4) if len(times) > 1 else (middle, middle, middle)
    return Timing(middle, (high - low) / 2 / middle, len(times))


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.2f} ms" if value >= 1e-3 else f"{value * 1e6:.1f} µs"
