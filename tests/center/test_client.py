"""Who a client is: cards, names in every reading, one record a person, walls between organisations and branches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcm_engine.center import Center, NotAllowed, NotFound, Outdated
from tcm_engine.center.clients import Background, Identity, add_client, change_client, client_of, find_same, read_identity
from tcm_engine.center.clients.id_number import check_digit, read_id_number
from tcm_engine.center.clients.names import initials, readings
from tcm_engine.model import InvalidInput
from tcm_engine.records import branch
from tcm_engine.records import client as clients

from .houses import caller_of, house

CARD = "11010519491231002X"


def faults(given: dict, **more) -> set[tuple[str, str]]:
    with pytest.raises(InvalidInput) as error:
        read_identity(given, **more)
    return {(fault.path, fault.code) for fault in error.value.faults}


def test_a_card_tells_sex_and_day_of_birth() -> None:
    found = read_identity({"name": "张三丰", "id_number": "１１０１０５19491231002x"})
    assert (found.id_number, found.sex, found.birth_date) == (CARD, "female", date(1949, 12, 31))


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("110105194912310021", "id_number_check"),
        ("110105194902310025", "id_number_day"),
        ("110105491231002", "id_number_shape"),
        ("01010519491231002X", "id_number_shape"),
        ("1101051949123100XX", "id_number_shape"),
    ],
)
def test_a_mistyped_card_is_told(number: str, fault: str) -> None:
    assert faults({"name": "张三", "id_number": number}) == {("$.id_number", fault)}


def test_what_contradicts_the_card_is_told_beside_it() -> None:
    given = {"name": "张三", "id_number": CARD, "sex": "male", "birth_date": "1949-12-30"}
    assert faults(given) == {("$.sex", "differs_from_id"), ("$.birth_date", "differs_from_id")}


def test_all_faults_come_at_once() -> None:
    given = {
        "name": " ",
        "phone": "12",
        "contact_phone": "x",
        "birth_date": "2030-01-01",
        "sex": "m",
        "shoe": 1,
        "unit": "a\nb",
        "code": "9" * 41,
    }
    assert faults(given, today=date(2026, 11, 24)) == {
        ("$.name", "missing"),
        ("$.phone", "phone_unfit"),
        ("$.contact_phone", "phone_unfit"),
        ("$.birth_date", "in_the_future"),
        ("$.sex", "not_one_of"),
        ("$.shoe", "unknown_key"),
        ("$.unit", "unfit_text"),
        ("$.code", "too_long"),
    }


@given(
    st.integers(100000, 999999), st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9)
)
def test_one_wrong_digit_is_always_found(place: int, born: date, count: int, at: int, step: int) -> None:
    first = f"{place}{born:%Y%m%d}{count:03d}"
    number = first + check_digit(first)
    card = read_id_number(number)
    assert not isinstance(card, str)
    assert (card.birth_date, card.sex) == (born, "male" if count % 2 else "female")
    wrong = number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]
    assert isinstance(read_id_number(wrong), str)


@pytest.mark.parametrize(
    ("name", "reading", "letters"),
    [
        ("单雄信", "shanxiongxin", "sxx"),
        ("曾国", "zengguo", "zg"),
        ("仇英", "qiuying", "qy"),
        ("区寄", "ouji", "oj"),
        ("吕布", "lvbu", "lb"),
        ("吕布", "lubu", "lb"),
        ("解缙", "xiejin", "xj"),
        ("欧阳 修", "ouyangxiu", "oyx"),
        ("阿里·买买提", "alimaimaiti", "almmt"),
        ("Anna Li", "annali", "annali"),
    ],
)
def test_a_name_is_found_in_every_reading(name: str, reading: str, letters: str) -> None:
    assert reading in readings(name)
    assert letters in initials(name)


def test_a_record_is_kept_sealed_and_found_again(center: Center) -> None:
    who = caller_of(center, house(center))
    with center.records.write() as db:
        identity = read_identity({"name": "单三", "id_number": CARD, "phone": "+86 138-0000-0000", "code": "A-7"})
        ref = add_client(db, center, who, identity, {"conditions": [], "medicines": ["warfarin", "某某丸"]}, Background(smoking="never"))
    kept = client_of(center, who, ref.public_id)
    assert kept.identity == identity
    assert kept.profile == {"conditions": [], "medicines": ["warfarin", "某某丸"]}
    assert (kept.background.smoking, kept.version) == ("never", 1)
    with center.records.read() as db:
        for kind, value in [
            ("pinyin", "shansan"),
            ("initials", "ds"),
            ("phone", "13800000000"),
            ("id_number", CARD),
            ("code", "a7"),
            ("name", "单三"),
        ]:
            assert clients.search(db, center.records.vault, who.organisation, kind, value) == {ref.id}
        rows = db.exec_driver_sql("SELECT content FROM client").all()
    assert all("单三".encode() not in bytes(row[0]) and b"138000" not in bytes(row[0]) for row in rows)


def test_the_same_person_is_found_by_card_then_birth_date_then_telephone(center: Center) -> None:
    who = caller_of(center, house(center))

    def same(**given):
        with center.records.read() as db:
            found = find_same(db, center, who, read_identity({"name": "张三"} | given))
        return found and found.public_id

    with center.records.write() as db:
        first = add_client(db, center, who, read_identity({"name": "张三", "id_number": CARD, "phone": "13800000000"}))
    assert same(id_number=CARD, name="张叁") == first.public_id
    assert same(birth_date="1949-12-31") == first.public_id
    assert same(phone="138 0000 0000") == first.public_id
    assert same(phone="13900000000") is None
    assert same(phone="13800000000", id_number="440524188001010014") is None
    with center.records.write() as db:
        add_client(db, center, who, read_identity({"name": "张三", "phone": "13800000000"}))
    assert same(phone="13800000000") is None  # two fit: a person must look


def test_a_number_of_the_centre_belongs_to_one_record(center: Center) -> None:
    who = caller_of(center, house(center))
    with center.records.write() as db:
        add_client(db, center, who, Identity("张三", code="7"))
        with pytest.raises(InvalidInput) as error:
            add_client(db, center, who, Identity("李四", code="７", branch="nowhere"), {"vitals": {"weight_kg": 1000}})
    assert {(f.path, f.code) for f in error.value.faults} == {
        ("$.code", "code_taken"),
        ("$.branch", "branch_unknown"),
        ("$.person.vitals.weight_kg", "out_of_range"),
    }


def test_of_two_who_change_one_record_the_later_sees_what_the_earlier_wrote(center: Center) -> None:
    who = caller_of(center, house(center))
    with center.records.write() as db:
        ref = add_client(db, center, who, Identity("张三"))
    change_client(center, who, ref.public_id, 1, identity=Identity("张三", phone="13800000000"))
    with pytest.raises(Outdated) as error:
        change_client(center, who, ref.public_id, 1, identity=Identity("张三", phone="13900000000"))
    assert error.value.now.identity.phone == "13800000000"  # type: ignore[attr-defined]
    kept = client_of(center, who, ref.public_id)
    assert (kept.version, kept.identity.phone) == (2, "13800000000")
    with center.records.read() as db:
        row = clients.find(db, center.records.vault, who.organisation, ref.public_id)
        assert row is not None
        assert [one.version for one in clients.versions(db, center.records.vault, who.organisation, row)] == [2, 1]
        assert clients.search(db, center.records.vault, who.organisation, "phone", "13900000000") == frozenset()


def test_nobody_else_sees_a_record(center: Center) -> None:
    ours, theirs = house(center), house(center)
    who = caller_of(center, ours)
    with center.records.write() as db:
        here, there = (branch.add(db, ours, name, center.clock()) for name in ("东院", "西院"))
        ids = {one.public_id: one.id for one in branch.of_organisation(db, ours)}
        ref = add_client(db, center, who, Identity("张三", phone="13800000000", branch=here))
    for stranger in (caller_of(center, theirs), replace(who, branch=ids[there])):
        with pytest.raises(NotFound):
            client_of(center, stranger, ref.public_id)
        with pytest.raises(NotFound):
            change_client(center, stranger, ref.public_id, 1, identity=Identity("李四"))
        with center.records.read() as db:
            assert find_same(db, center, stranger, Identity("张三", phone="13800000000")) is None
    assert client_of(center, replace(who, branch=ids[here]), ref.public_id).identity.branch == here
    bound = replace(who, branch=ids[there])
    with center.records.write() as db:
        own = add_client(db, center, bound, Identity("李四"))
        with pytest.raises(InvalidInput):
            add_client(db, center, bound, Identity("王五", branch=here))
    assert client_of(center, who, own.public_id).branch == ids[there]


def test_an_auditor_edits_nothing(center: Center) -> None:
    who = caller_of(center, house(center), "auditor")
    with center.records.write() as db, pytest.raises(NotAllowed):
        add_client(db, center, who, Identity("张三"))
    with pytest.raises(NotAllowed):
        client_of(center, who, "x")
