"""Long summer (长夏): hot damp weeks. The classics give it no dates, so dampness decides, within the warm weeks in which it can fall.

Measured or forecast humidity comes first, then the climate of the zone; where neither is known it is not long summer. 小暑 to 处暑 are the
weeks that the guidelines name; a zone's plum rains may begin earlier. A project decision, printed with the plan.
"""

from __future__ import annotations

from knowledge_base.model import Zone

WARM_WEEKS = ("mangzhong", "xiazhi", "xiaoshu", "dashu", "liqiu", "chushu")
DAMP_FROM_PERCENT = 70


def is_long_summer(term: str, zone: Zone | None, humidity_percent: float | None) -> bool:
    if term not in WARM_WEEKS:
        return False
    if humidity_percent is not None:
        return humidity_percent >= DAMP_FROM_PERCENT
    return zone is not None and term in zone.damp_terms
