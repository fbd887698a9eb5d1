"""Small line drawings: one for each domain, one for each season. 24 units square, one stroke, no fill."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

_PATHS: Mapping[str, str] = MappingProxyType(
    {
        # a leaf on the wind
        "emotion": "M4 15c5 1 11-1 14-8 1 7-2 13-9 13-3 0-5-2-5-5zM4 20c3-5 7-8 11-10",
        # a bowl, steam above
        "diet": "M3 12h18c0 5-3.5 8-7 8h-4c-3.5 0-7-3-7-8zM8.5 3c-1 1.5 1 2.5 0 4.5M12 3c-1 1.5 1 2.5 0 4.5M15.5 3c-1 1.5 1 2.5 0 4.5",
        # moon and horizon
        "daily_living": "M15 3a8 8 0 1 0 5.5 12.5A7 7 0 0 1 15 3zM18 5.5v3M16.5 7h3",
        # a jacket
        "clothing": "M8.5 4l-5 3.5 2 4L8 10v10h8V10l2.5 1.5 2-4-5-3.5c-1 2-6 2-7 0zM12 5.5V20",
        # a house
        "dwelling": "M3 12l9-8 9 8M6 10v10h12V10M10 20v-6h4v6",
        # somebody stretching
        "movement": "M12 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM12 9v6M12 15l-4 6.5M12 15l4 6.5M12 10.5Q7 9.5 5 5.5M12 10.5Q17 9.5 19 5.5",
        # a point and its ring
        "acupoint": (
            "M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM12 17.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z"
            "M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5"
        ),
        # a cup
        "tea_medicated_food": (
            "M4 9h13v5c0 4-2.5 6-5.5 6h-2C6.5 20 4 18 4 14zM17 10.5h1.5a2.5 2.5 0 0 1 0 5.5H16.7"
            "M8.5 3c-1 1.5 1 2 0 3.5M12.5 3c-1 1.5 1 2 0 3.5"
        ),
        # two notes
        "music": "M9 18a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 9 18V6l10-2.5V15.5a2.5 2.5 0 1 1-2.5-2.5 2.5 2.5 0 0 1 2.5 2.5",
        "warning": "M12 3.5L22 20.5H2zM12 10v5M12 17.3v.4",
    }
)


def icon(code: str, title: str, size: float = 20, colour: str = "#1f6650") -> Markup:
    """A small drawing with its alternative text, or nothing for a code that has none."""
    path = _PATHS.get(code)
    if path is None:
        return Markup("")
    return Markup(
        '<svg class="icon" xmlns="http://www.w3.org/2000/svg" width="{s}" height="{s}" viewBox="0 0 24 24" role="img">'
        '<title>{t}</title><path d="{p}" fill="none" stroke="{c}" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    ).format(s=size, t=title, p=path, c=colour)
