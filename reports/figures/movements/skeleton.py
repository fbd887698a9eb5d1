"""A pose as joint angles -> joints -> shapes. One set of bone lengths, so that every figure is the same person.

Directions are in degrees on paper: 0 is down, 90 to the right, 180 up, -90 to the left. A figure seen from the front faces the reader,
one seen from the side faces right. Lengths are in units of about 1/75 of a standing body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Literal

from ..svg import XY, num

TORSO, NECK, HEAD = 23.0, 2.6, 5.0
UPPER_ARM, FOREARM, HAND = 12.0, 10.5, 4.0
THIGH, SHIN, FOOT = 17.5, 17.0, 6.4
SHOULDER, HIP = 7.2, 3.9
"""Half widths, seen from the front; from the side a seventh of them."""

Limb = tuple[float, float]
"""Directions of the upper and the lower bone."""


@dataclass(frozen=True, slots=True)
class Pose:
    view: Literal["front", "side"] = "front"
    lean: float = 0.0
    """Of the torso, from upright; to the right is positive."""
    bow: float = 0.0
    """Units by which the middle of the back is pushed out (backwards where positive)."""
    arms: tuple[Limb, Limb] = ((-8, -4), (8, 4))
    """The one on the left of the paper, then the right; from the side: far, near."""
    legs: tuple[Limb, Limb] = ((-6, -3), (6, 3))
    head: float = 0.0
    """Tilt against the torso."""
    turn: float = 0.0
    """Of the face: -1 to the left of the paper, 1 to the right."""
    shrug: float = 0.0
    feet: tuple[float, float] | None = None
    """Directions of the feet; by default flat on the ground."""
    hands: tuple[float, float] | None = None
    """Directions of the hands; by default those of the forearms."""
    face: bool = True
    """False: seen from behind."""
    support: Literal["floor", "chair", "mat"] = "floor"
    prop: str = ""
    """A thing beside the body: a name of `props.PROPS`."""
    room: tuple[float, float] = (0.0, 0.0)
    """Free paper left and right of the body, for its prop."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline, the layer it belongs to (far to near), and whether it is cloth."""

    path: str
    layer: int
    cloth: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A pose worked out, its ground at y = 0."""

    shapes: tuple[Shape, ...]
    joints: dict[str, XY]
    left: float
    right: float
    top: float


def towards(at: XY, degrees: float, length: float) -> XY:
    return at[0] + sin(degrees * pi / 180) * length, at[1] + cos(degrees * pi / 180) * length


def work_out(pose: Pose) -> Body:
    """Joints from angles, moved so that the lowest of them stands on the ground."""
    joints = _joints(pose)
    ground = max(y + r for y, r in _contacts(joints, pose))
    joints = {name: (x, y - ground) for name, (x, y) in joints.items()}
    shapes = tuple(_shapes(joints, pose))
    xs = [x for x, _ in joints.values()]
    return Body(shapes, joints, min(xs) - 4 - pose.room[0], max(xs) + 4 + pose.room[1], min(y for _, y in joints.values()) - HEAD)


def _joints(pose: Pose) -> dict[str, XY]:
    width = 1.0 if pose.view == "front" else 1 / 7
    hip: XY = (0.0, 0.0)
    neck = towards(hip, 180 - pose.lean, TORSO)
    across = 90 - pose.lean
    joints = {"hip": hip, "neck": neck, "head": towards(neck, 180 - pose.lean - pose.head, NECK + HEAD)}
    for n, (side, (upper, lower)) in enumerate(zip((-1, 1), pose.arms, strict=False)):
        shoulder = towards(towards(neck, across, side * SHOULDER * width), -pose.lean, 2.2 - pose.shrug)
        elbow = towards(shoulder, upper, UPPER_ARM)
        wrist = towards(elbow, lower, FOREARM)
        palm = pose.hands[n] if pose.hands else lower
        joints |= {f"shoulder{n}": shoulder, f"elbow{n}": elbow, f"wrist{n}": wrist, f"hand{n}": towards(wrist, palm, HAND)}
    for n, (side, (upper, lower)) in enumerate(zip((-1, 1), pose.legs, strict=False)):
        top = towards(hip, across, side * HIP * width)
        knee = towards(top, upper, THIGH)
        ankle = towards(knee, lower, SHIN)
        foot = pose.feet[n] if pose.feet else (90 if pose.view == "side" else side * 38)
        toe = towards(ankle, foot, FOOT if pose.view == "side" else FOOT * 0.62)
        joints |= {f"top{n}": top, f"knee{n}": knee, f"ankle{n}": ankle, f"toe{n}": toe}
    return joints


def _contacts(joints: dict[str, XY], pose: Pose) -> list[tuple[float, float]]:
    """(y, radius) of everything that may touch the ground."""
    touching = [(joints[f"{name}{n}"][1], r) for n in (0, 1) for name, r in (("ankle", 2.2), ("toe", 1.4), ("knee", 2.6), ("hand", 1.2))]
    return [*touching, (joints["hip"][1], 5.0), (joints["neck"][1], 4.2), (joints["head"][1], HEAD)] if pose.support == "mat" else touching


def _shapes(j: dict[str, XY], pose: Pose) -> Iterator[Shape]:
    side = pose.view == "side"
    for n in (0, 1):
        leg, arm = (0 if side and n == 0 else 2), (0 if side and n == 0 else 4)
        yield Shape(_limb(j[f"ankle{n}"], j[f"toe{n}"], 1.9, 1.4), leg)
        yield Shape(_limb(j[f"knee{n}"], j[f"ankle{n}"], 2.9, 2.1), leg, True)
        yield Shape(_limb(j[f"top{n}"], j[f"knee{n}"], 4.1, 3.0), leg, True)
        yield Shape(_limb(j[f"wrist{n}"], j[f"hand{n}"], 1.5, 1.1), arm)
        yield Shape(_limb(j[f"elbow{n}"], j[f"wrist{n}"], 2.0, 1.5), arm)
        yield Shape(_limb(j[f"shoulder{n}"], j[f"elbow{n}"], 2.6, 2.0), arm)
    yield Shape(_limb(j["hip"], _between(j["hip"], j["neck"], 0.12), 5.0 if side else 6.6, 4.7 if side else 6.2), 2, True)
    yield from (Shape(path, 3) for path in _torso(j, pose))
    yield Shape(_limb(j["neck"], _between(j["neck"], j["head"], 0.5), 2.0, 1.9), 3)
    x, y = j["head"]
    yield Shape(_circle(x, y, HEAD), 3)


def _torso(j: dict[str, XY], pose: Pose) -> list[str]:
    hip, neck = j["hip"], j["neck"]
    if pose.view == "front":
        shoulders = [_between(j["neck"], j[f"shoulder{n}"], 0.86) for n in (0, 1)]
        return [
            _limb(_between(hip, neck, 0.14), _between(hip, neck, 0.55), 5.6, 5.4),
            *(_limb(_between(hip, neck, 0.42), s, 4.6, 3.0) for s in shoulders),
            _limb(shoulders[0], shoulders[1], 2.9, 2.9),
            _limb(_between(hip, neck, 0.5), _between(hip, neck, 0.82), 5.6, 5.6),
        ]
    dx, dy = neck[0] - hip[0], neck[1] - hip[1]
    length = hypot(dx, dy)
    middle = _between(hip, neck, 0.52)
    middle = (middle[0] + dy / length * pose.bow, middle[1] - dx / length * pose.bow)
    low, high = _between(hip, neck, 0.14), _between(hip, neck, 0.88)
    return [_limb(low, middle, 4.4, 4.6), _limb(middle, high, 4.6, 3.6)]


def _between(a: XY, b: XY, share: float) -> XY:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _limb(a: XY, b: XY, ra: float, rb: float) -> str:
    """The outline around two circles: a tapered capsule."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = hypot(dx, dy)
    if length <= abs(ra - rb):
        return _circle(*(a if ra > rb else b), max(ra, rb))
    ux, uy = dx / length, dy / length
    c = (ra - rb) / length
    s = (1 - c * c) ** 0.5
    n1, n2 = (ux * c - uy * s, uy * c + ux * s), (ux * c + uy * s, uy * c - ux * s)
    p = [
        (a[0] + n1[0] * ra, a[1] + n1[1] * ra),
        (b[0] + n1[0] * rb, b[1] + n1[1] * rb),
        (b[0] + n2[0] * rb, b[1] + n2[1] * rb),
        (a[0] + n2[0] * ra, a[1] + n2[1] * ra),
    ]
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = ((num(x), num(y)) for x, y in p)
    return f"M{x1} {y1}L{x2} {y2}A{num(rb)} {num(rb)} 0 0 0 {x3} {y3}L{x4} {y4}A{num(ra)} {num(ra)} 0 1 0 {x1} {y1}Z"


def _circle(x: float, y: float, r: float) -> str:
    return f"M{num(x - r)} {num(y)}A{num(r)} {num(r)} 0 1 0 {num(x + r)} {num(y)}A{num(r)} {num(r)} 0 1 0 {num(x - r)} {num(y)}Z"
