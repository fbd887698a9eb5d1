"""The safety questions: who is asked what, what passing over means, and that the plan follows."""

from __future__ import annotations

import pytest

from tcm_engine.center import ANYONE, get_plan, read_draft

NOTHING = {
    "conditions": {"chosen": ["none"]},
    "medicines": {"chosen": ["none"]},
    "allergies": {"chosen": ["none"]},
    "complaints": {"chosen": ["none"]},
    "red_flags": {"chosen": ["none"]},
    "preferences": {"chosen": ["none"]},
    "place": {"zone": "elsewhere"},
    "pregnancy": {"pregnant": "no", "lactating": "no"},
}


def draft_of(someone, app) -> dict:
    with someone.browser.client.session_transaction() as session:
        return dict(read_draft(app.extensions["center"], ANYONE, session["visit"]).content)


def plan_of(someone, app):
    return get_plan(app.extensions["center"], ANYONE, draft_of(someone, app)["plan_id"]).plan


@pytest.mark.parametrize(
    ("sex", "age", "asked"),
    [
        ("female", "46", True),
        ("unsaid", "", True),
        ("female", "", True),
        ("female", "56", False),
        ("male", "30", False),
        ("unsaid", "70", False),
    ],
)
def test_pregnancy_is_asked_of_those_concerned(person, sex, age, asked):
    someone = person(sex=sex, age=age)
    someone.has_result(lambda key, number: 3)
    page = someone.browser.open("/self-test/safety")
    assert (someone.browser.path == "/self-test/safety/pregnancy") == asked
    someone.browser.open("/self-test/safety/pregnancy")
    assert (someone.browser.path == "/self-test/safety/pregnancy") == asked
    assert "共8步" in page.text if asked else "共7步" in page.text


def test_every_step_says_what_happens_where_it_is_passed_over(person):
    someone = person()
    someone.has_result()
    page = someone.browser.open("/self-test/safety")
    seen = []
    while "/safety/" in someone.browser.path:
        seen.append(someone.browser.path)
        assert "也可以继续" in page.text
        page = someone.browser.send()
    assert len(seen) == 8


def test_what_was_passed_over_is_unknown_and_the_plan_says_so(person, app):
    someone = person()
    page = someone.has_plan()
    plan = plan_of(someone, app)
    assert {"pregnant", "conditions", "medicines", "allergies"} <= set(plan.unknowns)
    assert "您没有告诉我们的" in page.text


def test_none_is_not_unknown(person, app):
    someone = person()
    page = someone.has_plan(**NOTHING)
    assert plan_of(someone, app).unknowns == ()
    assert "您没有告诉我们的" not in page.text


def test_free_words_that_the_register_knows_become_codes_and_others_are_unknown(person, app):
    someone = person()
    someone.has_plan(**NOTHING | {"medicines": {"words": "华法林片、Metformin；某种少见的药"}})
    center, draft = app.extensions["center"], draft_of(someone, app)
    vocabulary = center.registers.lists["medicines"]
    expected = vocabulary.sort(draft["safety"]["medicines"]["words"])
    assert draft["safety"]["medicines"]["words"] == ["华法林片", "Metformin", "某种少见的药"]
    assert "metformin" in expected.codes
    assert "某种少见的药" in expected.words
    reasons = {reason.code for reason in plan_of(someone, app).review_reasons}
    assert any("unknown" in code or "medicine" in code for code in reasons), reasons


def test_none_together_with_something_is_a_fault(person):
    someone = person()
    someone.has_result()
    someone.browser.open("/self-test/safety/conditions")
    page = someone.browser.send(chosen=["none", "hypertension"])
    assert page.title.startswith("错误：")
    assert any(href == "#chosen-0" for href, _ in page.links)
    assert "chosen-0" in page.ids
    page = someone.browser.send(chosen=["none"], words="痛风")
    assert page.title.startswith("错误：")


@pytest.mark.parametrize("words", ["药" * 61, "、".join(f"药{n}" for n in range(21)), "x" * 601])
def test_too_many_free_words_are_refused(person, words):
    someone = person()
    someone.has_result()
    someone.browser.open("/self-test/safety/medicines")
    assert someone.browser.send(words=words).title.startswith("错误：")


def test_hostile_words_stay_words(person, app):
    someone = person()
    hostile = "<script>alert(1)</script>、{{7*7}}、=1+1、\u202ex\x00y、🦄"
    page = someone.has_plan(**NOTHING | {"medicines": {"words": hostile}})
    assert "<script>alert" not in page.markup
    page = someone.browser.open("/self-test/safety/medicines")
    assert "<script>alert" not in page.markup
    assert "{{7*7}}" in page.forms[0].fields["words"][0]
    assert "\x00" not in page.forms[0].fields["words"][0]


