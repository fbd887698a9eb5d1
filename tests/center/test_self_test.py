"""A self-test from the first answer to the last trace of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tcm_engine import Engine
from tcm_engine.center import (
    ANYONE,
    Caller,
    Center,
    NotAllowed,
    NotFound,
    assess,
    drop_draft,
    edit_draft,
    forget,
    get_assessment,
    get_plan,
    keep,
    make_plan,
    plan_pdf,
    read_draft,
    read_sheet,
    sheet_reasons,
    show_plan,
    start_draft,
    sweep,
)
from tcm_engine.model import InvalidInput, Profile, canonical, fingerprint_of
from tcm_engine.records.tables import metadata
from tcm_engine.views import Letterhead

from .sheets import TODAY, Clock, answers, sheet


def rows(center: Center) -> dict[str, int]:
    with center.records.read() as db:
        counted = {name: db.execute(select(func.count()).select_from(table)).scalar_one() for name, table in metadata.tables.items()}
    return {name: count for name, count in counted.items() if count and name != "organisation"}


def test_what_is_read_equals_what_was_scored(center: Center, engine: Engine) -> None:
    kept = assess(center, ANYONE, sheet(engine, "欧阳𠮷"))
    found = get_assessment(center, ANYONE, kept.id)
    assert found == kept
    assert canonical(found.assessment) == canonical(kept.assessment)
    assert list(found.assessment.answers) == list(kept.assessment.answers)
    assert found.person.name == "欧阳𠮷"


def test_a_plan_survives_storage_with_its_fingerprint(center: Center, engine: Engine) -> None:
    kept = make_plan(center, ANYONE, assess(center, ANYONE, sheet(engine)).id, on=TODAY, lang="zh-Hans")
    found = get_plan(center, ANYONE, kept.id)
    assert canonical(found.plan) == canonical(kept.plan)
    content = {name: getattr(found.plan, name) for name in found.plan.__dataclass_fields__ if name != "fingerprint"}
    assert fingerprint_of(content) == found.plan.fingerprint
    assert (found.lang, found.version, found.state) == ("zh-Hans", 1, "draft")
    assert show_plan(center, found, "en") == show_plan(center, kept, "en")


def test_another_profile_may_stand_instead(center: Center, engine: Engine) -> None:
    source = assess(center, ANYONE, sheet(engine)).id
    pregnant = make_plan(center, ANYONE, source, on=TODAY, lang="en", profile=Profile(sex="female", pregnant=True))
    assert pregnant.plan.fingerprint != make_plan(center, ANYONE, source, on=TODAY, lang="en").plan.fingerprint
    with pytest.raises(InvalidInput, match=r"\$\.person\.pregnant conflicts_with"):
        make_plan(center, ANYONE, source, on=TODAY, lang="en", profile=Profile(sex="male", pregnant=True))


def test_the_document_is_rendered_from_the_view_with_the_letterhead(center: Center, engine: Engine) -> None:
    kept = make_plan(center, ANYONE, assess(center, ANYONE, sheet(engine, "李雷")).id, on=TODAY, lang="zh-Hans")
    seen = []
    render = lambda view: seen.append(view) or b"%PDF"  # noqa: E731
    assert plan_pdf(center, ANYONE, kept.id, lang="en", render=render) == b"%PDF"
    plan_pdf(center, ANYONE, kept.id, lang="zh-Hans", render=render, letterhead=lambda name: Letterhead(name, "某中心"))
    assert [(view.lang, view.letterhead.client_name, view.letterhead.centre_name) for view in seen] == [
        ("en", "李雷", ""),
        ("zh-Hans", "李雷", "某中心"),
    ]


def test_nothing_is_found_after_the_visit_and_nothing_is_left_after_the_sweep(center: Center, engine: Engine, clock: Clock) -> None:
    source = assess(center, ANYONE, sheet(engine))
    plan = make_plan(center, ANYONE, source.id, on=TODAY, lang="en")
    clock.forward(minutes=119)
    assert get_plan(center, ANYONE, plan.id).id == plan.id
    clock.forward(minutes=1)
    for gone in (
        lambda: get_assessment(center, ANYONE, source.id),
        lambda: get_plan(center, ANYONE, plan.id),
        lambda: keep(center, ANYONE, source.id),
    ):
        with pytest.raises(NotFound):
            gone()
    assert sweep(center) >= 1
    assert rows(center) == {}


def test_an_assessment_lives_as_long_as_its_plan(center: Center, engine: Engine, clock: Clock) -> None:
    source = assess(center, ANYONE, sheet(engine))
    clock.forward(minutes=100)
    plan = make_plan(center, ANYONE, source.id, on=TODAY, lang="en")
    assert get_assessment(center, ANYONE, source.id).expires_at == plan.expires_at
    clock.forward(minutes=60)
    sweep(center)
    assert rows(center) == {"assessment": 1, "plan": 1}


def test_a_private_link_is_kept_for_as_long_as_was_said(center: Center, engine: Engine, clock: Clock) -> None:
    source = assess(center, ANYONE, sheet(engine))
    plan = make_plan(center, ANYONE, source.id, on=TODAY, lang="en")
    assert keep(center, ANYONE, source.id) == clock() + timedelta(days=30)
    clock.forward(days=29, hours=23)
    sweep(center)
    assert get_plan(center, ANYONE, plan.id).plan == plan.plan
    clock.forward(hours=1)
    with pytest.raises(NotFound):
        get_plan(center, ANYONE, plan.id)


def test_what_is_deleted_is_gone_with_all_that_hangs_on_it(center: Center, engine: Engine) -> None:
    source = assess(center, ANYONE, sheet(engine))
    make_plan(center, ANYONE, source.id, on=TODAY, lang="en")
    forget(center, ANYONE, source.id)
    forget(center, ANYONE, source.id)
    assert rows(center) == {}


def test_what_expired_while_nobody_looked_is_deleted_at_the_start(center: Center, engine: Engine, clock: Clock, database_url: str) -> None:
    from .sheets import center_at

    assess(center, ANYONE, sheet(engine))
    start_draft(center, ANYONE, {"a": 1})
    clock.forward(hours=3)
    again = center_at(engine, database_url, clock)
    assert rows(again) == {}
    again.records.close()


def test_another_organisation_sees_changes_and_deletes_nothing(center: Center, engine: Engine) -> None:
    with center.records.write() as db:
        other = db.execute(
            metadata.tables["organisation"].insert().returning(metadata.tables["organisation"].c.id),
            {"code": "other", "name": "Other", "created_at": center.clock()},
        ).scalar_one()
    stranger = Caller(other, role="practitioner")
    source = assess(center, ANYONE, sheet(engine))
    plan = make_plan(center, ANYONE, source.id, on=TODAY, lang="en")
    draft = start_draft(center, ANYONE, {"a": 1})
    for refused in (
        lambda: get_assessment(center, stranger, source.id),
        lambda: get_plan(center, stranger, plan.id),
        lambda: make_plan(center, stranger, source.id, on=TODAY, lang="en"),
    ):
        with pytest.raises(NotFound):
            refused()
    for denied in (
        lambda: keep(center, stranger, source.id),
        lambda: forget(center, stranger, source.id),
        lambda: read_draft(center, stranger, draft.token),
        lambda: edit_draft(center, stranger, draft.token, dict),
        lambda: drop_draft(center, stranger, draft.token),
    ):
        with pytest.raises(NotAllowed):
            denied()
    assert get_assessment(center, ANYONE, source.id) and read_draft(center, ANYONE, draft.token)


def test_a_draft_is_resumed_edited_and_dropped(center: Center, clock: Clock) -> None:
    draft = start_draft(center, ANYONE, {"answers": {"tired": 3}})
    clock.forward(minutes=90)
    edit_draft(center, ANYONE, draft.token, lambda old: old | {"sex": "female"})
    clock.forward(minutes=90)
    assert read_draft(center, ANYONE, draft.token).content == {"answers": {"tired": 3}, "sex": "female"}
    drop_draft(center, ANYONE, draft.token)
    with pytest.raises(NotFound):
        read_draft(center, ANYONE, draft.token)


def test_a_draft_that_is_no_form_is_refused(center: Center) -> None:
    with pytest.raises(ValueError, match="65536 bytes"):
        start_draft(center, ANYONE, {"a": "x" * 70_000})


def test_faults_of_person_and_answers_come_together(center: Center, engine: Engine) -> None:
    given = answers(engine) | {"tired": 9, "nonsense": 1}
    person = {"sex": "female", "birth_date": "2031-01-01", "trimester": 2}
    with pytest.raises(InvalidInput) as refused:
        read_sheet(center, "gbt_46939_2025", person, given, on=TODAY, today=TODAY)
    assert {(fault.path, fault.code) for fault in refused.value.faults} == {
        ("$.answers.tired", "out_of_range"),
        ("$.answers.nonsense", "unknown_key"),
        ("$.person.birth_date", "in_the_future"),
        ("$.person.trimester", "conflicts_with"),
    }


def test_unknown_words_and_red_flags_ask_for_review(engine: Engine) -> None:
    profile = sheet(engine).person.profile
    assert [reason.code for reason in sheet_reasons(profile)] == ["unregistered_medicine"]
    flag = next(iter(engine.knowledge.red_flags))
    assert [reason.code for reason in sheet_reasons(Profile(red_flags={flag: True}))] == ["red_flag"]
    assert sheet_reasons(Profile(birth_date=date(1990, 1, 1))) == ()
