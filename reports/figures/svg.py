"""A few words of SVG: elements, numbers, smooth outlines. Everything that comes in as text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

XY = tuple[float, float]


def el(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """An element. `stroke_width=1` becomes `stroke-width="1"`; an attribute of None is left out; plain text is escaped."""
    shown = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), num(value) if isinstance(value, (int, float)) else value)
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(child) for child in children)
    if not inside:
        return Markup("<{n}{a}/>").format(n=name, a=shown)
    return Markup("<{n}{a}>{c}</{n}>").format(n=name, a=shown, c=inside)


def picture(
    width: float, height: float, title: str, children: Iterable[Markup], font: str = "", size: float | None = None, **attributes: object
) -> Markup:
    """A whole drawing; `title` is its alternative text, first child as PDF/UA wants it."""
    return el(
        "svg",
        el("title", title),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {num(width)} {num(height)}",
        role="img",
        font_family=font or None,
        font_size=size,
        **attributes,
    )


def num(value: float) -> str:
    """At most two decimals, no trailing zeros: short and the same everywhere."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def text(x: float, y: float, words: str, **attributes: object) -> Markup:
    return el("text", words, x=x, y=y, **attributes)


def polyline(points: Sequence[XY]) -> str:
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)


def smooth(points: Sequence[XY], closed: bool = False, tension: float = 1.0) -> str:
    """Path data of a smooth curve through the points (Catmull-Rom as cubic Béziers)."""
    count = len(points)
    if count < 3:
        return polyline(points)
    at = (lambda i: points[i % count]) if closed else (lambda i: points[min(max(i, 0), count - 1)])
    parts = [f"M{num(points[0][0])} {num(points[0][1])}"]
    for i in range(count if closed else count - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
        k = tension / 6
        handles = (x1 + (x2 - x0) * k, y1 + (y2 - y0) * k, x2 - (x3 - x1) * k, y2 - (y3 - y1) * k, x2, y2)
        parts.append("C" + " ".join(map(num, handles)))
    return "".join(parts) + ("Z" if closed else "")


def mirrored(points: Sequence[XY], axis: float) -> list[XY]:
    """The points of a right half, in the order that closes the outline: mirrored at x = axis, backwards."""
    return [(2 * axis - x, y) for x, y in reversed(points)]
