"""Things beside the body: the chair, the mat, a wall, a step. Drawn in thin grey, placed from the joints of the pose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from markupsafe import Markup

from ..palette import Palette
from ..svg import el, num
from .skeleton import Body, Pose

STROKE = 0.75
SEAT = 19.0
"""Height of a seat above the floor."""


def furniture(pose: Pose, body: Body, palette: Palette, scale: float) -> list[Markup]:
    """What the pose rests on and what stands beside it; drawn before the body, which covers it."""
    thin = {"stroke": palette.edge, "stroke_width": STROKE / scale}
    parts = []
    if pose.support == "chair":
        x, seat = body.joints["hip"][0], body.joints["hip"][1] + 4.9
        legs = f"M{num(x - 7)} 0V{num(seat - 19)}M{num(x + 7.5)} 0V{num(seat)}"
        parts.append(el("path", d=f"M{num(x - 8)} {num(seat)}H{num(x + 9)}{legs}", **thin))
    if pose.support == "mat":
        parts.append(el("path", d=f"M{num(body.left)} -.4H{num(body.right + 2)}", stroke=palette.jade, stroke_width=1.6 / scale))
    if pose.prop:
        parts.append(el("path", d=PROPS[pose.prop](body), **thin))
    return parts


def _wall(body: Body) -> str:
    return f"M{num(max(body.joints['hand0'][0], body.joints['hand1'][0]) + 1.6)} 0v-78"


def _door(body: Body) -> str:
    """A frame that both forearms lean on, seen from the front."""
    left, right = body.joints["wrist0"][0] - 2.2, body.joints["wrist1"][0] + 2.2
    return f"M{num(left)} 0V-80H{num(right)}V0"


def _door_side(body: Body) -> str:
    return f"M{num(body.joints['wrist1'][0] - 2.4)} 0v-78"


def _chair_ahead(body: Body) -> str:
    """The back of a chair under the hands, its seat away from the person."""
    x, y = body.joints["hand1"]
    return f"M{num(x)} 0V{num(y + 1.4)}M{num(x)} {num(-SEAT)}h15v{num(SEAT)}"


def _rail(body: Body) -> str:
    """The back of a chair beyond a person who is seen from behind."""
    (left, y), (right, _) = body.joints["hand0"], body.joints["hand1"]
    return f"M{num(left - 3)} 0V{num(y + 1)}H{num(right + 3)}V0M{num(left - 3)} {num(-SEAT)}H{num(right + 3)}"


def _stool(body: Body) -> str:
    (x, y), (end, _) = body.joints["knee1"], body.joints["ankle1"]
    return f"M{num(x + 1)} 0V{num(y + 3)}H{num(end + 4)}V0"


def _step(body: Body) -> str:
    foot = min((body.joints["ankle0"], body.joints["ankle1"]), key=lambda at: at[1])
    return f"M{num(foot[0] - 4)} 0V{num(foot[1] + 2.2)}h14V0"


def _band(body: Body) -> str:
    (x, y), (end, foot) = body.joints["hand1"], body.joints["toe1"]
    return f"M{num(x)} {num(y)}L{num(end)} {num(foot)}"


def _roll(body: Body) -> str:
    x, y = body.joints["knee1"]
    return f"M{num(x - 3)} {num(y + 3.2)}a3 2.2 0 1 0 6 0a3 2.2 0 1 0 -6 0"


def _bottles(body: Body) -> str:
    return "".join(
        f"M{num(x - 2)} {num(y - 3.4)}h4v7h-4ZM{num(x - 0.8)} {num(y - 3.4)}v-2h1.6v2"
        for x, y in (body.joints["hand0"], body.joints["hand1"])
    )


def _pen_and_tree(body: Body) -> str:
    x, y = body.joints["hand1"]
    far = body.right - 8
    return f"M{num(x)} {num(y + 2)}v-8M{num(far)} 0v-24m-7 0a8 10 0 1 1 14 0Z"


def _kite(body: Body) -> str:
    x, y = body.joints["hand1"]
    return f"M{num(x)} {num(y)}q14 2 22 -6M{num(x + 22)} {num(y - 6)}l-3 -9 8 -5 3 9ZM{num(x + 22)} {num(y - 6)}l-2 6 3 1 -2 6"


def _bottle_under_foot(body: Body) -> str:
    """Lying across, seen from its end."""
    x, y = body.joints["ankle1"]
    return f"M{num(x + 1)} {num(y + 4.6)}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0"


def _water(body: Body) -> str:
    y = body.joints["hip"][1] - 5
    waves = "q2.5 -2 5 0t5 0" * round((body.right - body.left + 8) / 10)
    return f"M{num(body.left - 2)} {num(y)}{waves}"


PROPS: Mapping[str, Callable[[Body], str]] = MappingProxyType(
    {
        "wall": _wall,
        "door": _door,
        "door_side": _door_side,
        "chair_ahead": _chair_ahead,
        "rail": _rail,
        "stool": _stool,
        "step": _step,
        "band": _band,
        "roll": _roll,
        "bottles": _bottles,
        "pen_and_tree": _pen_and_tree,
        "kite": _kite,
        "bottle_under_foot": _bottle_under_foot,
        "water": _water,
    }
)
"""Name of a prop -> its path, worked out from the body it belongs to."""
