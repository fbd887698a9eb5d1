"""Tables of counts that are shown to somebody who must not learn about single people: what to merge, and which cells to withhold.

All tables of one publication count the same people by the same columns and differ in their rows. First columns, then rows, with fewer
people than the threshold are merged, so that every total can be shown. Then every cell under the threshold is withheld, 0 included, and
others with it, until whatever is withheld could lie in an interval wider than the threshold, given everything that is shown.

Because the tables share nothing but the totals of their columns, which are shown, any completion of one agrees with any of the others
(a decomposable model): what an outsider can infer about a cell is what its own table tells. There the interval is exact, in whole
numbers: rows and columns are the nodes of a network, and the most that a cell can grow is the largest flow from its column back to its
row (Gusfield 1988; Cox 1995).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
WITHHELD = -1
"""Stands for a cell that is not shown."""
Group = tuple[int, ...]
"""Rows or columns of the given table that are shown as one."""


@dataclass(frozen=True, slots=True)
class Published:
    """One table as it may be shown."""

    rows: tuple[Group, ...]
    row_totals: tuple[int, ...]
    columns: tuple[Group, ...]
    """Each of one or more of the publication's groups of columns: where a finer table could not be made safe."""
    cells: tuple[tuple[int, ...], ...]
    """A row a group of rows, a column a group of columns; WITHHELD where nothing is shown."""


@dataclass(frozen=True, slots=True)
class Publication:
    people: int
    columns: tuple[Group, ...]
    column_totals: tuple[int, ...]
    tables: tuple[Published | None, ...]
    """In the order given; None for a table whose rows cannot be told apart safely."""


def publish(tables: Sequence[Counts], threshold: int) -> Publication | None:
    """What may be shown of tables [rows, columns] that count the same people by the same columns. None where nothing may.

    Raises ValueError where the tables disagree in the totals of their columns, a count is negative, or the threshold is below 1.
    """
    totals = _checked(tables, threshold)
    if totals.sum() < threshold:
        return None
    columns = merged(totals, threshold)
    shown = [_publish_one(np.asarray(table, np.int64), columns, threshold) for table in tables]
    return Publication(int(totals.sum()), columns, tuple(int(totals[list(group)].sum()) for group in columns), tuple(shown))


def merged(totals: NDArray[np.int64], threshold: int) -> tuple[Group, ...]:
    """Groups of indices, each with at least `threshold` people where all together have as many.

    Those under the threshold become one group, with the next smallest while it is itself too small; it comes last.
    """
    order = sorted(range(len(totals)), key=lambda i: (int(totals[i]), i))
    together = [i for i in order if totals[i] < threshold]
    if len(together) == 1 and len(order) > 1:
        together.append(order[1])
    rest = [i for i in order if i not in together]
    while together and rest and sum(int(totals[i]) for i in together) < threshold:
        together.append(rest.pop(0))
    alone = [(i,) for i in sorted(rest)]
    return (*alone, tuple(sorted(together))) if together else tuple(alone)


def withhold(counts: Counts, threshold: int) -> Mask | None:
    """Which cells of a table with shown totals may be shown [rows, columns]; None where no choice of cells is safe."""
    hidden = counts < threshold
    waiting = deque(zip(*np.nonzero(hidden), strict=True))
    while waiting:
        i, j = waiting.popleft()
        while not _is_safe(counts, hidden, i, j, threshold):
            more = _companions(counts, hidden, i, j, threshold)
            if not more:
                return None
            for cell in more:
                hidden[cell] = True
                waiting.append(cell)
    return ~_uncovered(counts, hidden, threshold)


def interval(counts: Counts, hidden: Mask, i: int, j: int) -> tuple[int, int]:
    """Least and greatest value of a withheld cell that agrees with every cell that is shown and with all totals."""
    value = int(counts[i, j])
    return value - min(value, _flow(counts, hidden, i, j, grow=False)), value + _flow(counts, hidden, i, j, grow=True)


def _checked(tables: Sequence[Counts], threshold: int) -> NDArray[np.int64]:
    if threshold < 1 or not tables:
        raise ValueError("a publication needs a table and a threshold of at least 1")
    totals = [np.asarray(table, np.int64).sum(axis=0) for table in tables]
    if any((np.asarray(table) < 0).any() for table in tables) or any(not np.array_equal(totals[0], other) for other in totals):
        raise ValueError("the tables do not count the same people")
    return totals[0]


