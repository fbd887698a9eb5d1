"""Every movement drawing as data: its poses from start to end, and what the arrows follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..svg import XY
from .skeleton import Pose


@dataclass(frozen=True, slots=True)
class Drawing:
    poses: tuple[Pose, ...]
    """Start (grey) to end (black)."""
    arrows: tuple[str, ...] = ()
    """Joints whose way from the first to the last pose is shown by an arrow: `hand0`, `hand1`, `head` …"""
    loops: tuple[str, ...] = ()
    """Joints of the last pose that are circled."""
    marks: tuple[tuple[str, XY, XY], ...] = ()
    """Short straight arrows where the last pose stands: a joint, and where from it the arrow begins and ends."""
    phases: bool = True
    """False: both poses are the same moment, seen from two sides; both black."""


WIDE = ((-11, -5), (11, 5))
HORSE = ((-50, 4), (50, -4))
SEATED = ((84, 2), (88, 0))
STEP = ((26, 12), (-16, -38))
OTHER_STEP = ((-16, -38), (26, 12))
ON_FEET = ((0, 0), (2, 2))
KNEES = ((-2, -90), (0, -90))
BELLY = ((-22, 60), (22, -60))

DRAWINGS: Mapping[str, Drawing] = MappingProxyType(
    {
        # the eight brocades, in their order
        "two_hands_to_sky": Drawing(
            (Pose(arms=((-16, 44), (16, -44)), legs=WIDE), Pose(arms=((-160, 168), (160, -168)), legs=WIDE)), ("hand0", "hand1")
        ),
        "draw_bow": Drawing(
            (Pose(arms=((-26, 128), (26, -128)), legs=HORSE), Pose(arms=((-92, -92), (80, -98)), legs=HORSE, turn=-1)), ("hand0",)
        ),
        "raise_one_hand": Drawing(
            (Pose(arms=((-26, 52), (26, -52)), legs=WIDE), Pose(arms=((-168, -178), (16, 8)), legs=WIDE)), ("hand0", "hand1")
        ),
        "look_back": Drawing((Pose(legs=WIDE), Pose(arms=((-30, -24), (30, 24)), legs=WIDE, turn=-1))),
        "sway_head_tail": Drawing(
            (
                Pose(arms=((-46, 34), (46, -34)), legs=HORSE),
                Pose(lean=-34, arms=((-22, 26), (34, -8)), legs=((-60, 4), (38, 42)), head=-10),
            ),
            ("head",),
        ),
        "hands_to_feet": Drawing(
            (
                Pose("side", arms=((170, 174), (174, 178)), legs=ON_FEET),
                Pose("side", lean=104, bow=3, arms=((8, 4), (14, 8)), legs=((7, 7), (9, 9)), head=18),
            ),
            ("hand1",),
        ),
        "punch_glare": Drawing(
            (
                Pose("side", arms=((-34, 74), (-38, 70)), legs=((52, -14), (58, -8))),
                Pose("side", arms=((-34, 74), (88, 90)), legs=((52, -14), (58, -8))),
            ),
            ("hand1",),
        ),
        "seven_heel_drops": Drawing((Pose("side", legs=ON_FEET, feet=(48, 48)), Pose("side", legs=ON_FEET))),
        # standing
        "heel_raise": Drawing(
            (
                Pose("side", arms=((34, 62), (38, 66)), legs=ON_FEET, prop="chair_ahead", room=(0, 10)),
                Pose("side", arms=((34, 58), (38, 62)), legs=ON_FEET, feet=(48, 48), prop="chair_ahead", room=(0, 10)),
            )
        ),
        "standing_breathing": Drawing((Pose(arms=BELLY, legs=WIDE), Pose(arms=((-44, 124), (44, -124)), legs=WIDE)), ("hand0", "hand1")),
        "standing_post": Drawing(
            (
                Pose(arms=((-54, 98), (54, -98)), legs=((-16, -2), (16, 2))),
                Pose("side", lean=2, arms=((46, 88), (52, 94)), legs=((24, -16), (28, -12))),
            ),
            phases=False,
        ),
        "cloud_hands": Drawing(
            (
                Pose(arms=((-62, 166), (20, -56)), legs=((-34, 2), (30, 6)), turn=-1),
                Pose(arms=((-20, 56), (62, -166)), legs=((-30, -6), (34, -2)), turn=1),
            ),
            ("hand1",),
        ),
        "arm_swing": Drawing(
            (
                Pose("side", arms=((72, 76), (78, 80)), legs=((6, -4), (10, -2))),
                Pose("side", lean=4, arms=((-44, -38), (-36, -30)), legs=((10, -8), (14, -6))),
            ),
            ("hand1",),
        ),
        "side_stretch": Drawing((Pose(legs=WIDE), Pose(lean=-20, arms=((-44, 52), (192, 206)), legs=WIDE, head=-6)), ("hand1",)),
        "shoulder_roll": Drawing(
            (Pose(legs=WIDE), Pose(arms=((-10, -4), (10, 4)), legs=WIDE, shrug=3.2)), loops=("shoulder0", "shoulder1")
        ),
        "neck_turn": Drawing((Pose(legs=WIDE, turn=-1), Pose(legs=WIDE, turn=1)), loops=("head",)),
        "belly_rub": Drawing((Pose(arms=((-24, 64), (24, -64)), legs=WIDE),), loops=("belly",)),
        # walking
        "walking": Drawing(
            (
                Pose("side", lean=2, arms=((-22, -8), (22, 40)), legs=STEP),
                Pose("side", lean=2, arms=((22, 40), (-22, -8)), legs=OTHER_STEP),
            ),
            phases=False,
        ),
        "brisk_walking": Drawing(
            (
                Pose("side", lean=7, arms=((-46, 44), (34, 122)), legs=((36, 18), (-24, -48))),
                Pose("side", lean=7, arms=((34, 122), (-46, 44)), legs=((-24, -48), (36, 18))),
            ),
            phases=False,
        ),
        # sitting, lying, on all fours
        "chair_stand": Drawing(
            (
                Pose("side", lean=20, arms=((40, 74), (44, 78)), legs=SEATED, support="chair"),
                Pose("side", lean=2, arms=((40, 74), (44, 78)), legs=ON_FEET),
            ),
            ("head",),
        ),
        "seated_breathing": Drawing(
            (
                Pose("side", arms=((8, 62), (12, 66)), legs=SEATED, support="chair"),
                Pose("side", lean=-3, bow=-1, arms=((14, 70), (18, 74)), legs=SEATED, support="chair"),
            ),
            loops=("belly",),
        ),
        "seated_twist": Drawing(
            (
                Pose("side", arms=((30, 62), (34, 66)), legs=SEATED, support="chair"),
                Pose("side", arms=((44, 60), (-58, -40)), legs=SEATED, turn=-1, support="chair"),
            ),
            ("hand1",),
        ),
        "foot_rub": Drawing(
            (Pose("side", lean=22, bow=2, arms=((30, 50), (36, 56)), legs=((84, 2), (100, 34)), support="chair"),), loops=("ankle1",)
        ),
        "lying_breathing": Drawing(
            (Pose("side", lean=-90, arms=((70, 96), (72, 100)), legs=((134, 22), (138, 26)), support="mat"),), loops=("belly",)
        ),
        "cat_stretch": Drawing(
            (
                Pose("side", lean=90, bow=-4, arms=((4, 2), (6, 4)), legs=KNEES, head=-34, feet=(-90, -90)),
                Pose("side", lean=90, bow=7, arms=((4, 2), (6, 4)), legs=KNEES, head=46, feet=(-90, -90)),
            )
        ),
    }
)
"""Code of a drawing, as `figure` of a movement names it."""
