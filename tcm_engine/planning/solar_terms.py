"""Solar terms by the moment: lunar-python's astronomy, a time zone, and the southern hemisphere shifted by half a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from lunar_python import Solar

# In order from the start of the Gregorian year. lunar-python's table of a day in summer holds the winter solstice of the year before under
# its Chinese name and that of this year under DONG_ZHI; all others that lie in this Gregorian year have their Chinese names.
_OF_THE_YEAR = (
    ("xiaohan", "小寒"), ("dahan", "大寒"), ("lichun", "立春"), ("yushui", "雨水"), ("jingzhe", "惊蛰"), ("chunfen", "春分"),
    ("qingming", "清明"), ("guyu", "谷雨"), ("lixia", "立夏"), ("xiaoman", "小满"), ("mangzhong", "芒种"), ("xiazhi", "夏至"),
    ("xiaoshu", "小暑"), ("dashu", "大暑"), ("liqiu", "立秋"), ("chushu", "处暑"), ("bailu", "白露"), ("qiufen", "秋分"),
    ("hanlu", "寒露"), ("shuangjiang", "霜降"), ("lidong", "立冬"), ("xiaoxue", "小雪"), ("daxue", "大雪"), ("dongzhi", "DONG_ZHI"),
)  # fmt: skip
TERMS: tuple[str, ...] = tuple(code for code, _ in _OF_THE_YEAR[2:] + _OF_THE_YEAR[:2])
"""The 24 codes from 立春 on."""
_SEASONS = ("spring", "summer", "autumn", "winter")
_CHINA = timezone(timedelta(hours=8))
# lunar-python answers in UTC+8 all year round; China's summer time of 1986 to 1991 is not in it, and a fixed offset keeps it out here.


@dataclass(frozen=True, slots=True)
class Period:
    term: str
    begins: datetime
    ends: datetime
    """Moments in UTC; the end is the beginning of the next term."""


def season_of(term: str) -> str:
    """The season that a term belongs to: six terms each, from 立春 on."""
    return _SEASONS[TERMS.index(term) // 6]


def noon(day: date, tz: str) -> datetime:
    """Local noon: the moment that a date without a time means."""
    return datetime.combine(day, time(12), ZoneInfo(tz))


def period_at(moment: datetime, hemisphere: str = "north") -> Period:
    """The term in which a moment with a time zone lies. Raises ValueError for a moment without one."""
    return periods(moment, moment, hemisphere)[0]


def periods(start: datetime, end: datetime, hemisphere: str = "north") -> list[Period]:
    """All terms from the one that holds `start` to the one that holds `end`."""
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    begins = [entry for year in range(first.year - 1, last.year + 2) for entry in _terms_of(year)]
    spans = [Period(_shift(code, hemisphere), at, begins[i + 1][1]) for i, (code, at) in enumerate(begins[:-1])]
    return [span for span in spans if span.ends > first and span.begins <= last]


def _shift(code: str, hemisphere: str) -> str:
    return code if hemisphere == "north" else TERMS[(TERMS.index(code) + 12) % 24]


@lru_cache(maxsize=64)
def _terms_of(year: int) -> tuple[tuple[str, datetime], ...]:
    """Code and moment (UTC) of the 24 terms that begin in a Gregorian year."""
    table = Solar.fromYmd(year, 6, 15).getLunar().getJieQiTable()
    return tuple((code, _utc(table[name])) for code, name in _OF_THE_YEAR)


def _utc(solar: Solar) -> datetime:
    local = datetime(
        solar.getYear(), solar.getMonth(), solar.getDay(), solar.getHour(), solar.getMinute(), solar.getSecond(), tzinfo=_CHINA
    )
    return local.astimezone(UTC)
