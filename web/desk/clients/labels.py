"""Words for the codes of this area."""

from __future__ import annotations

from collections.abc import Mapping


def N_(table: dict[str, str]) -> Mapping[str, str]:
    """Marks a table whose values are message ids."""
    return table


LABELS = N_(
    {
        "name": "Name",
        "sex": "Sex",
        "birth_date": "Birth date",
        "id_number": "Identity card",
        "phone": "Telephone",
        "address": "Address",
        "code": "Number of the centre",
        "contact_name": "Contact person",
        "contact_relation": "Relation",
        "contact_phone": "Telephone of the contact person",
        "employer": "Employer or village",
        "unit": "Department or group",
        "branch": "Branch",
        "pregnant": "Pregnant",
        "trimester": "Trimester",
        "lactating": "Breastfeeding",
        "conditions": "Conditions",
        "medicines": "Medicines",
        "allergies": "Allergies",
        "complaints": "Complaints",
        "preferences": "Ways of eating and living",
        "zone": "Part of the country",
        "history": "Earlier illness and operations",
        "family": "Illness in the family",
        "remark": "Remark",
        "smoking": "Smoking",
        "drinking": "Alcohol",
        "exercise": "Exercise",
        "sleep": "Sleep a night",
        "taken_on": "Measured on",
        "values": "Values",
        "height_cm": "Height",
        "weight_kg": "Weight",
        "waist_cm": "Waist",
        "systolic_mmhg": "Systolic pressure",
        "diastolic_mmhg": "Diastolic pressure",
        "heart_rate_per_min": "Heart rate",
        "fasting_glucose_mmol_l": "Fasting glucose",
        "glucose_2h_mmol_l": "Glucose after 2 hours",
        "hba1c_percent": "HbA1c",
        "total_cholesterol_mmol_l": "Total cholesterol",
        "triglycerides_mmol_l": "Triglycerides",
        "ldl_mmol_l": "LDL cholesterol",
        "hdl_mmol_l": "HDL cholesterol",
        "uric_acid_umol_l": "Uric acid",
        "pressure": "Blood pressure",
        "bmi": "BMI",
        "assessed_on": "Answered on",
        "consent": "Consent",
        "kind": "What",
        "due_on": "Due on",
        "way": "How",
        "tier": "Priority",
        "note": "Note",
        "state": "State",
        "done_on": "Done on",
        "outcome": "Outcome",
        "file": "File",
        "merged": "Records",
        "same": "Same person",
    }
)
SEX = N_({"female": "female", "male": "male"})
YES_NO = N_({"yes": "yes", "no": "no"})
LISTED = N_({"": "not known", "none": "none", "some": "these:"})
HABIT_WORDS = N_(
    {
        "smoking.never": "never",
        "smoking.former": "gave it up",
        "smoking.current": "smokes",
        "drinking.never": "never",
        "drinking.occasionally": "now and then",
        "drinking.weekly": "every week",
        "drinking.daily": "every day",
        "exercise.rarely": "rarely",
        "exercise.weekly": "once or twice a week",
        "exercise.most_days": "most days",
        "sleep.under_6": "under 6 hours",
        "sleep.from_6_to_8": "6 to 8 hours",
        "sleep.over_8": "over 8 hours",
    }
)
LEVEL = N_(
    {
        "low": "below the range",
        "in_range": "in the range",
        "raised": "above the range",
        "high": "clearly above the range",
        "very_high": "far above the range",
        "alarm_low": "dangerously low",
        "alarm_high": "dangerously high",
    }
)
SIDE = N_({"from": "{bound} and more", "above": "above {bound}", "below": "below {bound}", "up_to": "{bound} and less"})
ACTION = N_(
    {
        "low": "Have it checked at the next visit to a doctor.",
        "raised": "Measure again on other days and have it checked.",
        "high": "Have it checked by a doctor within 2 weeks.",
        "very_high": "Have it checked by a doctor within 2 weeks.",
        "alarm_low": "Take 15 g of sugar at once and see a doctor today. With confusion or fainting call 120 at once.",
        "alarm_high": "See a doctor today. With vomiting, great thirst or confusion call 120 at once.",
        "pressure.alarm_high": "Rest 5 minutes and measure again; if it stays so, see a doctor today. "
        "With chest pain, severe headache, numbness or confusion call 120 at once.",
    }
)
KIND = N_({"contact": "Contact", "reassessment": "Assess again", "referral": "Referral"})
WAY = N_({"phone": "by telephone", "visit": "at the centre", "message": "by message", "home": "at home"})
TIER = N_({"normal": "usual", "soon": "soon", "urgent": "urgent"})
STATE = N_({"due": "due", "done": "done", "cancelled": "called off"})
OUTCOME = N_(
    {
        "kept_to_plan": "kept to the plan",
        "partly": "kept to it in part",
        "not_kept": "did not keep to it",
        "not_reached": "could not be reached",
        "referred": "sent to a doctor",
        "answered": "questions answered",
    }
)
MISSING = N_(
    {
        "sex": "Sex",
        "birth_date": "Birth date",
        "phone": "Telephone",
        "pregnancy": "Pregnancy and breastfeeding",
        "conditions": "Conditions",
        "medicines": "Medicines",
        "allergies": "Allergies",
        "consent": "Consent to the processing of health data",
        "assessment": "Assessment",
    }
)
WHY_MISSING = N_(
    {
        "sex": "Without it damp-heat cannot be judged, and everything for either sex counts as possible.",
        "birth_date": "Without it no age limit can be kept: advice for the strong is left out.",
        "phone": "Without it nobody can be reached for a follow-up.",
        "pregnancy": "Not answered counts as pregnant: much advice is left out.",
        "conditions": "Not answered counts as having any: much advice is left out.",
        "medicines": "Not answered counts as taking any: many foods and drinks are left out.",
        "allergies": "Not answered counts as allergic to anything: many foods are left out.",
        "consent": "Without it nothing may be assessed or planned.",
        "assessment": "Without it there is no result and no plan.",
    }
)
VERDICT = N_({"yes": "yes", "tendency": "tendency", "no": "no", "basically": "basically", "undetermined": "not determined"})
REASSESSMENT = N_({"later": "not yet due", "due": "due", "overdue": "overdue"})
PLAN_STATE = N_({"draft": "draft, nobody has signed it", "signed": "signed", "amended": "replaced by a newer version"})
SHARED = N_({"id_number": "same identity card", "name_birth": "same name and birth date", "name_phone": "same name and telephone"})
