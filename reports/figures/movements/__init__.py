"""Movement figures, made from joint angles: many movements, one person, one stroke."""

from __future__ import annotations

from math import hypot

from markupsafe import Markup

from tcm_engine.views import MovementView

from ..palette import PAPER, Palette
from ..svg import XY, el, num, picture
from .catalogue import DRAWINGS
from .poses import Drawing
from .props import furniture
from .skeleton import Body, Pose, work_out

WIDTH, HEIGHT, STROKE = 128.0, 104.0, 0.75
_SHORTEST = 10.0
"""Ways shorter than this need no arrow."""
_TALL = 84.0
"""Units that the drawing's height stands for: somebody with raised arms."""


def has_movement(code: str | None) -> bool:
    """Whether there is a drawing of this code."""
    return code in DRAWINGS


def movement(view: MovementView, palette: Palette = PAPER) -> Markup:
    """The drawing of a movement, from its start (grey) to its end (black). Raises KeyError where it has none."""
    drawing = DRAWINGS[view.figure or ""]
    bodies = [work_out(pose) for pose in drawing.poses]
    scale = min((HEIGHT - 6) / max(_TALL, *(-b.top for b in bodies)), (WIDTH - 6) / sum(b.right - b.left + 4 for b in bodies))
    gap = (WIDTH / scale - sum(b.right - b.left for b in bodies)) / (len(bodies) + 1)
    parts, x, origins = [], gap, []
    for number, (pose, body) in enumerate(zip(drawing.poses, bodies, strict=False)):
        origins.append(x - body.left)
        pale = drawing.phases and len(bodies) > 1 and number == 0
        parts.append(el("g", *_figure(pose, body, palette, pale, scale), transform=f"translate({num(origins[-1])} 0)"))
        x += body.right - body.left + gap
    parts += _arrows(drawing, bodies, origins, palette, scale)
    ground = el("path", d=f"M2 0H{num(WIDTH / scale - 2)}", stroke=palette.edge, stroke_width=STROKE / scale)
    whole = el(
        "g",
        ground,
        *parts,
        transform=f"translate(0 {num(HEIGHT - 4)}) scale({num(scale)})",
        stroke_linecap="round",
        stroke_linejoin="round",
        fill="none",
    )
    return picture(WIDTH, HEIGHT, view.figure_text, [whole], class_="movement")


def _figure(pose: Pose, body: Body, palette: Palette, pale: bool, scale: float) -> list[Markup]:
    """Layer by layer: first every outline, then every fill over it, so that the limbs of a layer flow into one another."""
    ink = palette.edge if pale else palette.ink
    cloth = palette.ground if pale else palette.soft
    parts = furniture(pose, body, palette, scale)
    for layer in sorted({shape.layer for shape in body.shapes}):
        shapes = [shape for shape in body.shapes if shape.layer == layer]
        parts += [el("path", d=s.path, stroke=ink, stroke_width=2 * STROKE / scale) for s in shapes]
        parts += [el("path", d=s.path, fill=cloth if s.cloth else palette.ground) for s in shapes]
    return parts + _face(pose, body, ink, scale)


def _face(pose: Pose, body: Body, ink: str, scale: float) -> list[Markup]:
    x, y = body.joints["head"]
    if not pose.face:
        return []
    if pose.view == "side":
        forward = -1 if pose.turn < 0 else 1
        tilt = pose.lean + pose.head
        if abs(tilt) > 60:
            return []
        return [
            el(
                "path",
                d=f"M{num(x + forward * 4.8)} {num(y - 0.6)}l{num(forward * 1.5)} 1.7l{num(-forward * 1.3)} .5",
                stroke=ink,
                stroke_width=STROKE / scale,
            )
        ]
    shift = pose.turn * 2.6
    eyes = [el("circle", cx=x + shift + dx, cy=y - 0.4, r=0.45, fill=ink) for dx in (-1.7, 1.7) if abs(shift + dx) < 4.4]
    mouth = el("path", d=f"M{num(x + shift - 0.9)} {num(y + 2.3)}q.9 .6 1.8 0", stroke=ink, stroke_width=0.6 * STROKE / scale)
    return [el("g", *eyes, mouth, transform=f"rotate({num(pose.lean + pose.head)} {num(x)} {num(y)})")]


def _arrows(drawing: Drawing, bodies: list[Body], origins: list[float], palette: Palette, scale: float) -> list[Markup]:
    """Ways from the first pose to the last, drawn where the last one stands; circles around what is rubbed or turned."""
    last, origin = bodies[-1], origins[-1]
    parts = []
    for joint in drawing.arrows:
        start, end = bodies[0].joints[joint], last.joints[joint]
        if hypot(end[0] - start[0], end[1] - start[1]) >= _SHORTEST:
            parts.append(_way(start, end, last.joints["neck"], origin, palette, scale))
    for joint in drawing.loops:
        x, y = _belly(last) if joint == "belly" else last.joints[joint]
        r = {"belly": 5.0, "head": 8.0}.get(joint, 4.6)
        path = f"M{num(origin + x - r)} {num(y)}A{num(r)} {num(r)} 0 1 1 {num(origin + x)} {num(y + r)}"
        parts.append(_arrow(path, (origin + x, y + r), (-1.0, 0.15), palette, scale))
    for joint, (x0, y0), (x1, y1) in drawing.marks:
        x, y = last.joints[joint]
        tip = (origin + x + x1, y + y1)
        parts.append(_arrow(f"M{num(origin + x + x0)} {num(y + y0)}L{num(tip[0])} {num(tip[1])}", tip, (x1 - x0, y1 - y0), palette, scale))
    return parts


def _belly(body: Body) -> XY:
    (hx, hy), (nx, ny) = body.joints["hip"], body.joints["neck"]
    return hx + (nx - hx) * 0.28, hy + (ny - hy) * 0.28


def _way(start: XY, end: XY, around: XY, origin: float, palette: Palette, scale: float) -> Markup:
    """A curve that bends away from the body, short of both ends."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    nx, ny = -dy / length, dx / length
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    side = 1 if nx * (middle[0] - around[0]) + ny * (middle[1] - around[1]) >= 0 else -1
    bend = 0.28 * length + 5
    control = (middle[0] + side * nx * bend, middle[1] + side * ny * bend)
    a, b = _short(start, control, 4.0), _short(end, control, 4.5)
    way = (b[0] - control[0], b[1] - control[1])
    shift = lambda p: f"{num(p[0] + origin)} {num(p[1])}"  # noqa: E731
    return _arrow(f"M{shift(a)}Q{shift(control)} {shift(b)}", (b[0] + origin, b[1]), way, palette, scale)


def _short(point: XY, to: XY, by: float) -> XY:
    dx, dy = to[0] - point[0], to[1] - point[1]
    length = hypot(dx, dy) or 1.0
    return point[0] + dx / length * min(by, length / 2), point[1] + dy / length * min(by, length / 2)


def _arrow(path: str, tip: XY, way: XY, palette: Palette, scale: float) -> Markup:
    length = hypot(*way) or 1.0
    ux, uy = way[0] / length, way[1] / length
    wings = [(tip[0] - ux * 3.2 + s * uy * 1.7, tip[1] - uy * 3.2 - s * ux * 1.7) for s in (1, -1)]
    head = "M" + "L".join(f"{num(x)} {num(y)}" for x, y in (wings[0], tip, wings[1]))
    return el("path", d=path + head, stroke=palette.jade, stroke_width=1.1 / scale)
