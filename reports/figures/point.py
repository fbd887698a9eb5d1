"""Where a point lies: a body chart, a ringed dot, its name."""

from __future__ import annotations

from markupsafe import Markup

from tcm_engine.views import PointView, Spot

from .body import Chart, Line, charts
from .palette import PAPER, Palette
from .svg import XY, el, picture, smooth, text

WIDTH, HEIGHT = 128.0, 112.0
STROKE, THIN = 0.75, 0.45


def point(view: PointView, palette: Palette = PAPER) -> Markup:
    """The drawing of a point on the chart that shows it closest."""
    spots = shown_spots(view.spots)
    chart = charts()[spots[0].chart]
    frame = _Frame(chart, spots)
    parts = [_line(frame, line, palette, closed) for line, closed in chart.outlines]
    parts += [
        el("path", d=smooth([frame.at(p) for p in line]), fill="none", stroke=palette.edge, stroke_width=THIN) for line in chart.details
    ]
    parts += [_mark(frame.at((s.x, s.y)), palette) for s in spots]
    parts.append(_label(frame, spots, view.name, palette))
    shapes = {"stroke_linecap": "round", "stroke_linejoin": "round", "class_": "point"}
    return picture(WIDTH, HEIGHT, view.figure_text, parts, palette.font, 9.5, **shapes)


def shown_spots(spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """The spots of one chart: of a part of the body where there is one, else of the whole body."""
    near = next((s.chart for s in spots if charts()[s.chart].part > 50), spots[0].chart)
    return tuple(s for s in spots if s.chart == near)


class _Frame:
    """Percent of a chart -> units of the drawing; a whole body is cut to the part around its spots."""

    def __init__(self, chart: Chart, spots: tuple[Spot, ...]):
        self.chart = chart
        room = WIDTH - 4 if chart.part < 50 else WIDTH - 40
        self.scale = min((HEIGHT - 4) / (chart.height * chart.part / 100), room / chart.width)
        middle = sum(s.y for s in spots) / len(spots)
        self.top = min(max(middle - chart.part / 2, 0), 100 - chart.part)
        self.left = (WIDTH - chart.width * self.scale) / 2
        self.y0 = (HEIGHT - chart.height * chart.part / 100 * self.scale) / 2

    def at(self, spot: XY) -> XY:
        x, y = spot
        return self.left + x / 100 * self.chart.width * self.scale, self.y0 + (y - self.top) / 100 * self.chart.height * self.scale


def _line(frame: _Frame, line: Line, palette: Palette, closed: bool) -> Markup:
    return el("path", d=smooth([frame.at(p) for p in line], closed), fill=palette.ground, stroke=palette.ink, stroke_width=STROKE)


def _mark(at: XY, palette: Palette) -> Markup:
    x, y = at
    return Markup("").join(
        (
            el("circle", cx=x, cy=y, r=4.6, fill=palette.soft, fill_opacity=0.7, stroke=palette.jade, stroke_width=STROKE),
            el("circle", cx=x, cy=y, r=1.9, fill=palette.jade),
        )
    )


def _label(frame: _Frame, spots: tuple[Spot, ...], name: str, palette: Palette) -> Markup:
    """The name in the margin of the drawing, a thin line to the outermost spot."""
    spot = max(spots, key=lambda s: s.x)
    x, y = frame.at((spot.x, spot.y))
    to_left = len(spots) == 1 and spot.x < 45
    edge = 1.0 if to_left else WIDTH - 1.0
    reach = 9.5 * len(name) * (0.55 if name.isascii() else 1.0) + 3
    end = edge + reach if to_left else edge - reach
    room = x - 6 > end if to_left else x + 6 < end
    leader = (
        el("path", d=f"M{x - 5 if to_left else x + 5:.1f} {y:.1f}L{end:.1f} {y:.1f}", stroke=palette.jade, stroke_width=THIN)
        if room
        else Markup("")
    )
    words = text(edge, y + 3.4 if room else y - 8, name, fill=palette.ink, font_weight=700, text_anchor="start" if to_left else "end")
    return leader + words
