"""In which order and under which headings the registers are shown. What is named nowhere comes last, so nothing is ever missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_base.model import Text

from .words import N_

CONDITIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Heart, blood pressure, vessels"),
        (
            "hypertension",
            "uncontrolled_hypertension",
            "hypotension",
            "coronary_heart_disease",
            "arrhythmia",
            "heart_failure",
            "heart_disease",
            "pacemaker_or_implant",
            "stroke_history",
            "carotid_disease",
            "aneurysm",
            "varicose_or_thrombosis",
            "oedema",
        ),
    ),
    (
        N_("Sugar, uric acid, thyroid, weight"),
        (
            "diabetes",
            "gout",
            "dyslipidaemia",
            "obesity",
            "hyperthyroidism",
            "hypothyroidism",
            "thyroid_disease",
            "hyperkalaemia",
            "hypokalaemia",
            "phenylketonuria",
        ),
    ),
    (
        N_("Stomach, bowels, liver, gallbladder"),
        (
            "peptic_ulcer",
            "gastric_reflux",
            "gastrectomy",
            "chronic_diarrhoea",
            "lactose_intolerance",
            "coeliac_disease",
            "liver_disease",
            "gallstones",
            "hernia",
            "swallowing_difficulty",
        ),
    ),
    (
        N_("Kidneys, bladder, periods"),
        (
            "chronic_kidney_disease",
            "kidney_stones",
            "prostate_enlargement",
            "heavy_menstruation",
        ),
    ),
    (
        N_("Lungs, nose, skin"),
        (
            "asthma",
            "copd",
            "lung_disease",
            "allergic_rhinitis",
            "chronic_urticaria",
            "skin_lesion",
            "photosensitivity",
        ),
    ),
    (
        N_("Bones, joints, back"),
        (
            "osteoporosis",
            "knee_arthritis",
            "spine_disease",
            "joint_replacement",
        ),
    ),
    (
        N_("Nerves, mind, eyes"),
        (
            "epilepsy",
            "parkinsons_disease",
            "dementia",
            "mental_illness",
            "neuropathy",
            "vertigo",
            "glaucoma_or_retinopathy",
        ),
    ),
    (
        N_("Blood, immune system, tumours"),
        (
            "anaemia",
            "bleeding_disorder",
            "g6pd_deficiency",
            "autoimmune",
            "immunodeficiency",
            "cancer",
        ),
    ),
    (
        N_("At the moment"),
        (
            "fever_or_acute_illness",
            "recent_surgery",
        ),
    ),
)
MEDICINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Blood pressure and heart"),
        (
            "antihypertensive",
            "amlodipine",
            "calcium_channel_blocker",
            "acei_or_arb",
            "beta_blocker",
            "diuretic",
            "thiazide_or_loop",
            "potassium_sparing",
            "nitrate",
            "digoxin",
            "antiarrhythmic",
            "statin",
        ),
    ),
    (
        N_("Against blood clots"),
        (
            "aspirin",
            "clopidogrel",
            "antiplatelet",
            "warfarin",
            "doac",
            "heparin",
            "anticoagulant",
        ),
    ),
    (
        N_("Sugar, thyroid, uric acid"),
        (
            "metformin",
            "insulin",
            "sulfonylurea",
            "alpha_glucosidase_inhibitor",
            "sglt2_inhibitor",
            "hypoglycaemic",
            "thyroid_hormone",
            "antithyroid",
            "urate_lowering",
        ),
    ),
    (
        N_("Pain, sleep, mind, nerves"),
        (
            "nsaid",
            "opioid",
            "sedative",
            "antidepressant",
            "ssri",
            "maoi",
            "lithium",
            "antipsychotic",
            "antiepileptic",
            "levodopa",
        ),
    ),
    (
        N_("Infections, immune system, tumours"),
        (
            "antibiotic_tetracycline_quinolone",
            "disulfiram_like",
            "antiviral_hiv",
            "glucocorticoid",
            "immunosuppressant",
            "chemotherapy",
        ),
    ),
    (
        N_("Others"),
        (
            "herbal_medicine",
            "proton_pump_inhibitor",
            "laxative_medicine",
            "iron_supplement",
            "bisphosphonate",
            "contraceptive",
            "theophylline",
        ),
    ),
)
ALLERGIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "",
        (
            "peanut",
            "tree_nut",
            "seafood",
            "egg",
            "milk",
            "wheat",
            "soy",
            "sesame",
            "legume",
            "mango",
            "latex_fruit",
            "mushroom",
            "honey",
            "alcohol_allergy",
            "pollen",
        ),
    ),
)
COMPLAINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Sleep, strength and mood"),
        ("insomnia", "fatigue", "low_resistance", "low_mood", "irritability", "palpitations", "forgetfulness"),
    ),
    (
        N_("Stomach and bowels"),
        ("digestive_discomfort", "poor_appetite", "bloating", "acid_reflux", "constipation", "loose_stools", "overweight", "hangover"),
    ),
    (N_("Head, eyes, ears and mouth"), ("headache", "dizziness", "tinnitus", "dry_eyes", "screen_eyes", "dry_mouth")),
    (N_("Airways, skin and hair"), ("cough_wheeze", "nasal_allergy", "acne", "hair_loss")),
    (N_("Back, joints and muscles"), ("low_back_knee_pain", "neck_shoulder_stiffness")),
    (N_("Warmth and water"), ("cold_hands_feet", "night_sweats", "swelling", "frequent_urination")),
    (N_("Periods and menopause"), ("menstrual_pain", "perimenopause")),
)
PREFERENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Eating"),
        (
            "vegetarian",
            "vegan",
            "halal",
            "no_pork",
            "no_spicy",
            "no_raw_cold",
            "no_alcohol",
            "no_caffeine",
            "low_salt",
            "low_sugar",
        ),
    ),
    (
        N_("Daily life"),
        (
            "short_of_time",
            "shift_work",
            "sedentary_work",
            "eats_out",
            "low_budget",
            "no_equipment",
            "indoors",
            "outdoors",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a list: its heading (a message id, may be empty) and the codes with their names."""

    heading: str
    entries: tuple[tuple[str, Text], ...]


def grouped(register: Mapping[str, object], order: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Group, ...]:
    """Every entry of a register once: in the order given, and what the order does not name under a heading of its own."""
    named = {code for _, codes in order for code in codes}
    rest = tuple(code for code in register if code not in named)
    parts = [*order, *([(N_("Others"), rest)] if rest and order[-1][0] != N_("Others") else [])]
    if rest and order[-1][0] == N_("Others"):
        parts[-1] = (order[-1][0], order[-1][1] + rest)
    found = [Group(heading, tuple((code, register[code].name) for code in codes if code in register)) for heading, codes in parts]  # type: ignore[attr-defined]
    return tuple(group for group in found if group.entries)
