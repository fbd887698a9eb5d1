"""No withheld cell can be worked out: neither by subtraction nor by a linear program over all tables at once."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tcm_engine.evaluation import WITHHELD, publish
from tcm_engine.evaluation.withholding import interval, merged, withhold

from .attack import by_subtraction, intervals

THRESHOLDS = st.integers(2, 6)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[np.ndarray, ...]:
    """People with a unit, a sex, an age band and a type each; small groups are common."""
    shape = draw(st.tuples(st.integers(1, 6), st.integers(1, 3), st.integers(1, 5), st.integers(2, 8)))
    people = draw(st.integers(0, 160))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    uneven = [random.dirichlet(np.full(size, 0.6)) for size in shape]
    return tuple(random.choice(size, people, p=weights) for size, weights in zip(shape, uneven, strict=True))


def tables_of(crowd: tuple[np.ndarray, ...]) -> list[np.ndarray]:
    *groupings, types = crowd
    width = int(types.max(initial=0)) + 1
    made = []
    for grouping in groupings:
        table = np.zeros((int(grouping.max(initial=0)) + 1, width), np.int64)
        np.add.at(table, (grouping, types), 1)
        made.append(table)
    return made


@settings(max_examples=60, deadline=None)
@given(crowds(), THRESHOLDS)
def test_every_withheld_cell_may_lie_in_an_interval_wider_than_the_threshold(crowd, threshold):
    published = publish(tables_of(crowd), threshold)
    if published is None:
        assert len(crowd[0]) < threshold
        return
    assert by_subtraction(published) == []
    narrow = {cell: ends for cell, ends in intervals(published).items() if ends[1] - ends[0] <= threshold - 1e-6}
    assert narrow == {}


@settings(max_examples=60, deadline=None)
@given(crowds(), THRESHOLDS)
def test_nothing_small_is_shown_and_what_is_shown_is_true(crowd, threshold):
    tables = tables_of(crowd)
    published = publish(tables, threshold)
    if published is None:
        return
    assert sum(published.column_totals) == published.people == len(crowd[0])
    assert all(total >= threshold for total in published.column_totals)
    for table, shown in zip(tables, published.tables, strict=True):
        if shown is None:
            continue
        assert all(total >= threshold for total in shown.row_totals)
        assert all(any(set(group) <= set(column) for column in shown.columns) for group in published.columns)
        assert sum(shown.row_totals) == published.people
        for (i, rows), (j, columns) in product(enumerate(shown.rows), enumerate(shown.columns)):
            true = int(table[np.ix_(rows, columns)].sum())
            assert shown.cells[i][j] in (WITHHELD, true)
            assert shown.cells[i][j] == WITHHELD or true >= threshold


@settings(max_examples=25, deadline=None)
@given(crowds(), THRESHOLDS)
def test_the_intervals_of_the_network_are_those_of_the_linear_program(crowd, threshold):
    published = publish(tables_of(crowd)[:1], threshold)
    if published is None or published.tables[0] is None:
        return
    shown = published.tables[0]
    full = np.array([[int(tables_of(crowd)[0][np.ix_(rows, columns)].sum()) for columns in shown.columns] for rows in shown.rows], np.int64)
    hidden = np.array(shown.cells) == WITHHELD
    for (_, i, j), ends in intervals(published).items():
        assert interval(full, hidden, i, j) == pytest.approx(ends, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(crowds(), THRESHOLDS)
def test_putting_the_tables_together_tells_nothing_more(crowd, threshold):
    """The same question over the full cross of unit, sex, age and type, of which every table is a margin."""
    crowd = tuple(np.minimum(column, 2) for column in crowd)
    tables = tables_of(crowd)
    published = publish(tables, threshold)
    if published is None:
        return
    sizes = [len(table) for table in tables] + [tables[0].shape[1]]
    cross = list(product(*map(range, sizes)))
    equations, right, asked = [], [], []
    for axis, shown in enumerate(published.tables):
        for (i, rows), (j, columns) in product(enumerate(shown.rows if shown else ()), enumerate(shown.columns if shown else ())):
            margin = np.array([float(cell[axis] in rows and cell[3] in columns) for cell in cross])
            if shown.cells[i][j] == WITHHELD:
                asked.append(margin)
            else:
                equations.append(margin)
                right.append(shown.cells[i][j])
        for i, rows in enumerate(shown.rows if shown else ()):
            equations.append(np.array([float(cell[axis] in rows) for cell in cross]))
            right.append(shown.row_totals[i])
    for j, columns in enumerate(published.columns):
        equations.append(np.array([float(cell[3] in columns) for cell in cross]))
        right.append(published.column_totals[j])
    absent = [
        set(range(size)) - {i for shown in [published.tables[axis]] if shown for g in shown.rows for i in g}
        for axis, size in enumerate(sizes[:3])
    ]
    for axis, gone in enumerate(absent):
        if published.tables[axis] is not None and gone:
            equations.append(np.array([float(cell[axis] in gone) for cell in cross]))
            right.append(0)
    for margin in asked:
        low, high = (linprog(sign * margin, A_eq=np.array(equations), b_eq=right, bounds=(0, None), method="highs") for sign in (1, -1))
        assert -high.fun - low.fun > threshold - 1e-6


def test_a_classic_that_subtraction_opens():
    """One small cell among large ones: it alone would be its row's total less the others."""
    counts = np.array([[20, 3, 17], [30, 25, 15], [12, 22, 31]])
    shown = withhold(counts, 5)
    assert shown is not None and not shown[0, 1]
    assert (~shown).sum() == 4 and not by_subtraction(publish([counts], 5))


def test_a_group_of_one_type_is_not_given_away():
    """Eight people of one unit, all of one type: the number 8 would tell the type of each."""
    published = publish([np.array([[8, 0, 0], [20, 15, 9], [14, 20, 11]])], 5)
    assert published is not None
    shown = published.tables[0]
    assert shown is None or shown.cells[0][0] == WITHHELD or shown.rows[0] != (0,)


def test_small_units_and_types_are_merged_so_that_every_total_is_large_enough():
    assert merged(np.array([9, 2, 30, 1, 8]), 5) == ((0,), (2,), (1, 3, 4))
    assert merged(np.array([9, 4, 30]), 5) == ((2,), (0, 1))
    assert merged(np.array([9, 8, 30]), 5) == ((0,), (1,), (2,))


def test_fewer_people_than_the_threshold_are_never_reported():
    assert publish([np.array([[2, 1], [1, 0]])], 5) is None


def test_a_unit_without_anybody_is_left_out():
    published = publish([np.array([[20, 30], [0, 0], [25, 15]])], 5)
    assert published is not None and published.tables[0] is not None
    assert published.tables[0].rows == ((0,), (2,))


def test_tables_of_different_people_are_refused():
    with pytest.raises(ValueError, match="same people"):
        publish([np.array([[3, 4]]), np.array([[3, 5]])], 5)
    with pytest.raises(ValueError, match="threshold"):
        publish([np.array([[3, 4]])], 0)


def test_the_same_people_give_the_same_tables():
    random = np.random.default_rng(7)
    counts = random.integers(0, 25, (9, 7))
    assert publish([counts], 5) == publish([counts.copy()], 5)
