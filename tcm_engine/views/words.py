"""Codes and the English sentences that stand for them: the ids under which the catalogue has the Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Table = Mapping[str, str]


def N_(table: dict[str, str]) -> Table:
    """Marks a table whose values are message ids."""
    return MappingProxyType(table)


VERDICT = N_({"yes": "yes", "tendency": "tendency", "no": "no", "basically": "basically", "undetermined": "not determined"})

GRADE = N_(
    {
        "national_standard": "National standard",
        "government_guideline": "Government guideline",
        "society_guideline": "Expert consensus",
        "pharmacopoeia_or_textbook": "Textbook or pharmacopoeia",
        "trial_or_review": "Clinical study",
        "classic": "Traditional experience",
        "project_decision": "This product's decision",
    }
)

GRADE_KEY = N_(
    {
        "national_standard": "A standard that the state has issued.",
        "government_guideline": "A guideline or notice of a health authority.",
        "society_guideline": "Agreed and published by a professional society.",
        "pharmacopoeia_or_textbook": "Written in a pharmacopoeia or a teaching book.",
        "trial_or_review": "Studied in people; the effects found are mostly small.",
        "classic": "Handed down in classical writings; not tested by today's methods.",
        "project_decision": "Decided by the makers of this product, with a reason on record.",
    }
)

REVIEW_MARK = N_({"verified": "", "unreviewed": "not yet reviewed", "disputed": "sources disagree"})

SEEN = N_(
    {
        "print": "text seen",
        "copy": "public copy seen",
        "abstract": "abstract seen",
        "memory": "cited from memory",
        "ours": "our own decision",
    }
)

DOMAIN = N_(
    {
        "emotion": "Mood",
        "diet": "Eating",
        "daily_living": "Daily rhythm",
        "clothing": "Clothing",
        "dwelling": "Home",
        "movement": "Movement",
        "acupoint": "Acupressure",
        "tea_medicated_food": "Teas and kitchen recipes",
        "music": "Music",
    }
)

DOMAIN_AIM = N_(
    {
        "emotion": "Small habits that leave the mind more room.",
        "diet": "What to put on the table more often, in what amount.",
        "daily_living": "When to sleep, rise and rest.",
        "clothing": "What to wear, and which places to keep warm or cool.",
        "dwelling": "Light, air, warmth and moisture in the rooms.",
        "movement": "How to move so that you feel better afterwards, not worn out.",
        "acupoint": "A few points that you can press yourself.",
        "tea_medicated_food": "Drinks and dishes from ordinary foods, in kitchen amounts.",
        "music": "What to listen to, when and how loud.",
    }
)

SLOT = N_({"food": "Food", "point": "Pressing", "movement": "Movement", "living": "Living"})

URGENCY = N_(
    {
        "emergency": "At once",
        "within_24h": "Within 24 hours",
        "within_2_weeks": "Within 2 weeks",
        "soon": "Soon",
    }
)

LEVEL = N_({"block": "Avoid", "limit": "Limit", "warn": "Take care"})

MOMENT = N_(
    {
        "morning": "morning",
        "noon": "noon",
        "afternoon": "afternoon",
        "evening": "evening",
        "bedtime": "before bed",
        "any": "",
    }
)

REASON = N_(
    {
        "benefit:3": "suits {subject} very well",
        "benefit:2": "suits {subject}",
        "benefit:1": "suits {subject} a little",
        "complaint": "concerns what you mentioned: {subject}",
        "pattern": "fits the pattern {subject}",
        "long_summer": "fits the hot and damp weeks",
        "zone": "belongs to where you live: {subject}",
        "season": "fits the season: {subject}",
        "solar_term": "fits the solar term {subject}",
        "preference": "fits your preference: {subject}",
        "other": "fits you in other respects",
        "against": "less fitting for {subject}, therefore ranked lower",
    }
)

UNKNOWN = N_(
    {
        "sex": "You did not say your sex, so we counted the rules for women as holding for you.",
        "age": "You did not give your date of birth, so we counted the rules for children and for older people as holding for you.",
        "birth_date": "You did not give your date of birth, so we counted the rules for children and for older people as holding for you.",
        "pregnant": "You did not say whether you are pregnant, so we left out everything that is not fit in pregnancy.",
        "trimester": "You did not say in which month of pregnancy you are, so we counted the most careful case.",
        "lactating": "You did not say whether you are breastfeeding, so we left out what is not fit then.",
        "conditions": "You did not say whether you have an illness, so we left out what is not fit with common ones.",
        "medicines": "You did not say whether you take medicines, so we left out what may interact with common ones.",
        "allergies": "You did not say whether you have allergies, so we left out foods that often cause them.",
        "vitals": "You gave no blood pressure or other measurements, so we counted the more careful case.",
        "preferences": "You gave no preferences about food.",
        "red_flags": "Some warning signs were not asked; the checklist stands in this plan.",
        "other": "Some safety questions were not answered; we counted them as yes.",
    }
)

REVIEW_REASON = N_(
    {
        "equal_top_scores": "Two or more types have the same highest score.",
        "contradictory_types": "Types that point in opposite directions appear together.",
        "nothing_applies": "No type applies; the standard advises to look for the cause or to ask again in two weeks.",
        "sex_missing": "Sex was not given, so part of the form could not be judged.",
        "sex_item_without_sex": "A question for one sex was answered although sex was not given.",
        "straight_lining": "Almost every question has the same answer.",
        "answered_too_fast": "The form was answered faster than it can be read.",
        "below_intended_age": "This form is meant for older people.",
        "unregistered_medicine": "A medicine is not in our register.",
        "unregistered_condition": "An illness is not in our register.",
        "unregistered_allergy": "An allergy is not in our register.",
        "unregistered_complaint": "A complaint is not in our register.",
        "red_flag": "A warning sign is present.",
        "blood_pressure_needs_doctor": "Your blood pressure is 180/110 mmHg or more: see a doctor within 24 hours.",
        "glucose_needs_doctor": (
            "Your blood glucose is 16.7 mmol/L or more, or 3.9 or less: see a doctor today; when low, take sugar first."
        ),
        "other": "A practitioner should look at this result.",
    }
)

MEASURED_SIGN = N_(
    {
        "blood_pressure_needs_doctor": "Your upper blood pressure is 180 mmHg or more, or the lower one 110 or more.",
        "glucose_needs_doctor": "Your blood glucose is 16.7 mmol/L or more, or 3.9 or less.",
    }
)

MEASURED_ACTION = N_(
    {
        "blood_pressure_needs_doctor": "See a doctor within 24 hours.",
        "glucose_needs_doctor": "See a doctor today; when it is low, take sugar first.",
    }
)

WEEKDAY = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ANSWER = N_(
    {
        "fits": "Nothing known speaks against it",
        "fits_well": "Fits",
        "careful": "With care",
        "not_for": "Not for you",
        "open": "Depends on the person",
    }
)

NAMED_FACT = N_(
    {
        "pregnant": "pregnant",
        "trimester_1": "early pregnancy",
        "trimester_2": "middle of pregnancy",
        "trimester_3": "late pregnancy",
        "lactating": "breastfeeding",
    }
)

NOT_KNOWN = N_(
    {
        "constitution": "constitution type",
        "sex": "sex",
        "age": "age",
        "birth_date": "age",
        "pregnant": "pregnancy and breastfeeding",
        "lactating": "pregnancy and breastfeeding",
        "trimester": "month of pregnancy",
        "conditions": "illnesses",
        "medicines": "medicines",
        "allergies": "allergies",
        "other": "other safety questions",
    }
)
