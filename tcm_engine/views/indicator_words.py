"""Names and definitions of indicators."""

from __future__ import annotations

from .words import N_

SECTION = N_(
    {
        "coverage": "Coverage",
        "main_type": "Main type",
        "applies": "Every type that applies",
        "tendency": "Tendencies",
        "certainty": "How certain the results are",
        "plans": "Plans",
        "follow_ups": "Follow-ups due in the period",
        "referrals": "Referrals due in the period",
        "completeness": "Completeness of what was asked",
        "quality": "Why results need a look",
    }
)
DEFINITION = N_(
    {
        "coverage": "People assessed, of all people on the campaign's roster.",
        "main_type": "People by the type with the highest score among those that apply, of all people assessed. "
        "Naming one main type is a decision of this product; the standards name none.",
        "applies": "People for whom the type applies (the balanced type: yes or basically), of all people assessed. "
        "A person can have several types: the shares do not add up to 100%.",
        "tendency": "People with a tendency to the type, of all people assessed. A person can have several.",
        "certainty": "People by the least number of answers that, changed by one step, would give another verdict for any of the nine "
        "types.",
        "plans": "People with a plan made from the assessment that is counted; and signed plans, of those with a plan.",
        "follow_ups": "Contacts and reassessments whose due day lies in the period, cancelled ones left out. "
        "Overdue: due before the day of counting and not done.",
        "referrals": "Referrals whose due day lies in the period, cancelled ones left out; answered: marked as done.",
        "completeness": 'People of whom the fact is known, "none" included, of all people assessed. What is not known is not filled in.',
        "quality": "People whose result carries the reason, of all people assessed. A result can carry several.",
    }
)
LINE = N_(
    {
        "coverage.assessed": "assessed",
        "main_type.none": "no single main type",
        "certainty.steps_1": "one changed answer would do",
        "certainty.steps_2": "two or three changed answers",
        "certainty.steps_4": "four or more changed answers",
        "certainty.undetermined": "a type is not determined",
        "plans.planned": "with a plan",
        "plans.signed": "plan signed",
        "follow_ups.done": "done",
        "follow_ups.overdue": "overdue",
        "follow_ups.waiting": "not yet due",
        "referrals.answered": "answered",
        "completeness.sex": "sex",
        "completeness.birth_date": "day of birth",
        "completeness.conditions": "diseases",
        "completeness.medicines": "medicines",
        "completeness.allergies": "allergies",
        "completeness.complaints": "complaints",
        "quality.any": "any reason",
        "quality.equal_top_scores": "equal highest scores",
        "quality.contradictory_types": "types that contradict each other",
        "quality.nothing_applies": "no type applies",
        "quality.sex_missing": "sex not given, a type not determined",
        "quality.sex_item_without_sex": "a question for one sex answered without sex",
        "quality.straight_lining": "the same answer throughout",
        "quality.answered_too_fast": "answered too fast to have been read",
        "quality.below_intended_age": "younger than the form is meant for",
    }
)
GROUP = N_(
    {
        "female": "women",
        "male": "men",
        "unknown": "not given",
        "age_0": "under 30",
        "age_30": "30 to 39",
        "age_40": "40 to 49",
        "age_50": "50 to 59",
        "age_60": "60 to 64",
        "age_65": "65 to 74",
        "age_75": "75 and over",
    }
)
BY = N_({"branch": "Branch", "unit": "Unit", "sex": "Sex", "age": "Age"})