def test_a_code_that_was_not_offered_is_left_out(person, app):
    someone = person()
    someone.has_result()
    someone.browser.open("/self-test/safety/conditions")
    someone.browser.send(chosen=["hypertension", "no_such_code", "../../etc"])
    assert draft_of(someone, app)["safety"]["conditions"]["codes"] == ["hypertension"]


def test_every_entry_of_the_registers_can_be_chosen(person, app):
    someone = person()
    someone.has_result()
    knowledge = app.extensions["center"].engine.knowledge
    for step, register in (
        ("conditions", "conditions"),
        ("medicines", "medicines"),
        ("allergies", "allergens"),
        ("complaints", "complaints"),
        ("preferences", "preferences"),
    ):
        offered = someone.browser.open(f"/self-test/safety/{step}").forms[0].offered["chosen"]
        assert sorted(offered) == sorted(["none", *getattr(knowledge, register)])


def test_red_flags_of_the_chosen_complaints_are_asked_and_no_others(person, app):
    someone = person()
    someone.has_result()
    flags = app.extensions["center"].engine.knowledge.red_flags.values()
    someone.browser.open("/self-test/safety/complaints")
    someone.browser.send(chosen=["insomnia"])
    assert someone.browser.path == "/self-test/safety/complaint_questions"
    someone.browser.send()
    assert someone.browser.path == "/self-test/safety/red_flags"
    expected = {flag.code for flag in flags if not flag.complaints or "insomnia" in flag.complaints}
    assert set(someone.page.forms[0].offered["chosen"]) == expected | {"none"}


def test_an_emergency_stands_above_everything_and_stops_the_plan(person, app):
    someone = person()
    emergency = next(
        f for f in app.extensions["center"].engine.knowledge.red_flags.values() if f.urgency == "emergency" and not f.complaints
    )
    page = someone.has_plan(**NOTHING | {"red_flags": {"chosen": [emergency.code]}})
    assert plan_of(someone, app).triage.stopped == "everything"
    assert page.markup.index('class="alarm"') < page.markup.index("<h1")
    assert "".join(emergency.action.zh.split()) in "".join(page.text.split())
    assert page.h1.startswith("方案暂停")
    assert not any(words in page.text for words in ("先做这三件事", "不要做什么", "第一周怎么安排"))
    page = someone.browser.open("/self-test/result")
    assert page.markup.index('class="alarm"') < page.markup.index("<h1")


def test_pregnancy_said_before_does_not_follow_a_changed_sex(person, app):
    someone = person()
    someone.has_plan(**NOTHING | {"pregnancy": {"pregnant": "2", "lactating": "no"}})
    assert draft_of(someone, app)["safety"]["trimester"] == 2
    someone.browser.open("/self-test/about-you")
    someone.browser.send(sex="male", age="46")
    someone.browser.send(instrument="gbt_46939_2025")
    someone.answers_list({"scrotum_m": 1})
    someone.submits()
    assert someone.browser.path == "/self-test/result"
    someone.passes_safety()
    assert someone.browser.path == "/self-test/plan"


def test_changing_a_safety_answer_makes_a_new_plan(person, app):
    someone = person()
    someone.has_plan(**NOTHING)
    before = plan_of(someone, app).fingerprint
    someone.browser.open("/self-test/safety/medicines")
    someone.browser.send(chosen=["warfarin"])
    someone.browser.open("/self-test/plan")
    assert plan_of(someone, app).fingerprint != before


def test_the_questions_of_what_was_chosen_reach_the_plan(person, app):
    someone = person()
    questions = {q.code for q in app.extensions["center"].engine.knowledge.complaints["insomnia"].questions}
    said = {f"insomnia.{code}": "yes" if n == 0 else "no" for n, code in enumerate(sorted(questions))}
    page = someone.has_plan(**NOTHING | {"complaints": {"chosen": ["insomnia"]}, "complaint_questions": said})
    plan = plan_of(someone, app)
    (programme,) = plan.programmes
    assert programme.complaint == "insomnia" and programme.steps
    assert draft_of(someone, app)["safety"]["complaint_answers"]["insomnia"] == {
        code.partition(".")[2]: answer == "yes" for code, answer in said.items()
    }
    assert "四周安排" in page.text and "第1周" in page.text and "第4周" in page.text


def test_no_questions_without_a_complaint(person):
    someone = person()
    someone.has_result()
    someone.browser.open("/self-test/safety/complaint_questions")
    assert "complaint_questions" not in someone.browser.path


def test_a_man_is_not_offered_what_only_women_have(person):
    for sex, offered in (("female", True), ("male", False)):
        someone = person(sex=sex)
        someone.has_result(lambda key, number: 3)
        assert ('value="menstrual_pain"' in someone.browser.open("/self-test/safety/complaints").markup) == offered


def test_the_zone_reaches_the_plan(person, app):
    someone = person()
    someone.has_plan(**NOTHING | {"place": {"zone": "south"}})
    assert plan_of(someone, app).zone == "south"
    someone = person()
    someone.has_plan(**NOTHING)
    assert plan_of(someone, app).zone is None
