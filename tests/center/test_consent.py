"""Consents: given, refused, withdrawn, renewed; nothing is processed without one."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from tcm_engine import Engine
from tcm_engine.center import Center, NotFound, make_plan, privacy
from tcm_engine.center.clients import add_client as add_record
from tcm_engine.center.clients import keep_for_client, read_identity
from tcm_engine.center.privacy import (
    MEANS,
    PURPOSES,
    ConsentMissing,
    consents_of,
    current_texts,
    give_consent,
    give_consents,
    has_consent,
    require_consent,
    text_of,
    who_consented,
    withdraw,
)
from tcm_engine.model import InvalidInput, Person, Profile
from tcm_engine.records import audit, branch
from tcm_engine.records.tables import consent
from tests.center.privacy_people import House, add_client, house
from tests.center.sheets import TODAY, Clock, answers


@pytest.fixture
def ours(center: Center) -> House:
    return house(center)


def actions(at: House) -> list[tuple[str, str, dict[str, object]]]:
    with at.center.records.read() as db:
        return [(row.action, row.subject_id, json.loads(row.detail)) for row in audit.audit_rows(db, at.organisation)]


def test_every_purpose_has_a_text_in_three_languages_that_names_its_articles() -> None:
    for lang in ("zh-Hans", "zh-Hant", "en"):
        texts = current_texts(lang)
        assert tuple(text.purpose for text in texts) == PURPOSES
        for text in texts:
            assert text.title and text.question and text.points
            assert all(point.text and point.articles and set(point.articles) <= set(range(1, 75)) for point in text.points)
            assert text_of(text.purpose, text.version, lang) == text
    assert text_of("health_data", "1999-01-01", "en") is None
    assert text_of("advertising", "2026-11-24", "en") is None


def test_sensitive_data_and_decisions_by_a_program_are_asked_separately_with_the_articles_that_demand_it() -> None:
    cited = {text.purpose: {article for point in text.points for article in point.articles} for text in current_texts("en")}
    assert {28, 30} <= cited["health_data"]
    assert 24 in cited["automated_decision"]


def test_traditional_words_are_traditional() -> None:
    assert "處理健康資訊" in current_texts("zh-Hant")[0].title or "處理健康信息" in current_texts("zh-Hant")[0].title


def test_nothing_is_agreed_to_until_it_is_given_and_each_purpose_stands_alone(ours: House) -> None:
    client, public = add_client(ours)
    with ours.center.records.write() as db:
        with pytest.raises(ConsentMissing) as missing:
            require_consent(db, client, "health_data")
        assert missing.value.purpose == "health_data"
        give_consent(db, ours.center, ours.caller("operator"), client, "health_data", "paper")
        assert has_consent(db, client, "health_data")
        assert not any(has_consent(db, client, purpose) for purpose in PURPOSES if purpose != "health_data")
        require_consent(db, client, "health_data")
        with pytest.raises(ConsentMissing) as second:
            require_consent(db, client, "health_data", "automated_decision")
        assert second.value.purpose == "automated_decision"
    assert actions(ours) == [("consent_given", public, {"purpose": "health_data", "version": "2026-11-24", "means": "paper"})]


def test_no_is_kept_as_no_and_is_not_the_same_as_never_asked(ours: House) -> None:
    client, _ = add_client(ours)
    with ours.center.records.write() as db:
        give_consents(db, ours.center, ours.caller("operator"), client, {"health_data": True, "employer_report": False}, "tablet")
        found = {one.purpose: one for one in consents_of(db, ours.organisation, client)}
    assert set(found) == {"health_data", "employer_report"}
    assert not found["health_data"].refused and found["health_data"].withdrawn_at is None
    assert found["employer_report"].refused
    with ours.center.records.read() as db:
        assert not has_consent(db, client, "employer_report")
    assert [action for action, *_ in actions(ours)] == ["consent_given", "consent_refused"]


def test_withdrawal_stops_at_once_is_written_down_once_and_can_be_given_again(ours: House, clock: Clock) -> None:
    client, _ = add_client(ours)
    caller = ours.caller("operator")
    with ours.center.records.write() as db:
        give_consent(db, ours.center, caller, client, "health_data", "staff")
    clock.forward(days=1)
    with ours.center.records.write() as db:
        assert withdraw(db, ours.center, caller, client, "health_data")
        with pytest.raises(ConsentMissing):
            require_consent(db, client, "health_data")
        assert not withdraw(db, ours.center, caller, client, "health_data")
    assert [action for action, *_ in actions(ours)] == ["consent_given", "consent_withdrawn"]
    clock.forward(days=1)
    with ours.center.records.write() as db:
        give_consent(db, ours.center, caller, client, "health_data", "staff")
        assert has_consent(db, client, "health_data")
        newest, oldest = consents_of(db, ours.organisation, client)
    assert newest.withdrawn_at is None
    assert oldest.withdrawn_at and oldest.withdrawn_at > oldest.given_at and not oldest.refused


def test_a_no_after_a_yes_ends_the_yes(ours: House, clock: Clock) -> None:
    client, _ = add_client(ours)
    with ours.center.records.write() as db:
        give_consent(db, ours.center, ours.caller("operator"), client, "follow_up", "link")
    clock.forward(minutes=1)
    with ours.center.records.write() as db:
        give_consent(db, ours.center, ours.caller("operator"), client, "follow_up", "link", agreed=False)
        assert not has_consent(db, client, "follow_up")


def test_consent_to_an_earlier_text_that_said_something_else_does_not_hold(ours: House) -> None:
    client, _ = add_client(ours)
    with ours.center.records.write() as db:
        give_consent(db, ours.center, ours.caller("operator"), client, "health_data", "paper")
        db.execute(update(consent).values(text_version="2020-01-01"))
        assert not has_consent(db, client, "health_data")
        assert who_consented(db, ours.organisation, "health_data", [client]) == frozenset()


def test_thousands_are_asked_at_once(ours: House) -> None:
    clients = [add_client(ours, f"某{number}")[0] for number in range(5)]
    with ours.center.records.write() as db:
        for client in clients[::2]:
            give_consent(db, ours.center, ours.caller("operator"), client, "health_data", "paper")
        asked = [*clients, *range(10_000, 12_000)]
        assert who_consented(db, ours.organisation, "health_data", asked) == frozenset(clients[::2])
        assert who_consented(db, ours.organisation + 1, "health_data", asked) == frozenset()


@pytest.mark.parametrize("use", ["give", "withdraw"])
def test_clients_of_others_and_of_other_branches_are_unknown(ours: House, center: Center, use: str) -> None:
    theirs = house(center, "theirs")
    with center.records.write() as db:
        branch.add(db, ours.organisation, "东", center.clock())
        branch.add(db, ours.organisation, "西", center.clock())
        east, west = sorted(row.id for row in branch.of_organisation(db, ours.organisation))
    whole, _ = add_client(ours)
    eastern, _ = add_client(ours, branch=east)
    for caller, client in (
        (theirs.caller(), whole),
        (ours.caller(branch=west), eastern),
        (ours.caller(branch=west), whole),
        (ours.caller(), 999),
    ):
        with pytest.raises(NotFound), center.records.write() as db:
            if use == "give":
                give_consent(db, center, caller, client, "health_data", "paper")
            else:
                withdraw(db, center, caller, client, "health_data")
    with center.records.write() as db:
        give_consent(db, center, ours.caller(branch=east), eastern, "health_data", "paper")


def test_unknown_purposes_and_means_are_named_together(ours: House) -> None:
    client, _ = add_client(ours)
    with pytest.raises(InvalidInput) as invalid, ours.center.records.write() as db:
        give_consent(db, ours.center, ours.caller(), client, "advertising", "telepathy")  # type: ignore[arg-type]
    assert [(fault.path, fault.code) for fault in invalid.value.faults] == [("purpose", "not_one_of"), ("means", "not_one_of")]
    assert set(MEANS) == {"paper", "tablet", "link", "staff"} and privacy.PURPOSES is PURPOSES


def test_no_plan_is_made_once_it_is_withdrawn_or_a_program_is_refused(ours: House, engine: Engine, clock: Clock) -> None:
    caller, center = ours.caller("operator"), ours.center
    result = engine.assess("gbt_46939_2025", answers(engine), sex="female", assessed_on=TODAY)
    with center.records.write() as db:
        ref = add_record(db, center, caller, read_identity({"name": "张三", "sex": "female"}))
        give_consent(db, center, caller, ref.id, "health_data", "paper")
        assessed = keep_for_client(db, center, caller, ref, result, Person(Profile(sex="female"), "张三")).kept.id
    assert make_plan(center, caller, assessed, on=TODAY, lang="en").assessment_id == assessed
    steps = (("automated_decision", False), ("automated_decision", True), ("health_data", False))
    for number, (purpose, agreed) in enumerate(steps):
        clock.forward(minutes=1)
        with center.records.write() as db:
            give_consent(db, center, caller, ref.id, purpose, "staff", agreed=agreed)  # type: ignore[arg-type]
        if agreed:
            make_plan(center, caller, assessed, on=TODAY, lang="en")
            continue
        with pytest.raises(ConsentMissing) as missing:
            make_plan(center, caller, assessed, on=TODAY, lang="en")
        assert missing.value.purpose == purpose, number
    with center.records.write() as db, pytest.raises(ConsentMissing):
        keep_for_client(db, center, caller, ref, result, Person(Profile(sex="female"), "张三"))
