"""Shares against published values, and what must hold of any interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine.evaluation import difference, share

SHARES = st.integers(0, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published_intervals_of_shares(count, of, low, high):
    found = share(count, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 20), 0.6791, 1.0)],
)
def test_published_intervals_of_differences(later, earlier, low, high):
    found = difference(share(*earlier), share(*later))
    assert found is not None and (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(SHARES)
def test_the_share_lies_in_its_interval(pair):
    found = share(*pair)
    if pair[1] == 0:
        assert found.value is found.low is found.high is None
    else:
        assert 0 <= found.low <= found.value + 1e-12 and found.value <= found.high + 1e-12 <= 1 + 2e-12


@given(SHARES, SHARES)
def test_a_difference_turns_round_with_its_groups(one, other):
    there, back = difference(share(*one), share(*other)), difference(share(*other), share(*one))
    if there is None or back is None:
        assert 0 in (one[1], other[1])
    else:
        assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low))
        assert there.is_clear == back.is_clear


@pytest.mark.parametrize(("count", "of"), [(-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(count, of):
    with pytest.raises(ValueError, match="no share"):
        share(count, of)
