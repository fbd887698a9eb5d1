"""Drawings of what loosens and strengthens: neck, shoulders, eyes, back, legs, balance."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .poses import ON_FEET, SEATED, WIDE, Drawing
from .skeleton import Pose

KNEES_UP = ((134, 22), (138, 26))
"""Lying with bent knees."""
REST = ((70, 96), (72, 100))
"""Arms of somebody lying."""
LAP = ((30, 62), (34, 66))
LONG = ((88, 90), (90, 90))
"""Sitting on the floor with long legs."""

DRAWINGS: Mapping[str, Drawing] = MappingProxyType(
    {
        # neck, shoulders, arms, eyes
        "neck_stretch": Drawing(
            (Pose(legs=WIDE), Pose(arms=((-8, -4), (16, 10)), legs=WIDE, head=-48)),
            marks=(("head", (2, -8), (-7, -5)), ("hand1", (4, -9), (4, 1))),
        ),
        "chin_tuck": Drawing(
            (
                Pose("side", arms=LAP, legs=SEATED, support="chair", head=12),
                Pose("side", lean=-2, arms=LAP, legs=SEATED, support="chair", room=(0, 6)),
            ),
            marks=(("head", (16, 2), (8, 2)),),
        ),
        "chest_opener": Drawing(
            (
                Pose(arms=((-84, -176), (84, 176)), legs=WIDE, face=False, prop="door"),
                Pose("side", lean=12, arms=((-50, 180), (-46, 180)), legs=((30, 4), (-14, -18)), prop="door_side"),
            ),
            marks=(("neck", (6, 8), (15, 8)),),
            phases=False,
        ),
        "shoulder_blade_squeeze": Drawing(
            (Pose(legs=WIDE, face=False), Pose(arms=((-34, -14), (34, 14)), legs=WIDE, face=False)),
            marks=(("neck", (-9, 8), (-2, 9)), ("neck", (9, 8), (2, 9))),
        ),
        "wrist_stretch": Drawing(
            (
                Pose("side", arms=((56, 100), (80, 86)), hands=(100, 4), legs=ON_FEET, room=(0, 4)),
                Pose("side", arms=((60, 92), (80, 86)), hands=(120, 176), legs=ON_FEET, room=(0, 4)),
            ),
            phases=False,
        ),
        "wall_climb": Drawing(
            (
                Pose("side", arms=((4, 6), (62, 96)), legs=ON_FEET, prop="wall"),
                Pose("side", arms=((4, 6), (128, 150)), legs=ON_FEET, prop="wall"),
            ),
            marks=(("hand1", (-10, 4), (-6, -7)),),
        ),
        "upper_back_chair": Drawing(
            (
                Pose("side", arms=((128, -64), (134, -58)), legs=SEATED, support="chair"),
                Pose("side", lean=-12, bow=-3, arms=((140, -52), (146, -46)), legs=SEATED, support="chair", head=-16),
            ),
            marks=(("head", (-2, -9), (-11, -6)),),
        ),
        "eye_far_near": Drawing(
            (Pose("side", arms=((20, 40), (62, 128)), legs=SEATED, support="chair", prop="pen_and_tree", room=(0, 26)),),
            marks=(("head", (8, 0), (16, 1)), ("head", (26, 2), (38, 6))),
        ),
        # back and hips
        "gentle_side_bend": Drawing(
            (Pose(legs=WIDE), Pose(lean=17, arms=((-26, -20), (2, -4)), legs=WIDE)), marks=(("hand1", (4, -14), (4, -1)),)
        ),
        "knee_hug_lying": Drawing(
            (Pose("side", lean=-90, arms=((104, 120), (108, 124)), legs=((134, 22), (204, 66)), support="mat"),),
            marks=(("knee1", (6, -6), (-4, -6)),),
        ),
        "pelvic_tilt": Drawing(
            (Pose("side", lean=-90, arms=((92, 90), (92, 90)), legs=KNEES_UP, support="mat"),), marks=(("hip", (-7, -15), (-7, -5)),)
        ),
        "glute_bridge": Drawing(
            (Pose("side", lean=-114, arms=((84, 90), (84, 90)), legs=((106, 8), (108, 10)), head=24, support="mat"),),
            marks=(("hip", (0, -7), (0, -16)),),
        ),
        "bed_cat_sitting": Drawing(
            (
                Pose("side", lean=10, bow=6, arms=LAP, legs=SEATED, head=26, support="chair"),
                Pose("side", lean=-2, bow=-3, arms=((24, 60), (28, 64)), legs=SEATED, head=-8, support="chair"),
            ),
            marks=(("neck", (5, 6), (13, 3)),),
        ),
        # legs
        "hamstring_stretch": Drawing(
            (
                Pose("side", arms=LAP, legs=((84, 2), (60, 62)), feet=(90, 158), support="chair"),
                Pose("side", lean=34, arms=((40, 62), (44, 66)), legs=((84, 2), (60, 62)), feet=(90, 158), support="chair"),
            ),
            ("head",),
        ),
        "calf_stretch": Drawing(
            (Pose("side", lean=14, arms=((82, 92), (86, 96)), hands=(160, 160), legs=((40, -12), (-26, -28)), prop="wall"),),
            marks=(("ankle1", (-6, -12), (-6, -3)),),
        ),
        "ankle_pump": Drawing(
            (Pose("side", lean=-10, arms=((-30, -14), (-34, -18)), legs=LONG, feet=(178, 178), support="mat", room=(0, 10)),),
            marks=(("toe1", (-3, -4), (-11, -4)), ("toe1", (4, 0), (9, 7))),
        ),
        "legs_up_rest": Drawing(
            (Pose("side", lean=-90, arms=REST, legs=((152, 90), (156, 92)), feet=(176, 176), support="mat", prop="stool"),),
            loops=("belly",),
        ),
        "knee_quad_set": Drawing(
            (
                Pose(
                    "side", lean=-12, arms=((-34, -16), (-38, -20)), legs=((128, 30), (92, 88)), feet=(90, 178), support="mat", prop="roll"
                ),
            ),
            marks=(("knee1", (0, -14), (0, -5)),),
        ),
        "straight_leg_raise": Drawing(
            (Pose("side", lean=-90, arms=((90, 90), (90, 90)), legs=((134, 22), (118, 118)), feet=(90, 206), support="mat"),),
            marks=(("ankle1", (7, 9), (7, -4)),),
        ),
        "seated_knee_extension": Drawing(
            (
                Pose("side", arms=((-4, 20), (0, 24)), legs=SEATED, support="chair"),
                Pose("side", arms=((-4, 20), (0, 24)), legs=((84, 2), (88, 86)), feet=(90, 170), support="chair"),
            ),
            ("ankle1",),
        ),
        "step_up": Drawing(
            (Pose("side", lean=8, arms=((10, 30), (-16, -6)), legs=((76, 6), (-4, -10)), prop="step", room=(0, 4)),),
            marks=(("knee0", (8, 6), (8, -6)),),
        ),
        "shallow_squat": Drawing(
            (
                Pose("side", arms=((34, 62), (38, 66)), legs=ON_FEET, prop="chair_ahead", room=(0, 10)),
                Pose("side", lean=22, arms=((56, 84), (60, 88)), legs=((46, -26), (50, -22)), prop="chair_ahead", room=(0, 12)),
            ),
            marks=(("hip", (-8, -8), (-10, 2)),),
        ),
        "toe_raise": Drawing(
            (
                Pose("side", arms=((34, 62), (38, 66)), legs=ON_FEET, prop="chair_ahead", room=(0, 10)),
                Pose("side", arms=((34, 62), (38, 66)), legs=ON_FEET, feet=(122, 122), prop="chair_ahead", room=(0, 10)),
            ),
            marks=(("toe1", (3, 1), (3, -7)),),
        ),
        "side_leg_raise": Drawing(
            (
                Pose(arms=((-28, 12), (28, -12)), legs=WIDE, face=False, prop="rail"),
                Pose(arms=((-28, 12), (28, -12)), legs=((-4, -2), (30, 30)), face=False, prop="rail"),
            ),
            ("toe1",),
        ),
        "single_leg_stand": Drawing(
            (
                Pose("side", arms=((34, 62), (38, 66)), legs=ON_FEET, prop="chair_ahead", room=(0, 10)),
                Pose("side", arms=((34, 62), (38, 66)), legs=((2, 2), (34, -46)), prop="chair_ahead", room=(0, 10)),
            )
        ),
        "tandem_stand": Drawing(
            (Pose("side", arms=((34, 62), (6, 12)), legs=((11, 8), (-8, -11)), prop="wall", room=(0, 2)),),
            marks=(("ankle0", (0, -10), (0, -3)),),
        ),
    }
)
"""Code of a drawing -> the drawing."""
