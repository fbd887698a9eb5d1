"""A client's copy of everything; and what leaves the house of many, by level."""

from __future__ import annotations

import csv
import io
import json

import pytest
from sqlalchemy import update

from tcm_engine import Engine
from tcm_engine.center import Center, NotAllowed, NotFound
from tcm_engine.center.clients import add_client, keep_for_client, read_identity
from tcm_engine.center.privacy import copy_client, export_results, give_consent, withdraw
from tcm_engine.model import Person, Profile
from tcm_engine.records import audit as trail
from tcm_engine.records.tables import client
from tests.center.privacy_people import House, fill_tables, house
from tests.center.sheets import TODAY, answers


@pytest.fixture
def ours(center: Center) -> House:
    return house(center)


def assessed(at: House, engine: Engine, number: int, birth: str = "1979-05-12", sex: str = "female", name: str = "") -> tuple[int, str]:
    """(row, public id) of a client with a result."""
    caller = at.caller("operator")
    identity = read_identity({"name": name or f"受检{number:03}", "sex": sex, "birth_date": birth, "phone": f"138{number:08}"})
    result = engine.assess("gbt_46939_2025", answers(engine, sex=sex), sex=sex, assessed_on=TODAY)  # type: ignore[arg-type]
    with at.center.records.write() as db:
        ref = add_client(db, at.center, caller, identity)
        give_consent(db, at.center, caller, ref.id, "health_data", "paper")
        keep_for_client(db, at.center, caller, ref, result, Person(Profile(sex=sex), identity.name))  # type: ignore[arg-type]
    return ref.id, ref.public_id


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def newest(at: House) -> tuple[str, dict[str, object]]:
    with at.center.records.read() as db:
        row = next(iter(trail.find_rows(db, at.organisation, trail.Selection(), most=1)))
    return row.action, json.loads(row.detail)


def test_the_copy_holds_everything_opened_and_nothing_that_opens_something(ours: House) -> None:
    fill_tables(ours, 1)
    with ours.center.records.read() as db:
        public = db.execute(client.select()).mappings().one()["public_id"]
    copy = copy_client(ours.center, ours.caller("manager"), public)
    content = json.loads(copy.as_json())
    assert content["format"] == "tcm-client-copy 1" and content["client"] == public and copy.name == "张三"
    wanted = {"client", "client_version", "measurement", "consent", "follow_up", "campaign_person", "assessment", "plan"}
    assert wanted <= set(content["tables"])
    assert content["tables"]["client"][0]["content"]["identity"]["name"] == "张三"
    text = copy.as_json().decode()
    assert "handle" not in text and '"invitation"' not in text and "organisation_id" not in text
    assert newest(ours)[0] == "client_copied"


def test_the_copy_says_who_looked(ours: House, engine: Engine) -> None:
    _, public = assessed(ours, engine, 1)
    seen = copy_client(ours.center, ours.caller("manager"), public).content["seen_by"]
    assert [(one["who"], one["did"]) for one in seen][:2] == [("operator", "client_added"), ("operator", "consent_given")]
    again = copy_client(ours.center, ours.caller("manager"), public).content["seen_by"]
    assert again[-1]["did"] == "client_copied" and again[-1]["who"] == "manager"


def test_the_copy_of_another_s_client_is_refused(ours: House, center: Center, engine: Engine) -> None:
    theirs = house(center, "theirs")
    _, public = assessed(theirs, engine, 1)
    with pytest.raises(NotFound):
        copy_client(center, ours.caller("manager"), public)
    with pytest.raises(NotAllowed):
        copy_client(center, theirs.caller("operator"), public)


def test_full_needs_its_right_and_has_everybody_who_agrees(ours: House, engine: Engine) -> None:
    people = [assessed(ours, engine, number) for number in range(3)]
    with pytest.raises(NotAllowed):
        export_results(ours.center, ours.caller("manager"), "full")
    with pytest.raises(NotAllowed):
        export_results(ours.center, ours.caller("practitioner"), "deidentified")
    done = export_results(ours.center, ours.caller("administrator"), "full")
    rows = table(done.content)
    assert [row["person"] for row in rows] == [public for _, public in people]
    assert rows[0]["name"] == "受检000" and rows[0]["birth_date"] == "1979-05-12" and rows[0]["assessed_on"] == TODAY.isoformat()
    assert newest(ours) == ("results_exported", {"level": "full", "kind": "csv", "rows": 3, "people": 3})
    with ours.center.records.write() as db:
        withdraw(db, ours.center, ours.caller("operator"), people[0][0], "health_data")
    assert export_results(ours.center, ours.caller("administrator"), "full").people == 2


def test_without_identity_nobody_is_told_and_small_groups_are_withheld(ours: House, engine: Engine) -> None:
    for number in range(6):
        assessed(ours, engine, number, birth=f"198{number % 5}-03-0{number + 1}")
    assessed(ours, engine, 7, birth="1950-01-01", sex="male")
    done = export_results(ours.center, ours.caller("manager"), "deidentified")
    text = done.content.decode("utf-8-sig")
    rows = table(done.content)
    assert (done.people, done.withheld) == (7, 1)
    assert {(row["sex"], row["born"]) for row in rows} == {("female", "1980-1984"), ("", "")}
    assert {row["assessed_on"] for row in rows} == {"2026-11"}
    assert "受检" not in text and "138" not in text and "-03-" not in text
    assert len({row["person"] for row in rows}) == 7


def test_a_pseudonym_is_the_same_within_an_export_and_another_in_the_next(ours: House, engine: Engine) -> None:
    ref, _ = assessed(ours, engine, 1)
    result = engine.assess("gbt_46939_2025", answers(engine), sex="female", assessed_on=TODAY)
    from tcm_engine.center.clients import ClientRef

    with ours.center.records.write() as db:
        public = db.execute(client.select().where(client.c.id == ref)).mappings().one()["public_id"]
        keep_for_client(db, ours.center, ours.caller("operator"), ClientRef(ref, public), result, Person(Profile(sex="female"), "x"))
    first, second = (table(export_results(ours.center, ours.caller("manager"), "deidentified").content) for _ in range(2))
    assert len(first) == 2 and len({row["person"] for row in first}) == 1
    assert first[0]["person"] != second[0]["person"]


def test_json_says_the_same_as_csv(ours: House, engine: Engine) -> None:
    assessed(ours, engine, 1)
    found = json.loads(export_results(ours.center, ours.caller("administrator"), "full", "json").content)
    assert found["format"] == "tcm-results 1" and found["level"] == "full"
    (row,) = found["results"]
    (cells,) = table(export_results(ours.center, ours.caller("administrator"), "full").content)
    assert {name: row[name] for name in ("person", "name", "phone", "instrument")} == {
        name: cells[name] for name in ("person", "name", "phone", "instrument")
    }


def test_no_cell_is_a_formula(ours: House, engine: Engine) -> None:
    assessed(ours, engine, 1, name="=HYPERLINK(1)")
    (row,) = table(export_results(ours.center, ours.caller("administrator"), "full").content)
    assert row["name"] == "'=HYPERLINK(1)"


def test_of_a_branch_only_its_own(ours: House, engine: Engine, center: Center) -> None:
    from tcm_engine.records import branch

    people = [assessed(ours, engine, number)[0] for number in range(2)]
    with center.records.write() as db:
        branch.add(db, ours.organisation, "东", center.clock())
        (east,) = (row.id for row in branch.of_organisation(db, ours.organisation))
        db.execute(update(client).where(client.c.id == people[0]).values(branch_id=east))
    assert export_results(center, ours.caller("administrator", branch=east), "full").people == 1
