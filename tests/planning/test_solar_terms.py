"""Solar terms against independent astronomy (IAU SOFA through pyerfa) and printed moments."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine.planning.solar_terms import TERMS, _terms_of, noon, period_at, periods, season_of

CHINA = timezone(timedelta(hours=8))
LOCAL_TIMES = (datetime(1991, 1, 1), datetime(2049, 1, 1))  # noqa: DTZ001 (the zone is drawn beside the time)
LONGITUDES = {code: (315 + 15 * i) % 360 for i, code in enumerate(TERMS)}
DELTA_T = {1990: 56.9, 2000: 63.8, 2010: 66.1, 2020: 69.4, 2030: 71.0, 2050: 80.0}
"""TT - UTC in seconds, rounded; the years after 2025 are forecasts and move a term by no more than some seconds."""


def apparent_longitude(moment: datetime) -> float:
    """Apparent geocentric longitude of the sun, in degrees: SOFA's earth, aberration, mean ecliptic of date, nutation in longitude."""
    delta = np.interp(moment.year, sorted(DELTA_T), [DELTA_T[y] for y in sorted(DELTA_T)])
    days = (moment - datetime(2000, 1, 1, 12, tzinfo=UTC)).total_seconds() / 86400 + delta / 86400
    helio, _ = erfa.epv00(2451545.0, days)
    towards_sun = -helio["p"]
    distance = np.linalg.norm(towards_sun)
    right_ascension, declination = erfa.c2s(towards_sun)
    longitude, _ = erfa.eqec06(2451545.0, days, right_ascension, declination)
    nutation, _ = erfa.nut06a(2451545.0, days)
    return (np.degrees(longitude + nutation) - 20.4955 / 3600 / distance) % 360


@pytest.mark.parametrize("year", [1990, 2000, 2015, 2026, 2027, 2050])
def test_every_term_begins_where_the_sun_stands_at_its_longitude(year):
    for code, moment in _terms_of(year):
        off = (apparent_longitude(moment) - LONGITUDES[code] + 180) % 360 - 180
        seconds = abs(off) / 360 * 365.2422 * 86400
        assert seconds < (5 if year < 2030 else 15), (code, seconds)


@pytest.mark.parametrize(
    ("year", "code", "printed"),
    [
        (2021, "dongzhi", datetime(2021, 12, 21, 23, 59, 18, tzinfo=CHINA)),
        (2008, "xiaoman", datetime(2008, 5, 21, 0, 0, 52, tzinfo=CHINA)),
        (2026, "lichun", datetime(2026, 2, 4, 4, 2, 8, tzinfo=CHINA)),
    ],
)
def test_moments_near_midnight_agree_with_the_almanac(year, code, printed):
    assert abs(dict(_terms_of(year))[code] - printed) <= timedelta(seconds=4)


def test_a_term_begins_at_its_moment_and_not_before():
    begins = dict(_terms_of(2026))["xiaoxue"]
    assert period_at(begins).term == "xiaoxue"
    assert period_at(begins - timedelta(seconds=1)).term == "lidong"


def test_the_same_day_can_lie_in_two_terms_in_two_places():
    """Winter solstice 2021 came at 23:59 in Beijing: at noon of the 22nd it is past there, at noon of the 21st it is not."""
    assert period_at(noon(date(2021, 12, 22), "Asia/Shanghai")).term == "dongzhi"
    assert period_at(noon(date(2021, 12, 21), "Asia/Shanghai")).term == "daxue"
    assert period_at(noon(date(2021, 12, 21), "America/Los_Angeles")).term == "dongzhi"


@given(st.datetimes(*LOCAL_TIMES), st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "Australia/Sydney"]))
def test_each_moment_lies_in_one_term_and_the_south_is_half_a_year_off(local, tz):
    moment = local.replace(tzinfo=ZoneInfo(tz))
    span, shifted = period_at(moment), period_at(moment, "south")
    assert span.begins <= moment < span.ends
    assert (TERMS.index(span.term) - TERMS.index(shifted.term)) % 24 == 12
    assert (span.begins, span.ends) == (shifted.begins, shifted.ends)


def test_terms_of_three_months_follow_each_other_without_a_gap():
    start = noon(date(2026, 11, 23), "Asia/Shanghai")
    spans = periods(start, start + timedelta(days=92))
    assert [s.term for s in spans] == ["xiaoxue", "daxue", "dongzhi", "xiaohan", "dahan", "lichun", "yushui"]
    assert all(a.ends == b.begins for a, b in pairwise(spans))


def test_each_season_has_six_terms():
    assert [season_of(t) for t in TERMS] == ["spring"] * 6 + ["summer"] * 6 + ["autumn"] * 6 + ["winter"] * 6


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        period_at(datetime(2026, 1, 1))  # noqa: DTZ001 (what is refused)
