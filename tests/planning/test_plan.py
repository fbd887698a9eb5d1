"""What a plan promises, one behaviour a test."""

from dataclasses import fields, replace
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import load
from tcm_engine.model import Listed, Place, Profile, fingerprint_of
from tcm_engine.planning import DOMAINS, compile_catalogue, make_plan
from tcm_engine.planning.facts import facts_of, vocabulary
from tcm_engine.planning.planner import _months_later
from tcm_engine.planning.weights import type_weights
from tests.planning.worlds import assessment, person, world

ON = date(2026, 11, 23)
CATALOGUE = compile_catalogue(world(7, foods=30, pieces=160, rules=40))
NONE = Listed()
HEALTHY = Profile(
    sex="male", birth_date=date(1990, 5, 1), conditions=NONE, medicines=NONE, allergies=NONE, complaints=NONE, preferences=NONE
)
TIRED = assessment({"qi_deficiency": "yes", "yang_deficiency": "tendency"})


def plan_for(profile=HEALTHY, result=TIRED, on=ON, **more):
    return make_plan(CATALOGUE, result, profile, on, "test", **more)


def test_an_emergency_stops_everything_and_says_where_to_go():
    plan = plan_for(replace(HEALTHY, red_flags=MappingProxyType({"chest_pain": True})))
    assert (
        plan.triage.stopped == "everything"
        and plan.items == ()
        and plan.first_week == ()
        and plan.calendar == ()
        and plan.foods_to_choose == ()
    )
    assert [f.code for f in plan.triage.present] == ["chest_pain"]
    assert "red_flag" in [r.code for r in plan.review_reasons]


def test_a_red_flag_stops_its_complaint_and_no_other():
    profile = replace(HEALTHY, complaints=Listed(("constipation", "insomnia")), red_flags=MappingProxyType({"blood_in_stool": True}))
    plan = plan_for(profile)
    assert plan.triage.stopped == "complaints" and plan.triage.stopped_complaints == ("constipation",) and plan.complaints == ("insomnia",)
    assert plan.items and not any(r.code == "complaint" and r.subject == "constipation" for i in plan.items for r in i.reasons)


def test_a_flag_that_was_not_asked_is_printed_and_stops_nothing():
    plan = plan_for(replace(HEALTHY, complaints=Listed(("insomnia",))))
    assert plan.triage.not_asked == ("chest_pain", "no_sleep") and plan.triage.stopped == "nothing"


def test_what_is_not_known_is_named_and_counts_as_yes():
    facts = facts_of(Profile(), ON, "winter", CATALOGUE.knowledge)
    assert facts.unknowns == ("sex", "birth_date", "pregnant", "lactating", "conditions", "medicines", "allergies")
    assert {"pregnant", "condition:gout", "medicine:warfarin", "allergy:egg", "age:65_plus"} <= facts.maybe
    assert facts_of(HEALTHY, ON, "winter", CATALOGUE.knowledge).maybe == frozenset()


def test_pregnancy_is_an_open_question_from_12_to_55_only():
    def asked(birth, sex):
        return "pregnant" in facts_of(Profile(sex=sex, birth_date=birth), ON, "winter", CATALOGUE.knowledge).maybe

    assert asked(date(1970, 11, 24), "female") and not asked(date(1970, 11, 23), "female")
    assert asked(date(2014, 11, 23), None) and not asked(date(2014, 11, 24), None)
    assert not asked(date(1990, 1, 1), "male")


def test_a_medicine_outside_the_register_counts_as_every_one_and_asks_for_review():
    facts = facts_of(replace(HEALTHY, medicines=Listed(("aspirin",), ("a new pill",))), ON, "winter", CATALOGUE.knowledge)
    assert "medicine:aspirin" in facts.yes and "medicine:warfarin" in facts.maybe
    assert [r.code for r in facts.review_reasons] == ["unregistered_medicine"] and facts.review_reasons[0].params == {"count": 1}


def test_a_class_of_medicines_holds_for_its_members():
    facts = facts_of(replace(HEALTHY, medicines=Listed(("warfarin",))), ON, "winter", CATALOGUE.knowledge)
    assert {"medicine:warfarin", "medicine:anticoagulant"} <= facts.yes


def test_the_stronger_type_weighs_more_and_a_tendency_still_counts():
    weights = type_weights(
        assessment({"qi_deficiency": "yes", "damp_heat": "yes", "yin_deficiency": "tendency"}, {"qi_deficiency": 38, "damp_heat": 21})
    )
    assert list(weights) == [0, 7, 0, 2, 0, 4, 0, 0, 0]