def _joined(counts: Counts, groups: Sequence[Group]) -> Counts:
    """Rows added up by group."""
    return np.array([counts[list(group)].sum(axis=0) for group in groups], np.int64).reshape(len(groups), counts.shape[1])


def _publish_one(counts: Counts, columns: Sequence[Group], threshold: int) -> Published | None:
    """Rows without anybody are left out; a table that cannot be made safe is merged further, and given up with a single row or column."""
    present = [i for i in range(len(counts)) if counts[i].sum() > 0]
    rows = [tuple(present[i] for i in group) for group in merged(counts[present].sum(axis=1), threshold)]
    own = list(columns)
    while len(rows) > 1 and len(own) > 1:
        table = _joined(_joined(counts, rows).T, own).T
        shown = withhold(table, threshold)
        if shown is not None:
            cells = np.where(shown, table, WITHHELD)
            totals = tuple(map(int, table.sum(axis=1)))
            return Published(tuple(rows), totals, tuple(own), tuple(tuple(map(int, row)) for row in cells))
        down, across = table.sum(axis=1), table.sum(axis=0)
        if len(own) > 2 and (len(rows) == 2 or across.min() <= down.min()):
            own = _coarser(own, across)
        else:
            rows = _coarser(rows, down)
    return None


def _coarser(groups: Sequence[Group], totals: NDArray[np.int64]) -> list[Group]:
    """The two smallest groups made one, last."""
    first, second = sorted(range(len(groups)), key=lambda g: (int(totals[g]), g))[:2]
    return [g for n, g in enumerate(groups) if n not in (first, second)] + [tuple(sorted(groups[first] + groups[second]))]


def _is_safe(counts: Counts, hidden: Mask, i: int, j: int, threshold: int) -> bool:
    low, high = interval(counts, hidden, i, j)
    return high - low > threshold


def _companions(counts: Counts, hidden: Mask, i: int, j: int, threshold: int) -> list[tuple[int, int]]:
    """Cells to withhold with (i, j): the corners of a rectangle in which people can be moved round without any total changing.

    Of the rectangles that make the interval wide enough, the one that withholds fewest people; if there is none, the widest.
    Empty where every rectangle is withheld already.
    """
    best: tuple[bool, int, int, list[tuple[int, int]]] | None = None
    for k in range(counts.shape[0]):
        for m in range(counts.shape[1]):
            new = [cell for cell in ((i, m), (k, j), (k, m)) if not hidden[cell]]
            if k == i or m == j or not new:
                continue
            width = int(min(counts[i, j], counts[k, m]) + min(counts[i, m], counts[k, j]))
            cost = sum(int(counts[cell]) for cell in new)
            rank = (width <= threshold, 0 if width > threshold else -width, cost, new)
            best = rank if best is None else min(best, rank)
    return best[3] if best else []


def _uncovered(counts: Counts, hidden: Mask, threshold: int) -> Mask:
    """`hidden` without the cells whose showing harms nobody: the largest are tried first."""
    needed = hidden.copy()
    extra = list(zip(*np.nonzero(hidden & (counts >= threshold)), strict=True))
    for cell in sorted(extra, key=lambda c: (-int(counts[c]), c)):
        needed[cell] = False
        if not all(_is_safe(counts, needed, i, j, threshold) for i, j in zip(*np.nonzero(needed), strict=True)):
            needed[cell] = True
    return needed


def _flow(counts: Counts, hidden: Mask, i: int, j: int, *, grow: bool) -> int:
    """The most that a cell can grow (or shrink) while the other withheld cells of its rows and columns make up for it.

    A withheld cell can shrink by what it holds (an arc from its column to its row) and grow without bound (an arc the other way).
    """
    rows, columns = counts.shape
    r, c = np.nonzero(hidden)
    keep = (r != i) | (c != j)
    r, c = r[keep], c[keep] + rows
    unbounded = int(counts[hidden].sum()) + 1
    holds = counts[r, c - rows]
    capacity = np.concatenate([np.full(len(r), unbounded), holds])
    arcs = csr_array(
        (capacity.astype(np.int32), (np.concatenate([r, c]), np.concatenate([c, r]))),
        shape=(rows + columns, rows + columns),
        dtype=np.int32,
    )
    source, sink = (j + rows, i) if grow else (i, j + rows)
    return int(maximum_flow(arcs, source, sink).flow_value)
