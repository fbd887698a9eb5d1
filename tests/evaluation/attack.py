"""What an outsider can work out from published tables: a linear program over every cell of every table at once.

Written from what is published, not from how it was chosen: unknown is each cell of the tables as shown, known are the cells, the totals of
rows and columns, and that nobody is counted less than not at all.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.optimize import linprog

from tcm_engine.evaluation import WITHHELD, Publication

Cell = tuple[int, int, int]
"""Table, row, column."""


def intervals(publication: Publication) -> dict[Cell, tuple[float, float]]:
    """For every withheld cell the least and the greatest value that agree with everything published."""
    cells, rows, right = _system(publication)
    found = {}
    for cell, number in cells.items():
        table, i, j = cell
        shown = publication.tables[table]
        assert shown is not None
        if shown.cells[i][j] == WITHHELD:
            aim = np.zeros(len(cells))
            aim[number] = 1
            ends = [linprog(sign * aim, A_eq=rows, b_eq=right, bounds=(0, None), method="highs") for sign in (1, -1)]
            assert all(end.status == 0 for end in ends)
            found[cell] = (ends[0].fun, -ends[1].fun)
    return found


def by_subtraction(publication: Publication) -> list[Cell]:
    """Withheld cells that are the only ones of their row or column: what a pocket calculator finds."""
    found = []
    for table, shown in enumerate(publication.tables):
        if shown is None:
            continue
        hidden = np.array(shown.cells) == WITHHELD
        for i, j in zip(*np.nonzero(hidden), strict=True):
            if hidden[i].sum() == 1 or hidden[:, j].sum() == 1:
                found.append((table, int(i), int(j)))
    return found


def _system(publication: Publication) -> tuple[dict[Cell, int], np.ndarray, np.ndarray]:
    cells: dict[Cell, int] = {}
    equations: list[tuple[list[int], int]] = []
    total_of = dict(zip(publication.columns, publication.column_totals, strict=True))
    for table, shown in enumerate(publication.tables):
        if shown is None:
            continue
        rows, columns = range(len(shown.rows)), range(len(shown.columns))
        for i, j in product(rows, columns):
            cells[table, i, j] = len(cells)
        equations += [([cells[table, i, j] for j in columns], shown.row_totals[i]) for i in rows]
        for j in columns:
            inside = [total for group, total in total_of.items() if set(group) <= set(shown.columns[j])]
            equations.append(([cells[table, i, j] for i in rows], sum(inside)))
        equations += [([cells[table, i, j]], shown.cells[i][j]) for i, j in product(rows, columns) if shown.cells[i][j] != WITHHELD]
    matrix = np.zeros((len(equations), len(cells)))
    for n, (members, _) in enumerate(equations):
        matrix[n, members] = 1
    return cells, matrix, np.array([right for _, right in equations], float)
