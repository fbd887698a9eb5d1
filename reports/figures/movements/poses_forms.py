"""Drawings of the traditional forms: the five animals, Yi Jin Jing, the beginnings of tai chi."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .poses import BELLY, ON_FEET, WIDE, Drawing
from .skeleton import Pose

SOFT = ((-16, -2), (16, 2))
"""Standing with soft knees, from the front."""
LUNGE = ((46, -6), (-22, -32))
"""One foot ahead, from the side."""

DRAWINGS: Mapping[str, Drawing] = MappingProxyType(
    {
        # the five animals
        "tiger_reach": Drawing(
            (
                Pose("side", arms=((-20, 140), (-26, 136)), legs=((14, -8), (18, -6))),
                Pose("side", lean=34, arms=((84, 88), (88, 92)), hands=(40, 40), legs=((30, -26), (34, -22)), head=-22),
            ),
            ("hand1",),
        ),
        "deer_turn": Drawing(
            (
                Pose(arms=((-26, 60), (26, -60)), legs=WIDE),
                Pose(lean=-12, arms=((-46, 30), (168, 232)), legs=((-30, 2), (22, 16)), turn=-1),
            ),
            ("hand1",),
        ),
        "deer_run": Drawing(
            (
                Pose("side", lean=6, arms=((80, 84), (84, 88)), legs=LUNGE),
                Pose("side", lean=20, bow=6, arms=((70, 78), (74, 82)), hands=(30, 30), legs=((38, 22), (6, -36)), head=24),
            ),
            marks=(("hip", (-8, -14), (-17, -14)),),
        ),
        "bear_circle": Drawing(
            (
                Pose(lean=10, arms=((-26, 52), (30, -52)), legs=SOFT),
                Pose(lean=-10, arms=((-30, 52), (26, -52)), legs=SOFT),
            ),
            loops=("belly",),
        ),
        "ape_lift": Drawing(
            (
                Pose("side", arms=((4, 10), (34, 62)), legs=ON_FEET, prop="chair_ahead", room=(0, 10)),
                Pose(
                    "side",
                    arms=((44, 140), (34, 58)),
                    hands=(20, 58),
                    legs=ON_FEET,
                    feet=(62, 62),
                    shrug=2,
                    prop="chair_ahead",
                    room=(0, 10),
                ),
            ),
            ("hand0",),
        ),
        "bird_stretch": Drawing(
            (
                Pose("side", arms=((150, 156), (154, 160)), legs=ON_FEET),
                Pose("side", lean=8, arms=((-62, -70), (-70, -78)), legs=((2, 0), (-26, -40)), feet=(90, 40), head=-14),
            ),
            ("hand1",),
        ),
        "bird_fly": Drawing(
            (Pose(arms=BELLY, legs=WIDE), Pose(arms=((-100, -82), (100, 82)), hands=(-62, 62), legs=WIDE)), ("hand0", "hand1")
        ),
        # Yi Jin Jing
        "yijin_palms_together": Drawing(
            (
                Pose(arms=((-36, 142), (36, -142)), hands=(172, -172), legs=WIDE),
                Pose("side", arms=((26, 128), (30, 132)), hands=(150, 150), legs=ON_FEET),
            ),
            phases=False,
        ),
        "yijin_arms_wide": Drawing(
            (Pose(arms=((-36, 142), (36, -142)), legs=WIDE), Pose(arms=((-90, -92), (90, 92)), hands=(-172, 172), legs=WIDE)),
            ("hand0", "hand1"),
        ),
        "yijin_pluck_star": Drawing(
            (
                Pose(arms=((-30, 36), (-4, -30)), legs=WIDE),
                Pose(arms=((-34, 62), (146, 176)), hands=(90, 262), legs=WIDE, turn=1),
            ),
            ("hand1",),
        ),
        "yijin_pull_ox": Drawing(
            (
                Pose("side", lean=4, arms=((-40, -30), (92, 104)), legs=LUNGE),
                Pose("side", lean=2, arms=((-40, -30), (66, 168)), legs=LUNGE, room=(0, 10)),
            ),
            marks=(("wrist1", (13, 0), (4, 0)),),
        ),
        "yijin_spread_wings": Drawing(
            (
                Pose("side", arms=((-34, 130), (-38, 126)), hands=(170, 170), legs=ON_FEET),
                Pose("side", arms=((82, 88), (86, 92)), hands=(170, 170), legs=ON_FEET),
            ),
            marks=(("elbow1", (-2, -6), (8, -6)),),
        ),
        "yijin_press_earth": Drawing(
            (
                Pose(arms=((-36, -20), (36, 20)), hands=(-80, 80), legs=WIDE),
                Pose(arms=((-34, -8), (34, 8)), hands=(-84, 84), legs=((-40, 2), (40, -2))),
            ),
            marks=(("hand0", (-3, -11), (-3, -3)), ("hand1", (3, -11), (3, -3))),
        ),
        "yijin_dragon_claw": Drawing(
            (
                Pose(arms=((-30, 60), (30, -60)), legs=WIDE),
                Pose(arms=((-30, 60), (-62, -84)), hands=(60, -64), legs=WIDE, turn=-1),
            ),
            ("hand1",),
        ),
        # the six sounds, where no other drawing shows the hands
        "sound_press_down": Drawing(
            (
                Pose(arms=((-40, 128), (40, -128)), hands=(90, -90), legs=WIDE),
                Pose(arms=((-30, 52), (30, -52)), hands=(80, -80), legs=WIDE),
            ),
            marks=(("neck", (0, 7), (0, 17)),),
        ),
        "sound_back_to_thighs": Drawing(
            (
                Pose(arms=((-38, 42), (38, -42)), legs=WIDE, face=False),
                Pose(arms=((-12, -2), (12, 2)), legs=WIDE, face=False),
            ),
            marks=(("hand0", (-4, -12), (-4, -1)), ("hand1", (4, -12), (4, -1))),
        ),
        "sound_part_and_sink": Drawing(
            (
                Pose(arms=((-44, 158), (44, -158)), hands=(176, -176), legs=WIDE),
                Pose(arms=((-30, -18), (30, 18)), hands=(-40, 40), legs=WIDE),
            ),
            ("hand0", "hand1"),
        ),
        # tai chi
        "taiji_opening": Drawing(
            (
                Pose("side", arms=((8, 14), (12, 18)), legs=ON_FEET),
                Pose("side", arms=((84, 88), (88, 92)), hands=(66, 66), legs=((14, -8), (18, -6))),
            ),
            ("hand1",),
        ),
        "taiji_part_mane": Drawing(
            (
                Pose(arms=((-18, 70), (54, -112)), legs=((-8, 0), (22, 2)), turn=1),
                Pose(arms=((-112, -128), (26, 10)), hands=(-128, 70), legs=((-46, 0), (20, 26)), turn=-1),
            ),
            ("hand0", "hand1"),
        ),
        "taiji_brush_knee": Drawing(
            (
                Pose("side", arms=((40, 90), (-30, 158)), legs=((26, 22), (6, -26))),
                Pose("side", lean=4, arms=((20, 14), (78, 92)), hands=(70, 168), legs=LUNGE),
            ),
            ("hand1",),
        ),
    }
)
"""Code of a drawing -> the drawing."""
