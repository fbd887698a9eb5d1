"""A planted canary: what is known of a person is found in no file that the service leaves, but sealed."""

from __future__ import annotations

import io
import logging
import re
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from config import Settings
from tcm_engine.center import make_plan
from tcm_engine.center.campaigns import NewCampaign, add_campaign, roster_columns, take_roster, upload_roster
from tcm_engine.center.clients import add_client, add_follow_up, keep_for_client, read_identity
from tcm_engine.center.privacy import Locks, answer_consents, copy_client, export_results, make_backup
from tcm_engine.center.work import store_bytes
from tcm_engine.model import Listed, Person, Profile
from tcm_engine.records import stored_file
from tests.center.sheets import TODAY, answers

from .people import House, house

SECRET = "k" * 40
NAME, PHONE, ADDRESS, UNIT, NOTE, FREE = "金丝雀甲", "13987650123", "鸟鸣巷九十九号", "笼养三班", "夜里咳嗽又心慌", "canary pills"
PLANTED = (NAME, PHONE, ADDRESS, UNIT, NOTE, FREE)


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Everything that is written lies below: `var`, and temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    yield tmp_path


@pytest.fixture
def service(where: Path) -> Flask:
    often = {"rate_limit": "100000/minute", "rate_limit_create": "10000/minute"}
    return create_app(Settings(var_dir=where / "var", secret_key=SECRET, log_level="debug", **often))  # type: ignore[arg-type]


def plant(at: House) -> str:
    """Personal fields wherever a person's may be written; the client's public id."""
    caller, center = at.caller("operator"), at.center
    given = {
        "name": NAME,
        "sex": "female",
        "birth_date": "1990-03-07",
        "phone": PHONE,
        "address": ADDRESS,
        "unit": UNIT,
        "contact_name": NAME,
    }
    identity = read_identity(given)
    result = center.engine.assess("gbt_46939_2025", answers(center.engine), sex="female", assessed_on=TODAY)
    with center.records.write() as db:
        ref = add_client(db, center, caller, identity)
    answer_consents(center, caller, ref.public_id, {"health_data": True, "automated_decision": True}, "paper")
    profile = Profile(sex="female", medicines=Listed((), (FREE,)))
    with center.records.write() as db:
        kept = keep_for_client(db, center, caller, ref, result, Person(profile, NAME))
    make_plan(center, caller, kept.kept.id, on=TODAY, lang="zh-Hans")
    due = {"kind": "contact", "due_on": center.clock().date().isoformat(), "way": "phone", "tier": "normal", "note": NOTE}
    add_follow_up(center, caller, ref.public_id, due)
    plant_roster(at)
    return ref.public_id


def plant_roster(at: House) -> None:
    """Brought in for a campaign: one row becomes an invitation, one stands there with a fault."""
    who, center = at.caller("manager"), at.center
    today = center.clock().date()
    public = add_campaign(center, who, NewCampaign("体检", "某某公司", "gbt_46939_2025", today, today))
    rows = f"姓名,性别,出生日期,手机,部门\n{NAME},女,1990-03-07,{PHONE},{UNIT}\n{NAME},女,昨天,{PHONE},{UNIT}\n"
    brought = upload_roster(center, who, public, rows.encode("utf-8-sig"))
    roster_columns(center, who, public, brought)
    take_roster(center, who, public, brought)
    upload_roster(center, who, public, rows.replace("女", "男").encode("utf-8-sig"))  # stays a preview, with everything that was read


def walk_pages(at: House, public: str) -> bytes:
    """Look at everything, as staff do; the copy as PDF."""
    browser = at.browser("administrator")
    for page in ("", "/consents", "/rights", "/history", "/follow-ups", "/measurements", "/identity", "/profile"):
        assert browser.open(f"/desk/clients/{public}{page}") and browser.response.status_code == 200, page
    browser.open(f"/desk/clients/{public}/follow-ups")
    browser.open("/desk/clients")
    browser.send(-1, q=NAME)
    browser.open("/desk/audit")
    return browser.client.get(f"/desk/clients/{public}/copy.pdf").data


def inflated(content: bytes) -> bytes:
    """The content, and whatever in it can be inflated: streams of PDFs and members of archives."""
    found = [content]
    for start in re.finditer(rb"stream\r?\n|PK\x03\x04|\x1f\x8b|x\x9c|x\xda", content):
        for wrapped in (zlib.MAX_WBITS, -zlib.MAX_WBITS, zlib.MAX_WBITS | 16):
            try:
                found.append(zlib.decompressobj(wrapped).decompress(content[start.end() if start[0][:1] == b"s" else start.start() :]))
            except zlib.error:
                continue
    return b"\n".join(found)


def traces(content: bytes) -> set[str]:
    whole = inflated(content)
    found = set()
    for canary in PLANTED:
        forms = {canary.encode(), canary.encode("utf-16-le"), canary.encode("utf-16-be"), canary.encode("gb18030")}
        forms |= {canary.encode("unicode_escape"), canary.encode().hex().encode()}
        if any(form in whole for form in forms):
            found.add(canary)
    return found


def test_the_search_itself_finds_what_is_there(where: Path) -> None:
    import gzip
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", NAME)
    stream = b"<< /Filter /FlateDecode >>\nstream\n" + zlib.compress(NAME.encode()) + b"\nendstream"
    for content in (NAME.encode(), NAME.encode("utf-16-be"), gzip.compress(NAME.encode()), stream):
        assert traces(b"before" + content + b"after") == {NAME}


def test_nothing_of_a_person_lies_readable_anywhere(
    service: Flask, where: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    ours = house(service, "canaries")
    public = plant(ours)
    pdf = walk_pages(ours, public)
    exported = export_results(ours.center, ours.caller("administrator"), "full").content
    copied = copy_client(ours.center, ours.caller("manager"), public).as_json()
    assert traces(exported) >= {NAME, PHONE} and traces(copied) >= {NAME, PHONE, ADDRESS, UNIT}  # they do hold it: it is looked for rightly
    for content in (pdf, exported, copied):
        new = store_bytes(ours.center, ours.organisation, content)
        with ours.center.records.write() as db:
            stored_file.add_file(db, ours.center.records.vault, ours.organisation, new, "report", ours.center.clock())
    make_backup(ours.center.records, ours.center.var, where / "b.tcm", Locks([SECRET]), ours.center.clock())
    said = capfd.readouterr()
    logged = "\n".join(record.getMessage() for record in caplog.records) + said.out + said.err
    assert traces(logged.encode()) == set()
    files = [path for path in where.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"tcm.sqlite3", "tcm.sqlite3-wal", "b.tcm"}
    assert sum(path.parent.parent.parent.name == "files" for path in files) == 3
    assert {path.relative_to(where).as_posix(): found for path in files if (found := traces(path.read_bytes()))} == {}
    assert traces("\n".join(str(path) for path in files).encode()) == set()
    assert traces(str(list((where / "tmp").rglob("*"))).encode()) == set()
