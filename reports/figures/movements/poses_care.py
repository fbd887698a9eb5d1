"""Drawings of work for the arms, of self-massage, of outings and of rest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .poses import ON_FEET, SEATED, STEP, WIDE, Drawing
from .skeleton import Pose

LAP = ((30, 62), (34, 66))
TO_FACE = ((57, 197), (61, 200))
"""Hands over the face, from the side."""

DRAWINGS: Mapping[str, Drawing] = MappingProxyType(
    {
        # arms
        "wall_push": Drawing(
            (
                Pose("side", lean=12, arms=((80, 96), (84, 100)), hands=(160, 160), legs=((-10, -14), (-8, -12)), prop="wall"),
                Pose("side", lean=24, arms=((20, 136), (24, 140)), hands=(160, 160), legs=((-22, -26), (-20, -24)), prop="wall"),
            ),
            marks=(("neck", (-18, 4), (-9, 7)),),
        ),
        "band_row": Drawing(
            (
                Pose("side", arms=((62, 76), (66, 80)), legs=((84, 40), (84, 42)), support="chair", prop="band"),
                Pose("side", arms=((-44, 84), (-48, 88)), legs=((84, 40), (84, 42)), support="chair", prop="band"),
            ),
            ("hand1",),
        ),
        "bottle_curl": Drawing(
            (Pose(legs=WIDE, prop="bottles"), Pose(arms=((-10, -160), (10, 160)), legs=WIDE, prop="bottles")), ("hand0", "hand1")
        ),
        # self-massage
        "face_rub": Drawing((Pose("side", arms=TO_FACE, legs=ON_FEET),), marks=(("head", (12, 5), (12, -6)),)),
        "palm_warm_eyes": Drawing((Pose("side", arms=TO_FACE, legs=SEATED, support="chair"),)),
        "scalp_comb": Drawing(
            (Pose("side", arms=((128, -112), (140, -100)), legs=ON_FEET),),
            marks=(("head", (4, -9), (-9, -6)), ("head", (-10, -4), (-9, 5))),
        ),
        "waist_rub": Drawing(
            (Pose(arms=((-36, 40), (36, -40)), legs=WIDE, face=False),),
            marks=(("hip", (-2.5, -12), (-2.5, -1)), ("hip", (2.5, -1), (2.5, -12))),
        ),
        "ribs_stroke": Drawing(
            (Pose(arms=((-52, 100), (52, -100)), legs=WIDE), Pose(arms=((-38, 46), (38, -46)), legs=WIDE)),
            marks=(("neck", (-6, 6), (-2, 16)), ("neck", (6, 6), (2, 16))),
        ),
        "sole_roll": Drawing(
            (Pose("side", lean=4, arms=LAP, legs=((84, 2), (104, 10)), support="chair", prop="bottle_under_foot", room=(0, 6)),),
            marks=(("toe1", (1, -4), (9, -4)),),
        ),
        # outings and water
        "water_walk": Drawing(
            (Pose("side", lean=3, arms=((-30, -10), (40, 66)), legs=STEP, prop="water", room=(8, 8)),),
            marks=(("hip", (14, -12), (23, -12)),),
        ),
        "kite_flying": Drawing((Pose("side", lean=-4, arms=((10, 40), (84, 104)), legs=STEP, head=-16, prop="kite", room=(0, 34)),)),
        # resting
        "count_breath_sitting": Drawing((Pose("side", arms=((14, 70), (18, 74)), legs=SEATED, support="chair"),)),
    }
)
"""Code of a drawing -> the drawing."""