def test_where_nothing_applies_the_plan_leans_to_where_the_answers_lean():
    weights = type_weights(assessment({"balanced": "no"}, {"qi_deficiency": 16, "damp_heat": 8}))
    assert weights[0] == 2 and weights[1] == 2 and weights[5] == 0 and weights.any()


def test_the_southern_hemisphere_lives_in_the_other_half_of_the_year():
    assert (
        plan_for().season == "winter"
        and plan_for(replace(HEALTHY, place=Place(tz="Australia/Sydney", hemisphere="south"))).season == "summer"
    )


def test_the_hour_matters_where_it_is_given():
    at = datetime(2026, 11, 22, 15, 23, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert plan_for(on=date(2026, 11, 22), at=at).term == "lidong"
    assert plan_for(on=date(2026, 11, 22), at=at.replace(minute=24)).term == "xiaoxue"


def test_the_first_week_starts_with_three_things_and_grows_slowly():
    plan = plan_for()
    assert len(plan.first_week) == 7 and plan.first_week[0].day == ON
    assert len(plan.this_week) == 3 and len({i.split(".")[0] for i in plan.this_week}) == 3
    assert set(plan.first_week[0].item_ids) <= set(plan.this_week) and all(1 <= len(d.item_ids) <= 5 for d in plan.first_week)
    assert {i for d in plan.first_week for i in d.item_ids} <= {i.id for i in plan.items}


def test_no_two_pieces_of_a_domain_are_the_same_thing():
    shelf = CATALOGUE.advice
    for seed in range(60):
        chosen = [shelf.ids.index(i.id) for i in plan_for(person(seed)).items]
        for a in chosen:
            for b in chosen:
                foods = [frozenset(f for f in shelf.features[p] if f.startswith("food:")) for p in (a, b)]
                if a != b and shelf.ids[a].split(".")[0] == shelf.ids[b].split(".")[0] and all(foods):
                    assert not foods[0] <= foods[1]


def test_strongest_rejected_candidates_would_have_been_chosen():
    plan = plan_for(Profile(), assessment({"qi_deficiency": "yes"}))
    assert plan.excluded
    for entry in plan.excluded:
        own = [i.rank_points for i in plan.items if i.domain == entry.domain]
        assert not own or entry.rank_points >= min(own)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5000), st.sampled_from(["yes", "tendency"]))
def test_the_same_input_gives_the_same_plan_and_fingerprint(seed, verdict):
    result = assessment({"blood_stasis": verdict})
    one, two = plan_for(person(seed), result), plan_for(person(seed), result)
    assert one == two
    content = {f.name: getattr(one, f.name) for f in fields(one) if f.name != "fingerprint"}
    assert one.fingerprint == fingerprint_of(content)


def test_the_fingerprint_sees_every_field():
    plan = plan_for()
    content = {f.name: getattr(plan, f.name) for f in fields(plan) if f.name != "fingerprint"}
    for name in content:
        assert fingerprint_of({**content, name: "changed"}) != plan.fingerprint, name


def test_items_stand_in_the_order_of_the_domains():
    order = [DOMAINS.index(i.domain) for i in plan_for().items]
    assert order == sorted(order)


def test_three_months_after_the_end_of_november_is_the_end_of_february():
    assert _months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert _months_later(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert _months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)


@pytest.mark.parametrize(("vitals", "reasons"), [
    ({"systolic_mmhg": 180}, ["blood_pressure_needs_doctor"]), ({"systolic_mmhg": 179, "diastolic_mmhg": 109}, []),
    ({"diastolic_mmhg": 110}, ["blood_pressure_needs_doctor"]), ({"fasting_glucose_mmol_l": 16.7}, ["glucose_needs_doctor"]),
    ({"fasting_glucose_mmol_l": 16.6}, []), ({"fasting_glucose_mmol_l": 3.9}, ["glucose_needs_doctor"]),
    ({"fasting_glucose_mmol_l": 4.0}, []),
])  # fmt: skip
def test_measured_values_send_to_a_doctor_at_the_bound_and_not_below(vitals, reasons):
    plan = plan_for(replace(HEALTHY, vitals=MappingProxyType(vitals)))
    assert [r.code for r in plan.review_reasons] == reasons


def test_a_measured_pressure_counts_as_the_condition_that_nobody_named():
    knowledge = load()
    facts = facts_of(replace(HEALTHY, vitals=MappingProxyType({"systolic_mmhg": 185})), ON, "winter", knowledge)
    assert "condition:uncontrolled_hypertension" in facts.yes and "condition:uncontrolled_hypertension" in vocabulary(knowledge)
