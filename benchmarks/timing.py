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
class Race:
    """One thing that was measured, against whom."""

    title: str
    timings: Mapping[str, Timing]
    base: str
    """The contestant that the others are divided by."""
    goals: Mapping[str, str]
    """Contestant -> what its ratio should be, in words (`at most 2`)."""

    def ratio(self, contestant: str) -> float:
        return self.timings[contestant].median / self.timings[self.base].median


def race(
    title: str,
    contestants: Mapping[str, Callable[[], object]],
    *,
    base: str,
    repeats: int = 9,
    slow: Mapping[str, int] | None = None,
    goals: Mapping[str, str] | None = None,
) -> Race:
    """Run every contestant once unmeasured, then in turns `repeats` times. `slow`: fewer turns for these contestants."""
    turns = {name: (slow or {}).get(name, repeats) for name in contestants}
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for name, run in contestants.items():
        if turns[name] > 1:
            run()
    for turn in range(max(turns.values())):
        for name, run in contestants.items():
            if turn < turns[name]:
                seconds[name].append(_once(run))
    return Race(title, {name: _timing(times) for name, times in seconds.items()}, base, goals or {})


def table(race: Race) -> str:
    """The race as lines of text: seconds, ratio to the base, noise, goal."""
    lines = [race.title]
    for name, timing in sorted(race.timings.items(), key=lambda entry: entry[1].median):
        goal = race.goals.get(name, "")
        lines.append(f"  {name:<44} {_seconds(timing.median):>10} {race.ratio(name):>10.2f} x  ±{timing.noise:>4.0%}  {goal}")
    return "\n".join(lines)


def _once(run: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    run()
    return perf_counter() - start


def _timing(times: list[float]) -> Timing:
    middle = median(times)
    low, _, high = quantiles(times, n=4) if len(times) > 1 else (middle, middle, middle)
    return Timing(middle, (high - low) / 2 / middle, len(times))


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.2f} ms" if value >= 1e-3 else f"{value * 1e6:.1f} µs"
